"""What Odoo has of a call against what the ledger says: equal, to be corrected, to be added.

Moments are epoch seconds, lengths seconds. What people entered is no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from .snapshots import Snapshot

NEAR: Final = 3.0  # seconds; Odoo keeps whole ones, and clocks are compared by the second
Change = tuple[str, Any, Any]  # what, was, is


@dataclass(frozen=True, slots=True)
class Had:
    """A call as Odoo has it."""

    id: int
    linkedid: str
    direction: str
    phase: str
    fate: str
    answered: float | None
    ended: float | None
    ended_by: str
    talk: float
    hold: float
    unknown: bool
    kept_by: int | None = None  # the operator who has written something down of it


def changes(had: Had, call: Snapshot, *, broken: bool) -> list[Change]:
    """Return what of a call is to be corrected.

    `broken`: the ledger ends without a word at a start of the PBX; whoever heard the end knows
    better.
    """
    if had.phase == "over" and broken and had.ended_by and not had.unknown:
        return []
    found: list[Change] = []
    if had.phase != "over":
        found.append(("phase", had.phase, "over"))
    if _fate_differs(had, call):
        found.append(("fate", had.fate, call.fate))
    if (had.answered is None) != (call.answered is None):
        found.append(("answered", had.answered, call.answered))
    if _far(had.ended, call.ended):
        found.append(("ended", had.ended, call.ended))
    if had.phase == "over" and _far(had.talk + had.hold, call.talk + call.hold):
        found.append(("talk", round(had.talk), round(_talk(had, call))))
    if had.unknown and call.unknown_from is None:
        found.append(("unknown", True, False))
    return found


def _fate_differs(had: Had, call: Snapshot) -> bool:
    """Why a call out reached nobody the connector heard better: the files name no reason."""
    reached = had.answered is not None or call.answered is not None
    if had.direction == "out" and not reached and had.fate not in ("", "cut"):
        return False
    return had.fate != call.fate


def _far(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > NEAR


def _talk(had: Had, call: Snapshot) -> float:
    """The ledger does not know holds by the telephone's key: they are no talk."""
    return max(0.0, call.talk - max(0.0, had.hold - call.hold))


def corrected(had: Had, call: Snapshot, *, broken: bool) -> Snapshot:
    """Return what is to be written of a call Odoo has.

    `broken`: as in `changes`; that the answer is not written down there says nothing.
    """
    direction: Any = had.direction
    fate: Any = call.fate if _fate_differs(had, call) else had.fate
    right = replace(call, direction=direction, fate=fate, talk=_talk(had, call))
    if not broken or call.answered is not None or had.answered is None:
        return right
    waited = max(0.0, had.answered - (call.queued or call.started))
    return replace(right, answered=had.answered, wait=min(call.wait, waited))
