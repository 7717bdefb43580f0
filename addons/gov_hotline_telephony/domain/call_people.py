"""Who is who in a call: direction, the citizen, the operator, the roles of the telephones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from . import spans
from .call_parts import Call, Part, is_outside, number
from .lazy import lazy
from .snapshots import Direction, Role

# Seconds. So close to the end a request to hang up ended the call, and two talks ended together.
AT_THE_END: Final = 1.0


Bridged = tuple[str, spans.Span]


def _shared(first: Iterable[Bridged], second: Iterable[Bridged]) -> list[spans.Span]:
    """When two were in one bridge."""
    others = list(second)
    return spans.union(
        (max(begin, other[0]), min(end, other[1]))
        for bridge, (begin, end) in first
        for name, other in others
        if name == bridge
    )


def born(part: Part) -> tuple[float, str]:
    """Return the key by which channels stand in the order they came."""
    return (math.inf if part.created is None else part.created), part.uniqueid


class People:
    """The parts of a call and of the consultations that belong to it."""

    def __init__(self, call: Call, consults: Iterable[Call] = (), now: float = math.inf) -> None:
        """Take the facts, and the latest moment heard of; nothing here changes them."""
        self.call = call
        self.now = now
        self._with_citizen: dict[str, list[spans.Span]] = {}
        found = {**call.parts}
        for consult in consults:
            found.update(consult.parts)
        self.wires = list(found.values())
        self.parts = sorted((part for part in self.wires if not part.is_local), key=born)

    @lazy
    def first(self) -> Part | None:
        """The channel that began the call; None if it was gone before anything was seen."""
        return self.call.parts.get(self.call.linkedid)

    @lazy
    def direction(self) -> Direction:
        """In: a citizen began it; out: somebody outside was called; inner: neither."""
        first, reply = self.first, self.call.reply
        if first and first.outside and not first.originated and not first.dialled_by:
            return "in"
        own = self.call.parts.values()
        if any(part.outside and part.home == self.call.linkedid for part in own):
            return "out"
        asked = reply.number if reply else (first.dialled if first and first.originated else "")
        return "out" if is_outside(asked) else "inner"

    @lazy
    def citizen(self) -> Part | None:
        """The channel of the other side; of several that were dialled, the one that answered."""
        if self.direction == "in":
            return self.first
        out = [part for part in self.call.parts.values() if part.outside and not part.is_local]
        own = [part for part in out if part.home == self.call.linkedid]
        return min(own, key=lambda part: (part.up is None, born(part)), default=None)

    @lazy
    def operator(self) -> Part | None:
        """Who talks with the citizen, or was the last to; in a conference who came first."""
        talks = [(part, self.together(part)) for part in self.parts if self._may_serve(part)]
        talks = [(part, together) for part, together in talks if together]
        if not talks:
            return self.first if self.direction != "in" else None
        latest = max(together[-1][1] for _part, together in talks)
        last = [one for one in talks if one[1][-1][1] >= latest - AT_THE_END]
        return min(last, key=lambda one: (one[1][0][0], one[0].uniqueid))[0]

    def _may_serve(self, part: Part) -> bool:
        return not part.outside and part is not self.citizen

    def together(self, part: Part) -> list[spans.Span]:
        """When this part and the citizen were in one bridge."""
        if part.uniqueid not in self._with_citizen:
            self._with_citizen[part.uniqueid] = self._compare(part)
        return self._with_citizen[part.uniqueid]

    def _compare(self, part: Part) -> list[spans.Span]:
        return _shared(part.bridged(), self._citizens_bridges)

    @lazy
    def _citizens_bridges(self) -> list[Bridged]:
        if not self.citizen:
            return []
        own = list(self.citizen.bridged())
        return [*own, *(pair for one in self.wires if one.wire for pair in self._through(one, own))]

    def _through(self, near: Part, own: list[Bridged]) -> list[Bridged]:
        """Where the citizen is by a wire: its near half in his bridge, its other half elsewhere."""
        other = next((one for one in self.wires if one.wire == near.wire and one is not near), None)
        here = _shared(near.bridged(), own)
        far = other.bridged() if other else ()
        return [(bridge, part) for bridge, span in far for part in spans.crossed([span], here)]

    @lazy
    def talks(self) -> list[spans.Span]:
        """When the citizen was in a bridge with anybody, held or not."""
        others = (part for part in self.wires if part is not self.citizen)
        return spans.union(piece for part in others for piece in self.together(part))

    @lazy
    def answered(self) -> float | None:
        """When the first talk with the citizen began."""
        return self.talks[0][0] if self.talks else None

    # what they are shown as

    def role(self, part: Part) -> Role:
        """Return what a telephone is in this call."""
        if part is self.citizen:
            return "citizen"
        if part.outside:
            return "outside"
        return "operator" if part.interface in self._operators else "colleague"

    @lazy
    def _operators(self) -> frozenset[str]:
        """Interfaces that served from the start: called by a queue, or before the first answer."""
        inside = [part for part in self.parts if not part.outside]
        limit = math.inf if self.answered is None else self.answered
        return frozenset(
            part.interface for part in inside if part.agent or self._serves_from(part, limit)
        )

    def _serves_from(self, part: Part, limit: float) -> bool:
        return part is self.first or (part.created or 0) < limit

    def number_of(self, part: Part) -> str:
        """Return the number of a telephone."""
        if part.outside:
            return part.caller or number(part.dialled)
        return part.tail

    def numbers(self) -> tuple[str, str, str]:
        """Return who called, who was called, and our number that was dialled or shown."""
        first, citizen, reply = self.first, self.citizen, self.call.reply
        if self.direction == "in":
            return (first.caller, first.exten, first.exten) if first else ("", "", "")
        asked = (reply.number if reply else "") or (first.dialled if first else "")
        called = (citizen.dialled if citizen else "") or asked or (first.exten if first else "")
        return (first.tail if first else "", called, citizen.shown if citizen else "")
