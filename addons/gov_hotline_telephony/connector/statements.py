"""The SQL of the writer: one statement a kind of change, however many calls it is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from odoo.tools import SQL

from ..domain import call_rows
from ..domain.call_rows import FACTS, LegBefore

# What was once known is not lost when the PBX no longer tells it, or tells it later than it was.
_KEPT: Final = {
    # An end that was heard is not cut off by a doubt about another telephone of the call.
    "fate": "CASE WHEN c.phase = 'over' AND v.fate = 'cut' THEN COALESCE(c.fate, v.fate)"
    " ELSE v.fate END",
    "queued_at": "LEAST(v.queued_at, c.queued_at)",
    "answered_at": "LEAST(v.answered_at, c.answered_at)",
    "ended_at": "COALESCE(v.ended_at, c.ended_at)",
    "ended_by": "COALESCE(v.ended_by, c.ended_by)",
    "end_cause": "COALESCE(v.end_cause, c.end_cause)",
    "wait_seconds": "GREATEST(v.wait_seconds, c.wait_seconds)",
    "ring_seconds": "GREATEST(v.ring_seconds, c.ring_seconds)",
    "hold_seconds": "GREATEST(v.hold_seconds, c.hold_seconds)",
    "unknown_from": "LEAST(v.unknown_from, c.unknown_from)",
    "unknown_until": "GREATEST(v.unknown_until, c.unknown_until)",
    "callback_wish": "v.callback_wish OR COALESCE(c.callback_wish, FALSE)",
    "callback_phone": "COALESCE(v.callback_phone, c.callback_phone)",
    "recording_notice_at": "LEAST(v.recording_notice_at, c.recording_notice_at)",
    "queue_id": "COALESCE(v.queue_id, c.queue_id)",
    "line_id": "COALESCE(c.line_id, v.line_id)",
    # Of a closed call the operator is what people made of it.
    "operator_id": "CASE WHEN c.state = 'open' AND v.sets_operator THEN v.operator_id"
    " ELSE c.operator_id END",
}
# The PBX's own books know better whether and when there was a talk, and how it ended.
_BY_BOOKS: Final = {
    name: f"v.{name}" for name in ("fate", "answered_at", "wait_seconds", "ring_seconds")
}
TYPES: Final = {"id": "int4", "operator_id": "int4", "queue_id": "int4", "line_id": "int4"}
TYPES |= {"sets_operator": "bool", **FACTS}
CHANGED: Final = tuple(name for name in TYPES if name not in ("id", "sets_operator"))


@dataclass(frozen=True, slots=True)
class Known:
    """A call as the database has it."""

    id: int
    linkedid: str
    direction: str
    phase: str | None
    operator_id: int | None
    answered: bool
    legs: dict[str, LegBefore]
    moved: bool = False  # a transfer of it changed in this batch


def _values(names: Sequence[str], types: dict[str, str], rows: Iterable[dict[str, Any]]) -> SQL:
    """Return a table of rows, its columns cast."""
    cast = SQL(", ").join(SQL("%s::" + types[name], SQL.identifier(name)) for name in names)
    lines = SQL(", ").join(SQL("%s", tuple(row[name] for name in names)) for row in rows)
    columns = SQL(", ").join(map(SQL.identifier, names))
    return SQL("(SELECT %s FROM (VALUES %s) AS raw(%s))", cast, lines, columns)


def known(env: Any, pbx_id: int, linkedids: list[str]) -> dict[str, Known]:
    """Return {linkedid: call} of what is there; the calls are locked until the end of the batch."""
    calls = env.execute_query(
        SQL(
            """SELECT id, linkedid, direction, phase, operator_id, answered_at IS NOT NULL
                 FROM hotline_call
                WHERE pbx_id = %s AND linkedid = ANY(%s) ORDER BY id FOR NO KEY UPDATE""",
            pbx_id,
            linkedids,
        )
    )
    legs = _legs(env, [row[0] for row in calls])
    return {row[1]: Known(*row, legs.get(row[0], {})) for row in calls}


def _legs(env: Any, ids: list[int]) -> dict[int, dict[str, LegBefore]]:
    rows = env.execute_query(
        SQL(
            """SELECT call_id, uniqueid, COALESCE(interface, ''), rang_at IS NOT NULL,
                      answered_at IS NOT NULL, ended_at IS NOT NULL
                 FROM hotline_call_leg WHERE call_id = ANY(%s)""",
            ids,
        )
    )
    found: dict[int, dict[str, LegBefore]] = {}
    for call, uniqueid, *rest in rows:
        found.setdefault(call, {})[uniqueid] = LegBefore(*rest)
    return found


def update(env: Any, rows: list[dict[str, Any]], *, by_books: bool = False) -> list[int]:
    """Write the facts of calls; return those of which anything was another before.

    Of a call that the reconciliation has settled the PBX's own books have the last word.
    `by_books`: it is they who tell.
    """
    ways = {**_KEPT, **_BY_BOOKS} if by_books else _KEPT
    kept = {name: SQL(ways.get(name, f"v.{name}")) for name in CHANGED}  # own names
    # Who is called back goes by how the call ended: what ended otherwise than was thought is
    # looked at again.
    looked = SQL("c.callback_looked AND (%s) IS NOT DISTINCT FROM c.fate", kept["fate"])
    sets = SQL(", ").join(
        SQL("%s = %s", SQL.identifier(name), value) for name, value in kept.items()
    )
    old = SQL(", ").join(SQL.identifier("c", name) for name in CHANGED)
    changed = env.execute_query(
        SQL(
            """UPDATE hotline_call c
                  SET %s, callback_looked = %s, write_uid = %s,
                      write_date = now() AT TIME ZONE 'UTC'
                 FROM %s AS v
                WHERE c.id = v.id AND c.ledger_at IS NULL AND (%s) IS DISTINCT FROM (%s)
            RETURNING c.id""",
            sets,
            looked,
            env.uid,
            _values(tuple(TYPES), TYPES, rows),
            old,
            SQL(", ").join(kept.values()),
        )
    )
    return [row[0] for row in changed]


def write_legs(env: Any, rows: list[tuple[Any, ...]]) -> None:
    """Add legs and bring those that are there up to date; `rows`: (call, user, *LEG)."""
    if not rows:
        return
    mutable = ("role", "number", "rang_at", "answered_at", "ended_at", "cause")
    env.execute_query(
        SQL(
            """INSERT INTO hotline_call_leg AS leg (call_id, user_id, %(columns)s,
                           create_uid, write_uid, create_date, write_date)
               SELECT * FROM (VALUES %(rows)s) AS v
          ON CONFLICT (call_id, uniqueid) DO UPDATE SET %(sets)s
                WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
            RETURNING id""",
            columns=SQL(", ").join(map(SQL.identifier, call_rows.LEG)),
            rows=SQL(", ").join(_leg_row(env.uid, row) for row in rows),
            sets=SQL(", ").join(_newer(name) for name in mutable),
            old=SQL(", ").join(SQL.identifier("leg", name) for name in mutable),
            new=SQL(", ").join(_kept_leg(name) for name in mutable),
        )
    )


def _leg_row(uid: int, row: tuple[Any, ...]) -> SQL:
    call, user, uniqueid, role, interface, number, rang, answered, ended, cause = row
    return SQL(
        "(%s::int4, %s::int4, %s, %s, %s::varchar, %s::varchar, %s::timestamp, %s::timestamp,"
        " %s::timestamp, %s::varchar, %s, %s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')",
        *(call, user, uniqueid, role, interface, number, rang, answered, ended, cause, uid, uid),
    )


def _newer(name: str) -> SQL:
    return SQL("%s = %s", SQL.identifier(name), _kept_leg(name))


def _kept_leg(name: str) -> SQL:
    new, old = SQL.identifier("excluded", name), SQL.identifier("leg", name)
    return new if name == "role" else SQL("COALESCE(%s, %s)", new, old)


def close(env: Any, rows: list[tuple[int, int | None, str | None]]) -> None:
    """Close calls that nobody talked in, unless somebody has made something of them already."""
    if not rows:
        return
    env.execute_query(
        SQL(
            """UPDATE hotline_call c SET state = 'closed', disposition_id = v.disposition,
                      "group" = v.kind
                 FROM (VALUES %s) AS v(id, disposition, kind)
                WHERE c.id = v.id AND c.state = 'open' AND c.disposition_id IS NULL
                  AND c.ticket_id IS NULL
            RETURNING c.id""",
            SQL(", ").join(SQL("(%s::int4, %s::int4, %s::varchar)", *row) for row in rows),
        )
    )


def transfers(env: Any, ids: list[int]) -> list[tuple[Any, ...]]:
    """Return (id, call, kind, to, result, at) of the transfers of these calls."""
    return env.execute_query(
        SQL(
            """SELECT id, call_id, kind, "to", result, at FROM hotline_call_transfer
                WHERE call_id = ANY(%s) ORDER BY id""",
            ids,
        )
    )


def write_results(env: Any, rows: list[tuple[int, str]]) -> None:
    """Write what came of transfers; `rows`: (id, result)."""
    if not rows:
        return
    env.execute_query(
        SQL(
            """UPDATE hotline_call_transfer t SET result = v.result
                 FROM (VALUES %s) AS v(id, result) WHERE t.id = v.id RETURNING t.id""",
            SQL(", ").join(SQL("(%s::int4, %s::varchar)", *row) for row in rows),
        )
    )


def end_transfers(env: Any, calls: list[int]) -> None:
    """End what is under way in calls that are over: nobody is there to be handed on."""
    if calls:
        env.execute_query(
            SQL(
                """UPDATE hotline_call_transfer SET result = 'failed'
                    WHERE call_id = ANY(%s) AND result = 'trying' RETURNING id""",
                calls,
            )
        )


def write_reach(env: Any, pbx_id: int, reach: Mapping[str, bool]) -> None:
    """Write which telephones can be reached; `reach`: {interface: can be reached}."""
    if not reach:
        return
    env.execute_query(
        SQL(
            """UPDATE hotline_pbx_extension e SET registered = v.reached
                 FROM (VALUES %s) AS v(interface, reached)
                WHERE e.pbx_id = %s AND e.interface = v.interface
                  AND e.registered IS DISTINCT FROM v.reached
            RETURNING e.id""",
            SQL(", ").join(SQL("(%s::varchar, %s::bool)", *one) for one in sorted(reach.items())),
            pbx_id,
        )
    )
    env["hotline.pbx.extension"].invalidate_model(["registered"])
