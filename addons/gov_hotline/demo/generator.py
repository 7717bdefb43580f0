"""The door: may this database be filled, was it filled already, and what came of it."""

import hashlib
import json
from datetime import date

from odoo import fields
from odoo.exceptions import UserError

from . import accounts, elsewhere, ground, housing
from .clock import at
from .plan import build
from .timeline import Timeline
from .writer import Writer

PARAMETER = "gov_hotline.demo"
_DIGESTED = (
    """
    SELECT number, kind, origin, state, applicant_name, received_at, registered_on, due_on,
           closed_on, text_hash
      FROM helpdesk_ticket ORDER BY received_at, number
    """,
    """
    SELECT phone, started_at, talk_seconds, state FROM hotline_call ORDER BY started_at, phone
    """,
    "SELECT at, model, event FROM hotline_journal ORDER BY at, event, id",
    """
    SELECT name, phone, street
      FROM res_partner WHERE hotline_kind IS NOT NULL ORDER BY name, phone, street
    """,
)


def generate(env, *, seed=1, scale=1.0, now=None):
    """Fill the database once; return {"made": bool, "seed", "scale", counts…}. No commit.

    `now` (naive UTC) is the end of the year that is acted out. Equal arguments give equal records.
    Raises UserError for a database in which people work already.
    """
    parameters = env["ir.config_parameter"].sudo()  # read by the command as the system anyway
    before = parameters.get_param(PARAMETER)
    if before:
        return {"made": False, **json.loads(before)}
    _refuse_a_used_database(env)
    plan = build(seed, _timeline(env, now), scale)
    writer = Writer(env, plan)
    writer.write()
    moment = now or fields.Datetime.now()
    with at(moment):
        housing.make(writer, accounts.load(writer.env, seed, scale), moment)
        elsewhere.make(writer, seed, scale, moment)
        ground.give_addresses(writer.users)
    town = {"houses": len(housing.houses(env)), "accounts": env["hotline.account"].search_count([])}
    result = {"seed": seed, "scale": scale, **_counts(plan), **town, "digest": digest(env)}
    parameters.set_param(PARAMETER, json.dumps(result))
    return {"made": True, **result}


def _refuse_a_used_database(env):
    # sudo: of all bodies, whoever asks
    registered = env["helpdesk.ticket"].sudo().search_count([("state", "!=", "draft")], limit=1)
    if registered or env["hotline.call"].sudo().search_count([], limit=1):
        raise UserError(
            env._(
                "This database holds calls or registered appeals: demonstration data is only made "
                "in an empty one."
            )
        )


def _timeline(env, now):
    calendar = env["hotline.day"]._calendar(env.ref("base.main_company"))
    return Timeline(now or fields.Datetime.now(), calendar.is_working)


def _counts(plan):
    return {
        "citizens": len(plan.people),
        "calls": len(plan.calls),
        "cases": len(plan.cases),
        "tasks": len(plan.tasks),
        "fates": dict(sorted(plan.fates.items())),
    }


def digest(env):
    """SHA-256 over what the numbers, dates and names of the records are (codes are secrets)."""
    env.flush_all()
    found = []
    for query in _DIGESTED:
        env.cr.execute(query)
        found.append(env.cr.fetchall())
    return hashlib.sha256(json.dumps(found, default=_text).encode()).hexdigest()


def _text(value):
    return value.isoformat() if isinstance(value, date) else str(value)
