"""After a cut: compare what was known with what the PBX says there is.

What went on in between is never invented: the call says from when until when it is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ami import Message
from .call_parts import RINGING, UP, Part, earlier, number

if TYPE_CHECKING:
    from .call_state import Machine


def resync(
    machine: Machine,
    channels: list[Message],
    entries: list[Message],
    at: float,
    cut_at: float | None,
) -> None:
    """Take the answers to CoreShowChannels and QueueStatus, got at a moment.

    `cut_at`: when the connection was lost; None when there was none before.
    """
    channels = [one for one in channels if one.name == "CoreShowChannel"]
    entries = [one for one in entries if one.name == "QueueEntry"]
    since = at if cut_at is None else cut_at
    known = [part for part in machine.parts.values() if part.ended is None]
    for part in known:
        _doubt(machine, part, since, at)
    there = {one.get("Uniqueid") for one in channels}
    for part in known:
        if part.uniqueid not in there:
            _lost(part, since, at)
    for one in channels:
        _seen(machine, dict(one.pairs), since, at)
        _names(machine, one)
    for call in list(machine.calls.values()):
        if not call.parts and call.reply is None and call.gone is None:
            machine.call(call.linkedid).gone = at
    _queues(machine, entries, there, since, at)


def _doubt(machine: Machine, part: Part, since: float, at: float) -> None:
    for linkedid in part.linkedids:
        machine.call(linkedid).doubt(since, at)


def _lost(part: Part, since: float, at: float) -> None:
    """It ended somewhere between: at the latest now, and what it did is known until the cut."""
    part.ended = at
    part.lost_at = min(since, at)


def _seen(machine: Machine, fields: dict[str, str], since: float, at: float) -> None:
    uniqueid = fields.get("Uniqueid", "")
    is_new = uniqueid not in machine.parts
    part = machine.part(uniqueid, fields.get("Linkedid", ""), fields.get("Channel", ""), at)
    if is_new:
        _begun(machine, part, fields, at)
    if fields.get("ChannelState") == RINGING:
        part.rang = earlier(part.rang, at)
    if fields.get("ChannelState") == UP:
        part.up = earlier(part.up, at)
    _bridge(part, fields.get("BridgeId", ""), since, at)


def _names(machine: Machine, shown: Message) -> None:
    """What the variables of a channel tell of a call whose beginning was not seen."""
    call = machine.call(shown.get("Linkedid"))
    for name, value in shown.variables().items():
        if name == "QUEUENAME":
            call.queue_named = call.queue_named or value
        elif value:
            call.variables.setdefault(name, (0.0, value))


def _begun(machine: Machine, part: Part, fields: dict[str, str], at: float) -> None:
    part.created = at - _seconds(fields.get("Duration", ""))
    part.caller = number(fields.get("CallerIDNum"))
    part.outside = machine.is_outside(part)
    if part.uniqueid not in part.linkedids:
        part.dialled = part.caller
    elif fields.get("Context") == machine.trunk_context:
        part.exten = fields.get("Exten", "")  # it is where it came to
    _doubt(machine, part, part.created, at)


def _seconds(duration: str) -> float:
    """Return the seconds of 01:02:03."""
    total = 0
    for piece in duration.split(":"):
        total = total * 60 + (int(piece) if piece.isdecimal() else 0)
    return float(total)


def _bridge(part: Part, bridge: str, since: float, at: float) -> None:
    """Leave the bridges it is no longer in, as of the cut; enter the one it is in, as of now."""
    inside = {name for name, span in part.bridged() if span[1] > at}
    for name in inside - {bridge}:
        part.leaves.setdefault(name, set()).add(max(since, max(part.enters[name])))
    if bridge and bridge not in inside:
        part.enters.setdefault(bridge, set()).add(at)


def _queues(
    machine: Machine, entries: list[Message], there: set[str], since: float, at: float
) -> None:
    waiting = {one.get("Uniqueid"): one for one in entries}
    for uniqueid, one in waiting.items():
        part = machine.parts.get(uniqueid)
        if part:
            _waits(machine, part, one, at)
    for call in list(machine.calls.values()):
        stands = len(call.joins) > len(call.left)
        if stands and not waiting.keys() & call.parts.keys():
            machine.call(call.linkedid).left.add(since)


def _waits(machine: Machine, part: Part, entry: Message, at: float) -> None:
    call = machine.call(part.home)
    if len(call.joins) <= len(call.left):
        wait = entry.get("Wait")
        call.joins[at - (int(wait) if wait.isdecimal() else 0)] = entry.get("Queue")
