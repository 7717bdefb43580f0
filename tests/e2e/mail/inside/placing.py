"""A case that letters come in about; runs in Odoo's shell, which gives ``env``.

``OPTIONS``: {"act": name of a function below, …}. The last line printed is JSON.
"""

import json

from odoo import fields


def _as(record, role):
    return record.with_user(record.env["res.users"].search([("login", "=", f"mail_{role}")]))


def _body(name, email, kind):
    known = env["res.partner"].search([("email", "=", email)])  # noqa: F821
    return known or known.create(
        {
            "name": name,
            "hotline_kind": "agency",
            "is_company": True,
            "email": email,
            "hotline_addressee_kind": kind,
            "hotline_pd_mode": "full",
        }
    )


def opened():
    """A message whose notice and card have left by e-mail; its id."""
    _body("Прокуратура района", "post@prok.example", "other_body")
    case = _as(env["helpdesk.ticket"], "operator").create(  # noqa: F821
        {
            "kind": "message",
            "origin": "email",
            "topic_id": env["hotline.topic"].search([], limit=1).id,  # noqa: F821
            "applicant_surname": "Ответова",
            "applicant_given_name": "Вера",
            "applicant_email": "vera@citizen.example",
            "appeal_text": "Во дворе не горит фонарь.",
        }
    )
    case.action_register()
    case = _as(case, "officer")
    for notice in case.notice_ids.filtered(lambda one: one.state == "draft"):
        notice.channel, notice.address = "email", "vera@citizen.example"
        notice.action_issue()
    agency = _body("Горсвет", "svet@light.example", "own")
    dialog = _as(env["hotline.resolution"], "officer")  # noqa: F821
    dialog = dialog.with_context(**case.action_resolution()["context"])
    dialog.create({"addressee_ids": [fields.Command.set(agency.ids)]}).action_sign_and_send()
    return case.id


def landed(subject):
    """What became of the letters with this subject: [{state, kind, case, why}]."""
    mails = env["hotline.incoming.mail"].search([("subject", "=", subject)])  # noqa: F821
    return [
        {"state": mail.state, "kind": mail.kind, "case": mail.ticket_id.id, "why": mail.why}
        for mail in mails
    ]


def answers(case):
    """Answers of the executors of a case: [[came_by, is_final, [[file, size], …]], …]."""
    found = env["helpdesk.ticket"].browse(case).assignment_ids.answer_ids  # noqa: F821
    return [
        [one.came_by, one.is_final, [[file.name, file.file_size] for file in one.attachment_ids]]
        for one in found
    ]


def additions(case):
    """Additions to a case: [[kind, origin, text, [files]], …]."""
    found = env["helpdesk.ticket"].browse(case).addition_ids  # noqa: F821
    return [[one.kind, one.origin, one.text, one.attachment_ids.mapped("name")] for one in found]


def place(subject):
    """The officer attaches a held letter to the assignment that it proposes."""
    mail = _as(env["hotline.incoming.mail"].search([("subject", "=", subject)]), "officer")  # noqa: F821
    dialog = _as(env["hotline.incoming.placement"], "officer")  # noqa: F821
    dialog = dialog.with_context(**mail.action_open_answer()["context"])
    dialog.create({}).action_apply()
    return mail.state


def register_letter(subject):
    """The officer registers the letter of a body as it proposes; [sender, number, control]."""
    mail = _as(env["hotline.incoming.mail"].search([("subject", "=", subject)]), "officer")  # noqa: F821
    dialog = _as(env["hotline.incoming.placement"], "officer")  # noqa: F821
    dialog = dialog.with_context(**mail.action_open_covering()["context"])
    dialog.create({}).action_apply()
    letter = mail.ticket_id.covering_letter_ids
    return [letter.sender_id.name, letter.sender_number, letter.is_controlled]


arguments = {name: value for name, value in OPTIONS.items() if name != "act"}  # noqa: F821
result = globals()[OPTIONS["act"]](**arguments)  # noqa: F821
env.cr.commit()  # noqa: F821
print(json.dumps({"result": result}))  # noqa: T201
