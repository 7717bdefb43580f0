"""Runs inside Odoo's shell: forty processes register forty drafts at the same moment.

The parent warms the caches, closes its connections and forks; each child has a connection of its
own and goes through Odoo's own loop of retries, as a request would. Prints one JSON line: per
child its number, its seconds and its error.
"""

import json
import multiprocessing
import os
import sys
import time
from datetime import timedelta

from odoo import fields, sql_db
from odoo.api import Environment
from odoo.service.model import retrying

env = globals()["env"]  # the shell's
NUMBER = 40


def drafts(user):
    """Drafts that lack nothing, made by the operator."""
    topic = env["hotline.topic"].search([], limit=1)
    name = {"surname": "Иванова", "given_name": "Мария"}
    citizen = env["res.partner"].create({"hotline_kind": "citizen", **name})
    values = {
        "kind": "appeal_59",
        "origin": "paper",
        "partner_id": citizen.id,
        "topic_id": topic.id,
        "received_at": fields.Datetime.now() - timedelta(hours=2),
        "applicant_address": "ул. Ленина, 15, кв. 3",
        "appeal_text": "Третий день холодные батареи.",
        **{f"applicant_{key}": value for key, value in name.items()},
    }
    return env["helpdesk.ticket"].with_user(user).create([values] * (NUMBER + 1))


def register(registry, user_id, ticket_id):
    """One registration in a transaction of its own; its number."""
    with registry.cursor() as cr:
        own = Environment(cr, user_id, {})
        ticket = own["helpdesk.ticket"].browse(ticket_id)
        return retrying(ticket.action_register, own)["number"]


def child(registry, user_id, ticket_id, barrier, results):
    """Wait for the others, register, tell."""
    found = {"number": None, "error": None}
    barrier.wait()
    start = time.monotonic()
    try:
        found["number"] = register(registry, user_id, ticket_id)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told)
        found["error"] = repr(error)
    results.put({**found, "seconds": time.monotonic() - start})
    results.close()
    results.join_thread()
    os._exit(0)


def run():
    """Fork the children and collect what they tell."""
    group = env.ref("gov_hotline.group_operator")
    values = {"name": "Operator", "login": "crowd", "group_ids": [(4, group.id)]}
    user = env["res.users"].create(values)
    first, *others = drafts(user).ids
    registry, user_id = env.registry, user.id
    env.cr.commit()
    env.cr.close()
    register(registry, user_id, first)
    sql_db.close_all()

    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(NUMBER), context.Queue()
    children = [
        context.Process(target=child, args=(registry, user_id, ticket, barrier, results))
        for ticket in others
    ]
    for process in children:
        process.start()
    found = [results.get(timeout=120) for _process in children]
    for process in children:
        process.join()
    return found


sys.stdout.write(f"FOUND {json.dumps(run())}\n")
sys.stdout.flush()
os._exit(0)  # the shell's own cursor is closed
