"""Give resolutions as the desk does, singly and in bulk; runs in Odoo's shell.

``OPTIONS`` is set by whoever sends this script: {"cases"}. So many cases are resolved one by one,
as many others by one dialog, part by part; each call of the interface is a transaction of its own.
The last line printed is JSON: {"single": [seconds, ...], "dialog": seconds, "parts": [seconds,
...], "given": how many assignments were sent}.
"""

import json
import time

from odoo import api, fields

COMMON = {
    "kind": "appeal_59",
    "origin": "paper",
    "applicant_surname": "Проверкин",
    "applicant_given_name": "Иван",
    "applicant_address": "ул. Садовая, 1",
}


def prepare(env, count):
    """An officer, an agency and `count` registered cases; committed."""
    officer = env["res.users"].create(
        {
            "name": "Officer of the benchmark",
            "login": f"resolutions{time.time_ns()}",
            "group_ids": [fields.Command.set(env.ref("gov_hotline.group_officer").ids)],
        }
    )
    agency = env["res.partner"].create(
        {"name": "Ведомство", "is_company": True, "hotline_kind": "agency", "email": "a@x.example"}
    )
    vals = [{**COMMON, "appeal_text": f"Обращение {n}"} for n in range(count)]
    cases = env["helpdesk.ticket"].with_user(officer).create(vals)
    for case in cases:
        case.action_register()
    env.cr.commit()
    return officer, agency, cases.ids


def call(env, user, act):
    """Seconds that one call of the interface took, and what it returned."""
    start = time.monotonic()
    with env.registry.cursor() as cursor:
        told = act(api.Environment(cursor, user.id, {"lang": "ru_RU"}))
    return time.monotonic() - start, told


def resolve(env, agency, ids):
    """Open the dialog for these cases and send it; return what the interface is to do next."""
    opened = env["helpdesk.ticket"].browse(ids).action_resolve_selected()
    dialog = env["hotline.resolution"].with_context(**opened["context"])
    filled = dialog.create({"addressee_ids": [fields.Command.set(agency.ids)]})
    return filled.action_sign_and_send()


def part_of(params, ids):
    """The call that gives the prepared resolution to a part of the cases."""
    return lambda env: getattr(env[params["model"]].browse(ids), params["method"])(*params["args"])


def run(env, cases):
    """Do all; return what the docstring of this file says."""
    officer, agency, ids = prepare(env, 2 * cases + 1)
    call(env, officer, lambda own: resolve(own, agency, ids[-1:]))  # everything is warm now
    single = [
        call(env, officer, lambda own, one=one: resolve(own, agency, [one]))[0]
        for one in ids[:cases]
    ]
    many = ids[cases : 2 * cases]
    dialog, batch = call(env, officer, lambda own: resolve(own, agency, many))
    params, parts = batch["params"], []
    for first in range(0, cases, params["part"]):
        part = many[first : first + params["part"]]
        parts.append(call(env, officer, part_of(params, part))[0])
    env.cr.commit()  # a new look at the database
    sent = [("ticket_id", "in", ids[:-1]), ("state", "=", "sent")]
    given = env["hotline.assignment"].search_count(sent)
    return {"single": single, "dialog": dialog, "parts": parts, "given": given}


print(json.dumps(run(env, **OPTIONS)))  # noqa: F821, T201 - the shell gives env, the caller OPTIONS
