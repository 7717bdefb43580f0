"""The state machine of calls: AMI messages in, snapshots of the calls that changed out.

Pure: it reads no clock and keeps no order. Messages of one call may come twice, or shuffled by
what Asterisk's threads do within 300 ms, and give the same call. Linkedid is the key of a call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from . import call_facts, call_memory, call_resync
from .ami import Message
from .call_memory import Kept
from .call_parts import Call, Part, earlier
from .call_view import CallView
from .snapshots import Snapshot

Handler = Callable[["Machine", dict[str, str], Message, float], None]


class Machine:
    """Every call of one PBX that is not forgotten."""

    def __init__(
        self, trunk_context: str = "from-trunk", inside: Iterable[str] = (), skew: float = 0.0
    ) -> None:
        """Take what tells a citizen's channel from a colleague's, and how far the clocks differ.

        `trunk_context`: where channels of the city are born; `inside`: interfaces of extensions;
        `skew`: seconds by which the PBX's clock is ahead of ours.
        """
        self.trunk_context = trunk_context
        self.inside = set(inside)
        self.skew = skew
        self.calls: dict[str, Call] = {}
        self.parts: dict[str, Part] = {}
        self._trunks: set[str] = set()
        self._by_interface: dict[str, dict[str, Part]] = {}
        self._consults: dict[str, set[str]] = {}
        self._dirty: set[str] = set()
        self._told: dict[str, Snapshot] = {}
        self._now = 0.0
        self._cut_at: float | None = None

    # in

    def feed(self, message: Message, received: float) -> None:
        """Take a message that came at this moment (epoch seconds)."""
        handler = call_facts.HANDLERS.get(message.name)
        if handler:
            fields = dict(message.pairs)
            moment = self._moment(fields, received)
            self._now = max(self._now, moment)
            handler(self, fields, message, moment)

    def _moment(self, fields: dict[str, str], received: float) -> float:
        """When it happened: by the PBX's own stamp if there is one, on our clock."""
        stamp = fields.get("Timestamp")
        try:
            return float(stamp) - self.skew if stamp else received
        except ValueError:
            return received

    def cut(self, at: float) -> None:
        """The connection is lost: from now on nothing is known."""
        self._cut_at = earlier(self._cut_at, at)

    def remember(self, calls: Iterable[Kept], until: float) -> None:
        """Take what the database has as going on; known until this moment, then a cut."""
        call_memory.remember(self, calls, until)
        self.cut(until)

    def resync(self, channels: list[Message], entries: list[Message], at: float) -> None:
        """Take what the PBX says there is: answers to CoreShowChannels and QueueStatus."""
        call_resync.resync(self, channels, entries, at, self._cut_at)
        self._cut_at = None

    # out

    def take_changed(self, now: float | None = None) -> list[Snapshot]:
        """Return the calls that differ from what was last returned of them.

        `now`: moment on our clock, if no message came lately: a citizen out of the bridge for half
        a second is held.
        """
        self._now = max(self._now, now or self._now)
        owners = {owner for linkedid in self._taken() for owner in self._owners(linkedid)}
        views = [self._view(linkedid) for linkedid in sorted(owners)]
        self._dirty.update(view.call.linkedid for view in views if view.is_unsettled)
        fresh = [view.snapshot() for view in views]
        changed = [one for one in fresh if self._told.get(one.linkedid) != one]
        self._told.update((one.linkedid, one) for one in changed)
        return changed

    def _taken(self) -> set[str]:
        taken, self._dirty = self._dirty, set()
        return taken

    def _owners(self, linkedid: str) -> set[str]:
        """The calls to tell of: a consultation is part of the call it was begun from."""
        call = self.calls.get(linkedid)
        if call is None:
            return set()
        before, call.consult_of = call.consult_of, self._consult_of(call)
        if before != call.consult_of:
            self._consults.get(before, set()).discard(linkedid)
            self._consults.setdefault(call.consult_of, set()).add(linkedid)
        return {call.consult_of or linkedid, *([before] if before in self.calls else [])}

    def view(self, linkedid: str) -> Snapshot:
        """Return one call as it is known now."""
        return self._view(linkedid).snapshot()

    def _view(self, linkedid: str) -> CallView:
        consults = self._consults.get(linkedid, ())
        found = (self.calls[one] for one in consults if one in self.calls)
        return CallView(self.calls[linkedid], found, self._now)

    def _consult_of(self, call: Call) -> str:
        """The citizen's call that this one was dialled from: by a phone that was in it then."""
        first = call.parts.get(call.linkedid)
        if first is None or first.outside or first.originated or first.created is None:
            return ""
        same = self._by_interface.get(first.interface, {}).values()
        near = [
            part for part in same if part.home != call.linkedid and _talked(part, first.created)
        ]
        near = [part for part in near if self._with_citizen(part.home)]
        return max(near, key=lambda part: part.up or 0).home if near else ""

    def _with_citizen(self, linkedid: str) -> bool:
        call = self.calls.get(linkedid)
        return call is not None and any(part.outside for part in call.parts.values())

    def forget(self, before: float) -> None:
        """Drop calls that ended before a moment: what comes later of them begins a new one."""
        old = [call for call in self.calls.values() if call.last() < before]
        for call in old:
            del self.calls[call.linkedid]
            self._told.pop(call.linkedid, None)
            self._consults.pop(call.linkedid, None)
        for part in [part for call in old for part in call.parts.values()]:
            if not any(linkedid in self.calls for linkedid in part.linkedids):
                self.parts.pop(part.uniqueid, None)
                self._by_interface.get(part.interface, {}).pop(part.uniqueid, None)

    # what the facts need

    def call(self, linkedid: str) -> Call:
        """Return the call of this Linkedid, a new one if need be; it counts as changed."""
        self._dirty.add(linkedid)
        found = self.calls.get(linkedid)
        if found is None:
            found = self.calls[linkedid] = Call(linkedid)
        return found

    def part(self, uniqueid: str, linkedid: str, channel: str, at: float) -> Part:
        """Return the channel, in the call it is in at this moment."""
        part = self.parts.get(uniqueid)
        if part is None:
            part = self.parts[uniqueid] = Part(uniqueid)
        if linkedid and at < part.linkedids.get(linkedid, at + 1):
            part.linkedids[linkedid] = at
            self.call(linkedid).parts[uniqueid] = part
        if not part.interface and channel:
            self._named(part, channel)
        self._dirty.update(part.linkedids)
        return part

    def _named(self, part: Part, channel: str) -> None:
        part.interface = channel.rpartition("-")[0] or channel
        part.wire = channel.partition(";")[0] if part.is_local else ""
        part.outside = self.is_outside(part)
        self._by_interface.setdefault(part.interface, {})[part.uniqueid] = part

    def born(self, part: Part, context: str) -> None:
        """Note the context a channel was born in: it tells whose trunk or phone this is."""
        part.context = context
        if context == self.trunk_context and not part.is_local:
            self._trunks.add(part.interface)
        part.outside = self.is_outside(part)

    def is_outside(self, part: Part) -> bool:
        """Say whether a channel leads out of the body's exchange."""
        if part.is_local or part.interface in self.inside:
            return False
        if part.interface in self._trunks:
            return True
        if part.context:
            return part.context == self.trunk_context
        return not part.tail.isdecimal()


def _talked(part: Part, at: float) -> bool:
    return part.up is not None and part.up <= at < part.end()
