"""The figures of a line's day: answered in time, lost, and whether the line keeps its aims.

One call that came to people and is decided counts once, as one of ENDS:

    offered        = in time + late + lost + asked
    service level  = in time / offered      (the aim of a line: 80 % within 20 seconds)
    share of lost  = lost / offered         (the aim: at most 5 %)

Waiting is counted from the queue, after the menu. Left out: calls that the machine alone served,
those given up before anybody could have answered («short»), and those that still wait. Who asked to
be called back did not get through, so the service level counts the call; it is not lost, as
somebody calls. What the PBX cut off before the answer is lost, however short it was.

The law sets no such aims for an authority's hotline: they are the body's own, by line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final, Literal

End = Literal["in_time", "late", "lost", "asked", "short", ""]
ENDS: Final[tuple[End, ...]] = ("in_time", "late", "lost", "asked", "short")
GAVE_UP: Final = "abandoned"


@dataclass(frozen=True, slots=True)
class Aims:
    """What a line aims at: a share answered within so many seconds, and a share of lost calls."""

    seconds: int = 20
    level: int = 80  # per cent
    lost: int = 5  # per cent
    short: int = 5  # seconds; who gives up sooner is no lost call


@dataclass(frozen=True, slots=True)
class Tally:
    """So many incoming calls of a line that went alike."""

    line: int  # 0: of no line
    answered: bool
    fate: str
    asked: bool  # to be called back
    waited: int
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """The calls of a day by how they ended; `aim_*`: what the offered ones were to come to."""

    in_time: int = 0
    late: int = 0
    lost: int = 0
    asked: int = 0
    short: int = 0
    aim_level: int = 0  # hundredths of calls: offered calls x per cent, summed over the lines
    aim_lost: int = 0

    def __add__(self, other: Day) -> Day:
        """Return both days together: each call against the aim of its own line."""
        return Day(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Day)))

    @property
    def answered(self) -> int:
        """Calls that somebody talked in."""
        return self.in_time + self.late

    @property
    def offered(self) -> int:
        """Calls that people were to answer, and that are decided."""
        return self.answered + self.lost + self.asked

    @property
    def level(self) -> float | None:
        """Share answered in time, rounded down: it never looks better than it is."""
        return self.in_time * 1000 // self.offered / 10 if self.offered else None

    @property
    def lost_share(self) -> float | None:
        """Share of lost calls, rounded up."""
        return -(-self.lost * 1000 // self.offered) / 10 if self.offered else None

    @property
    def keeps_level(self) -> bool | None:
        """Say whether as many were answered in time as the lines aim at; None without a call."""
        return self.in_time * 100 >= self.aim_level if self.offered else None

    @property
    def keeps_lost(self) -> bool | None:
        """Say whether no more were lost than the lines aim at; None without a call."""
        return self.lost * 100 <= self.aim_lost if self.offered else None


def end(one: Tally, aims: Aims) -> End:
    """Return as what such calls count; "" for what is no business of people, or not decided."""
    if one.answered:
        return "in_time" if one.waited <= aims.seconds else "late"
    if not one.fate:
        return ""
    if one.asked:
        return "asked"
    return "short" if one.fate == GAVE_UP and one.waited < aims.short else "lost"


def day(tallies: Iterable[Tally], aims: Aims) -> Day:
    """Return the day of one line."""
    counts = dict.fromkeys(ENDS, 0)
    for one in tallies:
        as_what = end(one, aims)
        if as_what:
            counts[as_what] += one.count
    offered = sum(counts.values()) - counts["short"]
    return Day(**counts, aim_level=offered * aims.level, aim_lost=offered * aims.lost)


def total(days: Iterable[Day]) -> Day:
    """Return the day of all lines."""
    return sum(days, Day())
