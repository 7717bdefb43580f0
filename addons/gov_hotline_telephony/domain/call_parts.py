"""What is known of a call, fact by fact: channels (parts) and the call itself.

Facts only add up: the earliest moment of a kind holds, sets grow. So it does not matter in which
order messages come, nor whether one comes twice; what they mean is read off in call_view.
Moments are epoch seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from .spans import Span

UNKNOWN: Final = "<unknown>"
RINGING: Final = "5"
UP: Final = "6"
LONGEST_INSIDE: Final = 5  # digits of a number of the body's own exchange


def earlier(known: float | None, at: float) -> float:
    """Return the earlier of two moments, the first of which may be unknown."""
    return at if known is None or at < known else known


def number(text: str | None) -> str:
    """Return a caller's number; Asterisk's word for an unknown one is no number."""
    return "" if not text or text == UNKNOWN else text


def is_outside(digits: str) -> bool:
    """Say whether a number is longer than those of the body's own exchange."""
    plain = digits.removeprefix("+")
    return plain.isdecimal() and len(plain) > LONGEST_INSIDE


@dataclass(slots=True, eq=False)
class Part:
    """One channel: somebody's phone (or half of a Local one) in a call."""

    uniqueid: str
    interface: str = ""
    wire: str = ""  # of a Local channel: what both its halves are called by
    caller: str = ""
    context: str = ""  # at its birth
    exten: str = ""
    outside: bool = False
    linkedids: dict[str, float] = field(default_factory=dict)
    created: float | None = None
    rang: float | None = None
    up: float | None = None
    ended: float | None = None
    cause: int | None = None
    asked: float | None = None  # its own party hung up
    lost_at: float | None = None  # ended unseen, after this moment
    originated: bool = False
    agent: bool = False  # called by a queue
    dialled_by: str = ""
    dialled: str = ""  # number it was dialled by
    shown: str = ""  # number it saw
    status: str = ""
    dial_ended: float | None = None
    holds: dict[float, bool] = field(default_factory=dict)
    enters: dict[str, set[float]] = field(default_factory=dict)
    leaves: dict[str, set[float]] = field(default_factory=dict)

    @property
    def is_local(self) -> bool:
        """Halves of Local channels are wires, nobody's phone."""
        return self.interface.startswith("Local/")

    @property
    def home(self) -> str:
        """Linkedid of the call it was born in; a transfer may move it to an older one."""
        if len(self.linkedids) == 1:
            return next(iter(self.linkedids))
        return min(self.linkedids, key=lambda one: (self.linkedids[one], one))

    @property
    def tail(self) -> str:
        """`101` of PJSIP/101."""
        return self.interface.partition("/")[2]

    def end(self) -> float:
        """Return the moment after which nothing of it is known; infinity while it lives."""
        if self.lost_at is not None:
            return self.lost_at
        return math.inf if self.ended is None else self.ended

    def bridged(self) -> Iterator[tuple[str, Span]]:
        """Yield (bridge, stretch in it); a stretch that goes on ends in infinity."""
        for bridge, entered in self.enters.items():
            left = sorted(self.leaves.get(bridge, ()))
            for begin, end in zip_longest(sorted(entered), left[: len(entered)]):
                finish = self.end() if end is None else end
                yield bridge, (min(begin, finish), max(begin, finish))

    def ringing(self) -> Span | None:
        """Return when it rang; infinity while it rings."""
        if self.rang is None:
            return None
        ends = [one for one in (self.up, self.dial_ended) if one is not None]
        return self.rang, max(self.rang, min([*ends, self.end()]))

    def held(self) -> list[Span]:
        """Return when its party held the others; resuming without a hold says nothing."""
        spans, since = [], None
        for at, on in sorted(self.holds.items()):
            if on and since is None:
                since = at
            elif not on and since is not None:
                spans.append((since, at))
                since = None
        return spans if since is None else [*spans, (since, self.end())]


@dataclass(slots=True, eq=False)
class Moved:
    """A transfer as the PBX told of it."""

    kind: str
    to: str
    at: float
    ok: bool
    by: str  # uniqueid of who transfers
    target: str = ""  # uniqueid, of attended ones
    joined: bool = False  # three in one talk: whoever transfers stays, as long as they like


@dataclass(slots=True, eq=False)
class Reply:
    """The answer to an Originate: reason 4 answered, 3 no answer, 5 busy, 0 rejected or offline."""

    ok: bool
    reason: str
    number: str
    at: float


@dataclass(slots=True, eq=False)
class Call:
    """All that shares a Linkedid."""

    linkedid: str
    parts: dict[str, Part] = field(default_factory=dict)
    joins: dict[float, str] = field(default_factory=dict)  # moment -> queue
    left: set[float] = field(default_factory=set)
    abandoned: float | None = None
    finisher: str = ""  # AgentComplete: caller or agent
    reply: Reply | None = None
    moves: dict[tuple[str, str, str], Moved] = field(default_factory=dict)
    variables: dict[str, tuple[float, str]] = field(default_factory=dict)
    wishes: dict[str, str] = field(default_factory=dict)  # of the caller -> the number told with it
    unknown_from: float | None = None
    unknown_until: float | None = None
    consult_of: str = ""
    queue_named: str = ""  # by a channel, when no queue told of it
    gone: float | None = None  # nothing of it was there, though it should have been

    def alive(self) -> bool:
        """Say whether a channel of it lives."""
        return any(part.ended is None for part in self.parts.values())

    def last(self) -> float:
        """Return the latest end known; infinity while it lives."""
        if self.alive():
            return math.inf
        ends = [part.ended for part in self.parts.values() if part.ended is not None]
        return max([*ends, *([self.reply.at] if self.reply else [])], default=-math.inf)

    def doubt(self, since: float, until: float) -> None:
        """Note that nothing is known of the call between two moments."""
        self.unknown_from = earlier(self.unknown_from, since)
        self.unknown_until = max(until, self.unknown_until or until)

    def waited(self) -> list[Span]:
        """Return when it stood in queues; infinity while it does."""
        left = sorted(self.left)
        return [
            (min(begin, end), max(begin, end))
            for begin, end in zip_longest(
                sorted(self.joins), left[: len(self.joins)], fillvalue=math.inf
            )
        ]
