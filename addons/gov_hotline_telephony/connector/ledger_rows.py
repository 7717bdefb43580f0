"""The SQL of the reconciliation: what Odoo has of calls, and what only the ledger may change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from odoo.tools import SQL

from ..domain import call_rows
from ..domain.ledger_compare import Had
from ..domain.snapshots import Snapshot

# Dispositions that the system sets.
SYSTEMS: Final = ("abandoned", "by_machine", "dropped", "not_reached")


def had(env: Any, pbx_id: int, linkedids: list[str]) -> dict[str, Had]:
    """Return {linkedid: call} of what is there."""
    rows = env.execute_query(
        SQL(
            """SELECT id, linkedid, direction, COALESCE(phase, ''), COALESCE(fate, ''), answered_at,
                      ended_at, COALESCE(ended_by, ''), COALESCE(talk_seconds, 0),
                      COALESCE(hold_seconds, 0), unknown_from IS NOT NULL,
                      CASE WHEN question IS NOT NULL OR disposition_id IS NOT NULL
                             OR ticket_id IS NOT NULL OR result IS NOT NULL
                           THEN operator_id END
                 FROM hotline_call WHERE pbx_id = %s AND linkedid = ANY(%s)""",
            pbx_id,
            linkedids,
        )
    )
    return {row[1]: _had(row) for row in rows}


def _had(row: tuple[Any, ...]) -> Had:
    *first, answered, ended, ended_by, talk, hold, unknown, kept_by = row
    moments = (call_rows.epoch(answered), call_rows.epoch(ended))
    return Had(*first, *moments, ended_by, talk, hold, unknown, kept_by)


def keep(env: Any, rows: list[tuple[int, int]]) -> None:
    """Leave calls to the operators who have made something of them; `rows`: (call, operator)."""
    if not rows:
        return
    env.execute_query(
        SQL(
            """UPDATE hotline_call c SET operator_id = v.operator
                 FROM (VALUES %s) AS v(id, operator)
                WHERE c.id = v.id AND c.operator_id IS DISTINCT FROM v.operator
            RETURNING c.id""",
            SQL(", ").join(SQL("(%s::int4, %s::int4)", *row) for row in rows),
        )
    )


def settled(env: Any, pbx_id: int, calls: Iterable[Snapshot], added: Iterable[str] = ()) -> None:
    """Note that the ledger has the last word on these calls; `added`: Linkedids of new ones."""
    calls = list(calls)
    if not calls:
        return
    known = [one.linkedid for one in calls if one.unknown_from is None]
    env.execute_query(
        SQL(
            """UPDATE hotline_call
                  SET ledger_at = now() AT TIME ZONE 'UTC', restored = linkedid = ANY(%(added)s),
                      unknown_from = CASE WHEN linkedid = ANY(%(known)s) THEN NULL
                                          ELSE unknown_from END,
                      unknown_until = CASE WHEN linkedid = ANY(%(known)s) THEN NULL
                                           ELSE unknown_until END
                WHERE pbx_id = %(pbx)s AND linkedid = ANY(%(all)s) AND ledger_at IS NULL
            RETURNING id""",
            added=list(added),
            known=known,
            pbx=pbx_id,
            all=[one.linkedid for one in calls],
        )
    )


def dispose(env: Any, rows: list[tuple[int, bool, int | None, str | None]]) -> None:
    """Dispose anew of calls that the system disposed of by a fate that was wrong.

    `rows`: (call, whether people dispose of it, disposition, group). What a person entered stays:
    of a call nobody but the system has written anything.
    """
    if not rows:
        return
    systems = [env.ref(f"gov_hotline.disposition_{code}", False) for code in SYSTEMS]
    env.execute_query(
        SQL(
            """UPDATE hotline_call c
                  SET state = CASE WHEN v.people THEN 'open' ELSE 'closed' END,
                      disposition_id = v.disposition, "group" = v.kind
                 FROM (VALUES %s) AS v(id, people, disposition, kind)
                WHERE c.id = v.id AND c.state = 'closed' AND c.disposition_id = ANY(%s)
                  AND c.write_uid = %s AND c.answered_at IS NULL AND c.topic_id IS NULL
                  AND c.ticket_id IS NULL AND c.question IS NULL AND c.result IS NULL
            RETURNING c.id""",
            SQL(", ").join(
                SQL("(%s::int4, %s::bool, %s::int4, %s::varchar)", *row) for row in rows
            ),
            [one.id for one in systems if one],
            env.uid,
        )
    )


def forgotten(env: Any, pbx_id: int, open_: Iterable[str], before: float) -> list[tuple[int, str]]:
    """Return (command, Linkedid) of diallings sent before a moment of which the PBX wrote nothing.

    A channel is written down the moment it is made: without one nothing was dialled, or the PBX
    went down with it. `open_`: Linkedids of what the books have as going on.
    """
    return env.execute_query(
        SQL(
            """SELECT m.id, c.linkedid
                 FROM hotline_pbx_command m JOIN hotline_call c ON c.id = m.call_id
                WHERE m.pbx_id = %s AND m.kind = 'originate' AND m.state NOT IN ('new', 'sent')
                  AND m.sent_at < %s AND c.phase = 'ringing' AND c.linkedid != ALL(%s)
             ORDER BY m.id""",
            pbx_id,
            call_rows.moment(before),
            list(open_),
        )
    )
