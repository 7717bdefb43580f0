"""Read a call off its facts: what phase it is in, how long what took, how it ended."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, Literal

from . import outcomes, spans
from .call_parts import Moved, Part
from .call_people import AT_THE_END, People
from .lazy import lazy
from .snapshots import Leg, Phase, Snapshot, Transfer

SHORT: Final = 0.5  # a gap between two bridges that is no hold


def _known(moments: Iterable[float | None]) -> list[float]:
    return [moment for moment in moments if moment is not None and moment != math.inf]


class CallView(People):
    """One call and the consultations that belong to it."""

    # when

    @lazy
    def started(self) -> float:
        """When the call began, as far as known."""
        reply = [self.call.reply.at] if self.call.reply else []
        return min([*_known(part.created for part in self.call.parts.values()), *reply], default=0)

    @lazy
    def ended(self) -> float | None:
        """When the citizen was gone, or, of a call out that was not answered, everybody."""
        citizen = self.citizen
        if citizen and citizen.ended is not None and (self.direction == "in" or self.talks):
            return citizen.ended
        parts = self.call.parts.values()
        if any(part.ended is None for part in parts):
            return None
        if not parts and (not self.call.reply or self.call.reply.ok):
            return self.call.gone
        return self.call.last()

    @lazy
    def queued(self) -> float | None:
        """When the citizen first stood in a queue."""
        return min(self.call.joins, default=None)

    @lazy
    def rings(self) -> list[tuple[Part, spans.Span]]:
        """Whose phones rang so that the citizen would be talked with, and when."""
        found = ((part, part.ringing()) for part in self.parts if self._is_for_citizen(part))
        return [(part, span) for part, span in found if span]

    def _is_for_citizen(self, part: Part) -> bool:
        """A phone that an operator dialled from the talk rings for a consultation."""
        if part.home != self.call.linkedid:
            return False
        source = self.call.parts.get(part.dialled_by)
        return self.direction != "in" or not source or source.outside

    @lazy
    def holds(self) -> list[spans.Span]:
        """When the citizen was held: by the telephone's key, or taken out of the bridge."""
        by_key = (span for part in self.parts for span in self._held_by(part))
        return spans.union([*by_key, *self._parked()])

    def _held_by(self, part: Part) -> list[spans.Span]:
        """A hold ends at the latest when who held leaves the citizen: nobody resumes then."""
        near = self.talks if part is self.citizen else self.together(part)
        return [
            (max(hold[0], talk[0]), min(hold[1], talk[1]))
            for hold in part.held()
            for talk in _held_in(hold, near)
        ]

    def _parked(self) -> list[spans.Span]:
        """When the citizen, once answered, was there alone and nobody was being called for him."""
        if not self.talks or not self.citizen:
            return []
        there = [(self.talks[0][0], self.citizen.end())]
        busy = [*self.talks, *self.call.waited(), *(span for _part, span in self.rings)]
        alone = spans.without(there, busy)
        return [span for span in alone if span[1] - span[0] > SHORT]

    # how long

    @lazy
    def wait(self) -> float:
        """Seconds that the citizen waited for an answer."""
        until = self.answered if self.answered is not None else self.ended
        if self.direction != "in" or until is None or not self._asks_for_people():
            return 0.0
        return max(0.0, until - (self.started if self.queued is None else self.queued))

    @lazy
    def ring(self) -> float:
        """Seconds that phones rang before the answer."""
        stop = self.answered if self.answered is not None else math.inf
        closed = [span for _part, span in self.rings if span[1] != math.inf]
        return spans.length(spans.crossed(closed, [(-math.inf, stop)]))

    @lazy
    def hold(self) -> float:
        """Seconds of holds that are over."""
        return spans.length(span for span in self.holds if span[1] != math.inf)

    @lazy
    def talk(self) -> float:
        """Seconds of talk without holds; of a call that is over."""
        if self.ended is None:
            return 0.0
        return spans.length(spans.without(self.talks, self.holds))

    # what

    @lazy
    def phase(self) -> Phase:
        """What goes on with the citizen."""
        if self.ended is not None:
            return "over"
        if _goes_on(self.talks):
            return "held" if _goes_on(self.holds) else "talking"
        if self.ringing or (self.direction != "in" and not self.talks):
            return "ringing"
        if _goes_on(self.call.waited()) and not self._is_picked_up():
            return "waiting"
        return self._phase_alone()

    def _phase_alone(self) -> Phase:
        """Nobody rings, no bridge: on the way into or out of one, or parked."""
        if not self.talks:
            return "talking" if self._is_picked_up() else "waiting"
        return "talking" if self.is_unsettled else "held"

    def _is_picked_up(self) -> bool:
        """A colleague's phone was answered; the bridge comes within milliseconds."""
        mine = (part for part in self.parts if not part.outside and self._is_for_citizen(part))
        return any(part.up is not None and part.ended is None for part in mine) and not self.talks

    @lazy
    def is_unsettled(self) -> bool:
        """Out of a bridge so lately that it may end or go on: time alone will tell a hold."""
        if self.ended is not None or not self.talks:
            return False
        if _goes_on(self.talks):
            return any(self._has_just_left(move) for move in self.call.moves.values())
        return self.now - self.talks[-1][1] <= SHORT

    def _has_just_left(self, move: Moved) -> bool:
        """Say whether it is not clear yet if the other two of three go on."""
        left = self._left_three(move)
        return left is not None and self.now - left <= SHORT

    def _left_three(self, move: Moved) -> float | None:
        """When the one who had brought three together hung up."""
        by = next((part for part in self.wires if part.uniqueid == move.by), None)
        return by.ended if move.joined and by else None

    @lazy
    def ringing(self) -> tuple[str, ...]:
        """Interfaces of colleagues whose phone rings for the citizen now."""
        if self.ended is not None:
            return ()
        now = (part for part, span in self.rings if span[1] == math.inf and not part.outside)
        return tuple(dict.fromkeys(part.interface for part in now if part is not self.first))

    @lazy
    def fate(self) -> outcomes.Fate:
        """How it ended; empty while it goes on."""
        if self.ended is None:
            return ""
        if self.talks:
            return "answered"
        key = self.citizen or self.first
        if key.lost_at is not None if key else self.call.gone is not None:
            return "cut"
        return self._fate_in() if self.direction == "in" else self._fate_out()

    def _fate_in(self) -> outcomes.Fate:
        if self.call.unknown_from is not None and not self.ended_by:
            return "cut"
        return outcomes.of_incoming(
            hung_up_himself=self.call.abandoned is not None or self.ended_by == "citizen",
            asked_for_people=self._asks_for_people(),
        )

    def _asks_for_people(self) -> bool:
        """Say whether it came to a queue or to a telephone, not only to the machine."""
        return bool(self.call.joins) or any(not part.outside for part in self.parts)

    def _fate_out(self) -> outcomes.Fate:
        if self.citizen:
            return self._fate_dialled(self.citizen)
        reply, first = self.call.reply, self.first
        if self.call.unknown_from is not None and not reply and first and first.up is not None:
            return "cut"  # the citizen's channel may have come and gone unseen
        return outcomes.of_originate(
            reply.reason if reply else "",
            has_channel=first is not None,
            cause=first.cause if first else None,
        )

    def _fate_dialled(self, citizen: Part) -> outcomes.Fate:
        if citizen.up is not None:
            return "answered"
        told = citizen.status or outcomes.of_cause(citizen.cause)
        if not told and self.call.unknown_from is not None:
            return "cut"
        return outcomes.of_dial(citizen.status, citizen.cause)

    @lazy
    def ended_by(self) -> str:
        """Who hung up; empty if the PBX ended it or nobody knows."""
        if self.ended is None:
            return ""
        asked = [part for part in self.parts if part.asked is not None]
        near = [part for part in asked if self._at_end(part.asked)]
        near = near or [part for part in asked if self._went_late(part)]
        if near:
            first = min(near, key=lambda part: (part.asked, part.uniqueid))
            return "citizen" if first is self.citizen else "operator"
        if self.call.abandoned is not None and not self.talks:
            return "citizen"
        return ""

    def _went_late(self, part: Part) -> bool:
        """A busy PBX takes seconds to do it: who asked for the end went with the call then."""
        return part.ended is not None and part.lost_at is None and self._at_end(part.ended)

    def _at_end(self, moment: float) -> bool:
        return abs(moment - (self.ended or 0)) <= AT_THE_END

    # rows

    def legs(self) -> tuple[Leg, ...]:
        """Every telephone of the call, in the order they came."""
        return tuple(self._leg(part) for part in self.parts)

    def _leg(self, part: Part) -> Leg:
        return Leg(
            part.uniqueid,
            self.role(part),
            part.interface,
            self.number_of(part),
            part.rang,
            part.up,
            part.ended,
            part.cause,
        )

    def transfers(self) -> tuple[Transfer, ...]:
        """What was handed on, in order, and what became of it."""
        moves = sorted(self.call.moves.items(), key=lambda item: (item[1].at, item[0]))
        return tuple(self._transfer("/".join(key), move) for key, move in moves)

    def _transfer(self, key: str, move: Moved) -> Transfer:
        by = next((part.interface for part in self.wires if part.uniqueid == move.by), "")
        return Transfer(move.kind, move.to, move.at, self._result(move), by, key)

    def _result(self, move: Moved) -> outcomes.Fate | Literal["joined"]:
        if not move.ok:
            return "failed"
        target = self._target(move)
        if move.joined and not self._handed_on(move, target):
            return "joined"
        if target is None:
            return "failed" if self.ended is not None else ""
        if target.up is not None:
            return "answered" if self.ended is None or target.up < self.ended else "failed"
        return outcomes.of_dial(target.status, target.cause) if target.ended is not None else ""

    def _handed_on(self, move: Moved, target: Part | None) -> bool:
        """Say whether the other two of three went on when the one between them hung up."""
        left = self._left_three(move)
        if left is None or target is None or self.citizen is None:
            return False
        return min(self.now, self.citizen.end(), target.end()) - left > SHORT

    def _target(self, move: Moved) -> Part | None:
        """By its channel; the far end of a wire by its number, dialled before or after the act."""
        if exact := next((part for part in self.parts if part.uniqueid == move.target), None):
            return exact
        named = [p for p in self.parts if move.to in (p.tail, p.dialled, p.caller)]
        named.sort(key=lambda part: (part.created or 0, part.uniqueid))
        if move.kind == "blind":
            return next((p for p in named if (p.created or 0) >= move.at - SHORT), None)
        # of a colleague asked twice the second word is the one that led here
        return next((p for p in reversed(named) if (p.created or 0) <= move.at), None)

    # all of it

    def snapshot(self) -> Snapshot:
        """Return the call as it is known now."""
        caller, called, line = self.numbers()
        queue = self.call.queue_named
        return Snapshot(
            **{name: getattr(self, name) for name in _READ},
            linkedid=self.call.linkedid,
            caller=caller,
            called=called,
            line=line,
            queue=self.call.joins[max(self.call.joins)] if self.call.joins else queue,
            rang=min(_known(span[0] for _part, span in self.rings), default=None),
            operator=self.operator.interface if self.operator else "",
            legs=self.legs(),
            transfers=self.transfers(),
            end_cause=self._end_cause(),
            unknown_from=self.call.unknown_from,
            unknown_until=self.call.unknown_until,
            variables={name: value for name, (_at, value) in self.call.variables.items()},
            wishes=dict(self.call.wishes),
            notice=self.call.variables.get("HOTLINE_NOTICE", (None, ""))[0] or None,
        )

    def _end_cause(self) -> int | None:
        key = self.citizen or self.first
        return key.cause if key and self.ended is not None else None


def _held_in(hold: spans.Span, talks: list[spans.Span]) -> list[spans.Span]:
    """Return the talk in which a hold began, else the one that begins at once; none."""
    inside = [talk for talk in talks if talk[0] <= hold[0] < talk[1]]
    later = [talk for talk in talks if hold[0] < talk[0] <= hold[0] + AT_THE_END]
    return inside or later


def _goes_on(stretches: list[spans.Span]) -> bool:
    return bool(stretches) and stretches[-1][1] == math.inf


_READ: Final = (
    *("direction", "phase", "started", "queued", "answered", "ended", "wait", "ring", "talk"),
    *("hold", "ringing", "fate", "ended_by"),
)
