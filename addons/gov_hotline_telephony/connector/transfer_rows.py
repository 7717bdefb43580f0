"""Transfers of a batch: the act of the operator made the row, the PBX tells what came of it.

One made on the telephone itself has no row yet.
"""

from __future__ import annotations

from typing import Any, Final

from ..domain import call_rows
from ..domain.snapshots import Snapshot, Transfer
from . import statements
from .book import Book
from .statements import Known

NEAR: Final = 600.0  # seconds between the act and what the PBX tells of it, at most


def write(env: Any, book: Book, told: list[tuple[Snapshot, Known]]) -> set[int]:
    """Bring the transfers of these calls up to date; return the calls in which one changed."""
    changed = _bring(env, book, told)
    over = ((call, before) for call, before in told if call.phase == "over")
    statements.end_transfers(env, [one.id for _call, one in over if one.phase != "over"])
    return changed


def _bring(env: Any, book: Book, told: list[tuple[Snapshot, Known]]) -> set[int]:
    moved = [(before.id, one) for call, before in told for one in call.transfers]
    if not moved:
        return set()
    rows = statements.transfers(env, sorted({call for call, _one in moved}))
    results, new, changed = [], [], set()
    for call, one in moved:
        row = next((row for row in rows if _is_same(row, call, one)), None)
        if row is None:
            new.append(_vals(book, call, one))
        elif _is_news(row[4], one):
            results.append((row[0], call_rows.result(one)))
        else:
            continue
        changed.add(call)
    statements.write_results(env, results)
    if new:
        env["hotline.call.transfer"].create(new)
    return changed


def _is_news(known: str, one: Transfer) -> bool:
    """Who leaves three by the screen has handed the call on before the PBX knows that two stay."""
    if one.result == "joined" and known == "done":
        return False
    return bool(one.result) and known != call_rows.result(one)


def _is_same(row: tuple[Any, ...], call: int, one: Transfer) -> bool:
    _id, of_call, kind, to, _result, at = row
    near = abs((call_rows.epoch(at) or 0.0) - one.at) < NEAR
    return (
        (of_call, kind) == (call, one.kind)
        and near
        and call_rows.digits(to) == call_rows.digits(one.to)
    )


def _vals(book: Book, call: int, one: Transfer) -> dict[str, Any]:
    return {
        "call_id": call,
        "kind": one.kind,
        "to": call_rows.text(one.to),
        "at": call_rows.moment(one.at),
        "result": call_rows.result(one),
        "user_id": book.users.get(one.by),
    }
