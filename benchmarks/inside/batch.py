"""Register many drafts as the list's «Register the selected drafts» does; runs in Odoo's shell.

``OPTIONS`` is set by whoever sends this script: {"cases", "part"}. One draft in the middle lacks
its text. Each part is a transaction of its own, as a call of the interface is. The last line
printed is JSON: {"parts": [seconds, ...], "done", "refused": [...], "gaps"}.
"""

import json
import time

from odoo import api, fields


def prepare(env, count):
    """An operator and `count` drafts, the middle one without a text; committed."""
    groups = env.ref("gov_hotline.group_operator")
    operator = env["res.users"].create(
        {
            "name": "Batch operator",
            "login": f"batch{time.time_ns()}",
            "group_ids": [fields.Command.set(groups.ids)],
        }
    )
    common = {
        "kind": "appeal_59",
        "origin": "paper",
        "applicant_surname": "Проверкин",
        "applicant_given_name": "Иван",
        "applicant_address": "ул. Садовая, 1",
    }
    vals_list = [{**common, "appeal_text": f"Обращение {n}"} for n in range(count)]
    vals_list[count // 2]["appeal_text"] = False
    drafts = env["helpdesk.ticket"].with_user(operator).create(vals_list)
    env.cr.commit()
    return operator, drafts.action_register_selected()["params"]


def one_part(env, user, model, method, ids):
    """Seconds that one part took, and what it told."""
    start = time.monotonic()
    with env.registry.cursor() as cursor:
        records = api.Environment(cursor, user.id, {})[model].browse(ids)
        told = getattr(records, method)()
    return time.monotonic() - start, told


def numbers(env, ids):
    """The places in the series of what was registered."""
    env.invalidate_all()
    rows = env["hotline.number"].search([("ticket_id", "in", ids)])
    return sorted(rows.mapped("n"))


def run(env, cases, part):
    """Do all parts; return what the docstring of this file says."""
    operator, params = prepare(env, cases)
    model, method, ids = params["model"], params["method"], params["ids"]
    seconds, done, refused = [], 0, []
    for first in range(0, len(ids), part):
        took, told = one_part(env, operator, model, method, ids[first : first + part])
        seconds.append(took)
        done += told["done"]
        refused += told["refused"]
    env.cr.commit()  # a new look at the database
    taken = numbers(env, ids)
    gaps = taken[-1] - taken[0] + 1 - len(taken)
    return {"parts": seconds, "done": done, "refused": refused, "gaps": gaps}


print(json.dumps(run(env, **OPTIONS)))  # noqa: F821, T201 - the shell gives env, the caller OPTIONS
