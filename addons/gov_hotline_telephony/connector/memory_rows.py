"""Calls that go on, read back for a connector that begins anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from odoo.tools import SQL

from ..domain import call_rows
from ..domain.call_memory import Kept
from ..domain.snapshots import Leg

FRESH: Final = 60  # seconds a click-to-call may wait for its first channel


def going_on(env: Any, pbx_id: int, now: float) -> tuple[list[Kept], float]:
    """Return the calls and the moment until which the former connector heard the PBX.

    A click-to-call of a moment ago has not been dialled yet and is none of them; one that was sent
    is, and only the former connector can have sent it: we have sent nothing before we know these.
    """
    rows = env.execute_query(
        SQL(
            """SELECT c.id, c.linkedid, COALESCE(c.phone_raw, c.phone, ''),
                      COALESCE(l.phone, ''), COALESCE(q.code, ''), c.phase, c.started_at,
                      c.answered_at, COALESCE(c.wait_seconds, 0), COALESCE(c.hold_seconds, 0)
                 FROM hotline_call c
            LEFT JOIN hotline_line l ON l.id = c.line_id
            LEFT JOIN hotline_queue q ON q.id = c.queue_id
                WHERE c.pbx_id = %(pbx)s AND c.linkedid IS NOT NULL
                  AND (c.phase != 'over'
                       AND (c.started_at < %(fresh)s
                            OR EXISTS (SELECT FROM hotline_pbx_command
                                        WHERE call_id = c.id AND kind = 'originate'
                                          AND state != 'new'))
                       OR EXISTS (SELECT FROM hotline_call_leg
                                   WHERE call_id = c.id AND ended_at IS NULL))""",
            pbx=pbx_id,
            fresh=call_rows.moment(now - FRESH),
        )
    )
    legs = _legs(env, [row[0] for row in rows])
    heard = env["hotline.pbx"].browse(pbx_id).last_event_at
    kept = [_kept(row, legs.get(row[0], ())) for row in rows]
    return kept, min(max([call_rows.epoch(heard) or now, *_written(kept)]), now)


def _written(calls: list[Kept]) -> Iterator[float]:
    """Until when it was heard by what the calls hold: the report of it comes seconds later.

    Columns hold whole seconds: what they tell happened within the one that follows.
    """
    for call in calls:
        legs = [(leg.rang, leg.answered, leg.ended) for leg in call.legs]
        for moment in (call.started, call.answered, *(one for leg in legs for one in leg)):
            if moment is not None:
                yield moment + 1


def _kept(row: tuple[Any, ...], legs: tuple[Leg, ...]) -> Kept:
    _id, linkedid, number, line, queue, phase, started, answered, wait, hold = row
    moments = (call_rows.epoch(started), call_rows.epoch(answered))
    return Kept(linkedid, number, line, queue, phase, *moments, wait, hold, legs)


def _legs(env: Any, ids: list[int]) -> dict[int, tuple[Leg, ...]]:
    rows = env.execute_query(
        SQL(
            """SELECT call_id, uniqueid, role, COALESCE(interface, ''), COALESCE(number, ''),
                      rang_at, answered_at, ended_at, cause
                 FROM hotline_call_leg WHERE call_id = ANY(%s) ORDER BY id""",
            ids,
        )
    )
    found: dict[int, tuple[Leg, ...]] = {}
    for call, uniqueid, role, interface, number, rang, answered, ended, cause in rows:
        moments = map(call_rows.epoch, (rang, answered, ended))
        leg = Leg(uniqueid, role, interface, number, *moments, int(cause) if cause else None)
        found[call] = (*found.get(call, ()), leg)
    return found
