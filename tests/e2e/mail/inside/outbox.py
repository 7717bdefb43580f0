"""Make cases whose letters leave by e-mail; runs in Odoo's shell, which gives ``env``.

``OPTIONS``: {"port": of the mail server, "act": name of a function below, "case": id}. The last
line printed is JSON.
"""

import json

from odoo import fields
from odoo.tests import new_test_user


def setting(port):
    """The body's address, who signs for it, the mail server, one user a role."""
    env.company.write({"email": "post@gov.example", "hotline_own_domains": "mo.gov.example"})  # noqa: F821
    env["hotline.authority"].create({"name": "Кузнецов В. А.", "position": "Начальник"})  # noqa: F821
    env["ir.mail_server"].create({"name": "sink", "smtp_host": "127.0.0.1", "smtp_port": port})  # noqa: F821
    for role in ("operator", "officer"):
        new_test_user(
            env,  # noqa: F821
            login=f"mail_{role}",
            groups=f"gov_hotline.group_{role}",
            context={"no_reset_password": True},  # no invitation among the letters
            notification_type="inbox",
        )


def _as(record, role):
    return record.with_user(record.env["res.users"].search([("login", "=", f"mail_{role}")]))


def registered():
    """A message by e-mail, registered by an operator."""
    topic = env["hotline.topic"].search([], limit=1)  # noqa: F821
    case = _as(env["helpdesk.ticket"], "operator").create(  # noqa: F821
        {
            "kind": "message",
            "origin": "email",
            "topic_id": topic.id,
            "applicant_surname": "Проверкина",
            "applicant_given_name": "Анна",
            "applicant_email": "anna@citizen.example",
            "applicant_address": "ул. Садовая, 1",
            "appeal_text": "Третий день холодные батареи.",
        }
    )
    case.action_register()
    return _as(case, "officer")


def answer(case, number):
    """Decide the questions and give an answer by e-mail."""
    outcome = env.ref("gov_hotline.outcome_supported")  # noqa: F821
    case.question_ids.filtered(lambda one: not one.outcome_id).outcome_id = outcome
    made = _as(env["hotline.answer"], "officer").create(  # noqa: F821
        {
            "ticket_id": case.id,
            "text": "Отопление восстановлено.",
            "channel": "email",
            "outgoing_number": number,
            "outgoing_date": case.registered_on,
            "authority_id": env["hotline.authority"].search([], limit=1).id,  # noqa: F821
        }
    )
    made.action_give()


def answered(number):
    """One case with an answer by e-mail; its id."""
    case = registered()
    answer(case, number)
    return case.id


def whole_life(number):
    """From registration to the answer: notice, resolution, correction, internal notes."""
    case = registered()
    for notice in case.notice_ids.filtered(lambda one: one.state == "draft"):
        notice.channel, notice.address = "email", "anna@citizen.example"
        notice.action_issue()
    agency = env["res.partner"].create(  # noqa: F821
        {
            "name": "Управление ЖКХ",
            "hotline_kind": "agency",
            "is_company": True,
            "email": "zhkh@mo.gov.example",
        }
    )
    opened = case.action_resolution()
    dialog = _as(env["hotline.resolution"], "officer").with_context(**opened["context"])  # noqa: F821
    dialog.create({"addressee_ids": [fields.Command.set(agency.ids)]}).action_sign_and_send()
    asked = _as(env["hotline.correction"], "operator").create(  # noqa: F821
        {
            "ticket_id": case.id,
            "field_name": "applicant_address",
            "value_after": "ул. Мира, 7",
            "reason": "Ошибка записи",
        }
    )
    _as(asked, "officer").action_accept()
    case.message_post(body="Внутренняя запись", message_type="comment")
    assignment = case.assignment_ids
    opened = assignment.action_open_answer()
    act = _as(env["hotline.assignment.act"], "officer").with_context(**opened["context"])  # noqa: F821
    act.create({"text": "Тепло дано."}).action_apply()
    assignment.action_accept()
    answer(case, number)
    return case.id


def close(case):
    """Close the case: all its letters have left."""
    case = _as(env["helpdesk.ticket"].browse(case), "officer")  # noqa: F821
    case.action_close()
    return case.state


def again(case):
    """An officer sends the unknown letters of a case once more."""
    case = _as(env["helpdesk.ticket"].browse(case), "officer")  # noqa: F821
    case.mail_ids.filtered(lambda mail: mail.state == "unknown").action_send_again()
    return case.id


arguments = {name: value for name, value in OPTIONS.items() if name != "act"}  # noqa: F821
result = globals()[OPTIONS["act"]](**arguments)  # noqa: F821
env.cr.commit()  # noqa: F821
print(json.dumps({"result": result}))  # noqa: T201
