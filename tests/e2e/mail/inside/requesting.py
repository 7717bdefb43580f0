"""A request to another body by e-mail; runs in Odoo's shell, which gives ``env``.

``OPTIONS``: {"act": name of a function below, …}. The last line printed is JSON.
"""

import json


def _as(record, role):
    return record.with_user(record.env["res.users"].search([("login", "=", f"mail_{role}")]))


def _city():
    known = env["res.partner"].search([("email", "=", "city@example.org")], limit=1)  # noqa: F821
    return known or known.create(
        {
            "name": "Администрация города",
            "hotline_kind": "agency",
            "is_company": True,
            "email": "city@example.org",
            "hotline_addressee_kind": "other_body",
        }
    )


def _signer():
    signers = env["hotline.authority"]  # noqa: F821
    known = signers.search([("may_sign", "=", True)], limit=1)
    return known or signers.create(
        {"name": "Орлов И. И.", "position": "Начальник", "order_number": "1", "may_sign": True}
    )


def requested():
    """A case with a request that goes by e-mail: {case, request, number}."""
    case = _as(env["helpdesk.ticket"], "operator").create(  # noqa: F821
        {
            "kind": "message",
            "origin": "email",
            "topic_id": env["hotline.topic"].search([], limit=1).id,  # noqa: F821
            "applicant_surname": "Запросова",
            "applicant_given_name": "Анна",
            "applicant_email": "anna.z@citizen.example",
            "appeal_text": "Двор не освещён.",
        }
    )
    case.action_register()
    request = _as(env["hotline.request"], "officer").create(  # noqa: F821
        {
            "ticket_id": case.id,
            "partner_id": _city().id,
            "text": "Акты осмотра линий освещения за ноябрь",
            "channel": "email",
            "authority_id": _signer().id,
        }
    )
    request.action_send()
    return {"case": case.id, "request": request.id, "number": request.outgoing_number}


def reply(request):
    """What stands in a request as its reply: {state, number, text, files}."""
    found = env["hotline.request"].browse(request)  # noqa: F821
    return {
        "state": found.state,
        "number": found.answer_number or "",
        "text": found.answer_text or "",
        "files": found.answer_attachment_ids.mapped("name"),
    }


def answered(request):
    """The officer calls the reply all of it; the state of the request."""
    found = _as(env["hotline.request"].browse(request), "officer")  # noqa: F821
    found.action_answered()
    return found.state


def take_off(subject):
    """The officer takes the letter off what it was attached to; the state of the letter."""
    mail = _as(env["hotline.incoming.mail"].search([("subject", "=", subject)]), "officer")  # noqa: F821
    dialog = _as(env["hotline.incoming.placement"], "officer")  # noqa: F821
    dialog = dialog.with_context(**mail.action_open_take_off()["context"])
    dialog.create({"reason": "Письмо по другому обращению"}).action_apply()
    return mail.state


arguments = {name: value for name, value in OPTIONS.items() if name != "act"}  # noqa: F821
result = globals()[OPTIONS["act"]](**arguments)  # noqa: F821
env.cr.commit()  # noqa: F821
print(json.dumps({"result": result}))  # noqa: T201
