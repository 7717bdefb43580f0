"""Calls that the database has as going on: what a connector that begins anew starts from.

Without them a call that ended while no connector ran would stay open for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .call_parts import Call, Part
from .snapshots import Leg

if TYPE_CHECKING:
    from .call_state import Machine


@dataclass(frozen=True, slots=True)
class Kept:
    """A call as it was written last; moments are epoch seconds, lengths seconds."""

    linkedid: str
    number: str  # of the other side
    line: str
    queue: str
    phase: str
    started: float
    answered: float | None
    wait: float
    hold: float
    legs: tuple[Leg, ...]


def remember(machine: Machine, calls: Iterable[Kept], until: float) -> None:
    """Give the machine what was known until this moment; a resync must follow."""
    for kept in map(_picked_up, calls):
        call = machine.call(kept.linkedid)
        for leg in kept.legs:
            _part(machine, kept, leg)
        _queue(call, kept)
        _talk(call, kept, until)


def _picked_up(kept: Kept) -> Kept:
    """Take a call written between the answered telephone and its bridge as answered."""
    if kept.answered is not None or kept.phase != "talking":
        return kept
    mine = [one for one in kept.legs if one.role in ("operator", "colleague")]
    moments = [one.answered for one in mine if one.answered is not None and one.ended is None]
    return replace(kept, answered=min(moments, default=None))


def _part(machine: Machine, kept: Kept, leg: Leg) -> None:
    created = next((one for one in (leg.rang, leg.answered) if one is not None), kept.started)
    created = kept.started if leg.uniqueid == kept.linkedid else created
    part = machine.part(leg.uniqueid, kept.linkedid, f"{leg.interface}-0", created)
    part.created, part.rang, part.up, part.ended = created, leg.rang, leg.answered, leg.ended
    part.cause = leg.cause
    part.outside = leg.role in ("citizen", "outside")
    # By whole seconds a telephone may seem to have come with the answer, not before it.
    part.agent = leg.role == "operator"
    part.exten = kept.line
    part.originated = leg.uniqueid == kept.linkedid and not part.outside
    number = kept.number if leg.role == "citizen" or part.originated else leg.number
    part.caller = part.dialled = number


def _queue(call: Call, kept: Kept) -> None:
    if kept.queue:
        call.joins[kept.started if kept.answered is None else kept.answered - kept.wait] = (
            kept.queue
        )
        if kept.answered is not None:
            call.left.add(kept.answered)


def _talk(call: Call, kept: Kept, until: float) -> None:
    """Put the citizen and who talked with him into one bridge, with the holds there were."""
    if kept.answered is None:
        return
    roles = {leg.uniqueid: leg.role for leg in kept.legs}
    citizen = next((one for one, role in roles.items() if role == "citizen"), "")
    talkers = _talkers(call, roles)
    for part in [call.parts[citizen], *talkers] if citizen else []:
        part.enters[f"kept:{kept.linkedid}"] = {max(kept.answered, part.up or kept.answered)}
    if talkers and kept.hold:
        talkers[0].holds |= {kept.answered: True, kept.answered + kept.hold: False}
    if talkers and kept.phase == "held":
        talkers[-1].holds[until] = True


def _talkers(call: Call, roles: dict[str, str]) -> list[Part]:
    """The operators; the colleagues only when no operator is left: before, they are consulted."""
    up = [part for part in call.parts.values() if part.up is not None]
    operators = [part for part in up if roles[part.uniqueid] == "operator"]
    if any(part.ended is None for part in operators):
        return operators
    colleagues = [part for part in up if roles[part.uniqueid] in ("colleague", "outside")]
    return [*operators, *(part for part in colleagues if part.ended is None)]
