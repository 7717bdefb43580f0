"""The live queue: who waits since when, which telephones take calls from it.

Pure and tolerant of order, as the machine of calls; moments are epoch seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from .ami import Message

MemberEvent = Literal["member_added", "member_removed", "member_paused", "member_unpaused"]
SHUFFLE: Final = 0.3  # seconds by which a message may overtake another
PAUSE: Final = 1.0  # seconds between two tellings of who waits: every page of the body hears them


@dataclass(frozen=True, slots=True)
class Line:
    """A queue as its operators see it."""

    waiting: int = 0
    longest_since: float | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A telephone in a queue; in all of its queues together: paused if it is in each of them."""

    paused: bool
    reason: str


Stand = dict[str, dict[str, Member]]  # queue -> interface


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What happened to a telephone in its queues, in the words of presence."""

    interface: str
    event: MemberEvent
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What differs from what was last taken."""

    lines: dict[str, Line] = field(default_factory=dict)
    members: tuple[MemberChange, ...] = ()
    stand: Stand | None = None  # all members after a cut: to be compared with the screens

    def __bool__(self) -> bool:
        """Say whether there is anything to write or to tell."""
        return bool(self.lines or self.members or self.stand is not None)


class QueueBoard:
    """Every queue of one PBX."""

    def __init__(self, skew: float = 0.0) -> None:
        """Take the seconds by which the PBX's clock is ahead of ours."""
        self.skew = skew
        self.waiting: dict[str, dict[str, float]] = {}  # queue -> uniqueid -> since
        self.members: Stand = {}
        self._left: dict[str, float] = {}
        self._told_lines: dict[str, Line] = {}
        self._lines_due = 0.0
        self._told_members: dict[str, Member] = {}
        self._moved: dict[str, float] = {}  # interface -> when it last changed
        self._stand: Stand | None = None

    def feed(self, message: Message, received: float) -> None:
        """Take a message that came at this moment."""
        handler = _HANDLERS.get(message.name)
        if handler:
            fields = dict(message.pairs)
            stamp = fields.get("Timestamp")
            handler(self, fields, float(stamp) - self.skew if stamp else received)

    def resync(self, status: list[Message], at: float) -> None:
        """Take the answer to QueueStatus: it replaces all that was known."""
        members = [one for one in status if one.name == "QueueMember"]
        entries = [one for one in status if one.name == "QueueEntry"]
        self.waiting = {queue: {} for queue in self.waiting}
        self.members = {queue: {} for queue in self.members}
        for entry in entries:
            wait = entry.get("Wait")
            since = at - (int(wait) if wait.isdecimal() else 0)
            self.waiting.setdefault(entry.get("Queue"), {})[entry.get("Uniqueid")] = since
        for member in members:
            _member(self, dict(member.pairs), at)

    def settle(self) -> None:
        """Take the members as they are for told: what moved them meanwhile nobody saw."""
        self._told_members = self.telephones()

    def compare(self, status: list[Message]) -> None:
        """Tell with the next change who is a member, of each queue that QueueStatus names.

        A queue that is not loaded yet is not named: of it nothing is known.
        """
        named = {one.get("Queue") for one in status if one.name == "QueueParams"}
        self._stand = {queue: dict(self.members.get(queue, {})) for queue in sorted(named)}

    def lines(self) -> dict[str, Line]:
        """Return every queue as it is."""
        names = {*self.waiting, *self.members}
        stand = {name: self.waiting.get(name, {}) for name in names}
        return {
            name: Line(len(there), min(there.values(), default=None))
            for name, there in sorted(stand.items())
        }

    def telephones(self) -> dict[str, Member]:
        """Return every telephone that takes calls from a queue."""
        found: dict[str, list[Member]] = {}
        for members in self.members.values():
            for interface, member in members.items():
                found.setdefault(interface, []).append(member)
        return {interface: _together(several) for interface, several in found.items()}

    def take_changed(self, now: float = 0.0) -> BoardChange:
        """Return what differs from what was last returned; who waits once in a while only."""
        telephones = self.telephones()
        change = BoardChange(
            lines=self._changed_lines(now),
            members=tuple(self._member_changes(telephones)),
            stand=self._stand,
        )
        self._stand, self._told_members = None, telephones
        return change

    def _changed_lines(self, now: float) -> dict[str, Line]:
        if now and now < self._lines_due:
            return {}
        lines = self.lines()
        changed = _differing(lines, self._told_lines)
        if changed:
            self._told_lines, self._lines_due = lines, now + PAUSE
        return changed

    def _member_changes(self, telephones: dict[str, Member]) -> list[MemberChange]:
        changes = []
        for interface in sorted({*telephones, *self._told_members}):
            now, before = telephones.get(interface), self._told_members.get(interface)
            moved = self._moved.get(interface, 0.0)
            changes += [
                MemberChange(interface, event, now.reason if now else "", moved)
                for event in _events(now, before)
            ]
        return changes


def _together(members: list[Member]) -> Member:
    paused = all(member.paused for member in members)
    return Member(paused, next((one.reason for one in members if one.reason), "") if paused else "")


def _differing(now: dict, before: dict) -> dict:
    return {name: value for name, value in now.items() if before.get(name) != value}


def _events(now: Member | None, before: Member | None) -> list[MemberEvent]:
    if now == before:
        return []
    if now is None:
        return ["member_removed"]
    added: list[MemberEvent] = [] if before else ["member_added"]
    if now.paused:
        return [*added, "member_paused"]
    return [*added, "member_unpaused"] if before and before.paused else added


Fields = dict[str, str]


def _join(board: QueueBoard, fields: Fields, at: float) -> None:
    uniqueid = fields.get("Uniqueid", "")
    if at - board._left.get(uniqueid, -SHUFFLE * 2) > SHUFFLE:
        board.waiting.setdefault(fields.get("Queue", ""), {})[uniqueid] = at


def _leave(board: QueueBoard, fields: Fields, at: float) -> None:
    uniqueid = fields.get("Uniqueid", "")
    board.waiting.setdefault(fields.get("Queue", ""), {}).pop(uniqueid, None)
    board._left[uniqueid] = at


def _hangup(board: QueueBoard, fields: Fields, at: float) -> None:
    """A channel that is gone waits nowhere, whatever else was missed of it."""
    for there in board.waiting.values():
        there.pop(fields.get("Uniqueid", ""), None)
    board._left = {one: left for one, left in board._left.items() if left > at - 2 * SHUFFLE}


def _member(board: QueueBoard, fields: Fields, at: float) -> None:
    interface = fields.get("Interface") or fields.get("Location") or fields.get("Name", "")
    paused = fields.get("Paused") == "1"
    member = Member(paused, fields.get("PausedReason", "") if paused else "")
    if board.members.setdefault(fields.get("Queue", ""), {}).get(interface) != member:
        board.members[fields.get("Queue", "")][interface] = member
        board._moved[interface] = at


def _member_removed(board: QueueBoard, fields: Fields, at: float) -> None:
    interface = fields.get("Interface", "")
    board.members.setdefault(fields.get("Queue", ""), {}).pop(interface, None)
    board._moved[interface] = at


_HANDLERS: Final[dict[str, Callable[[QueueBoard, Fields, float], None]]] = {
    "QueueCallerJoin": _join,
    "QueueCallerLeave": _leave,
    "QueueCallerAbandon": _leave,
    "Hangup": _hangup,
    "QueueMemberAdded": _member,
    "QueueMemberPause": _member,
    "QueueMemberStatus": _member,
    "QueueMember": _member,
    "QueueMemberRemoved": _member_removed,
}
