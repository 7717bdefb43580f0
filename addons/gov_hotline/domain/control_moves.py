"""New control dates of assignments where a changed calendar leaves the old one impossible (X9).

A control date is the body's own: it moves only where it would pass the new due date of its case
(the earlier report, the parent's date), or where its day has become a day off. It moves as little
as can be, to a working day, never later and never into the past; what is overdue stays overdue.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from .calendars import WorkCalendar

BEYOND: Final = "beyond"  # later than the case, the report or the parent
DAY_OFF: Final = "day_off"
WHY: Final = (BEYOND, DAY_OFF)


@dataclass(frozen=True)
class Control:
    """A control date that still binds somebody.

    `limit`: the new due date of the case or the earlier report; None: the case has none.
    `parent`: the key of the assignment it is a part of.
    """

    key: int
    day: date
    limit: date | None = None
    parent: int | None = None


@dataclass(frozen=True)
class Move:
    """The proposed day, and why the old one does not stand."""

    day: date
    why: str


def moves(
    controls: Iterable[Control], calendar: WorkCalendar, off: AbstractSet[date], today: date
) -> dict[int, Move]:
    """Return {key: Move} of `controls`, given parents first; `off`: the days changed by now.

    `calendar`: that of now; `today`: the body's date.
    """
    found: dict[int, Move] = {}
    days: dict[int, date] = {}
    for one in controls:
        limit = min(filter(None, (one.limit, days.get(one.parent or 0))), default=None)
        move = _move(one.day, limit, calendar, off, today)
        days[one.key] = move.day if move else one.day
        if move:
            found[one.key] = move
    return found


def _move(
    day: date, limit: date | None, calendar: WorkCalendar, off: AbstractSet[date], today: date
) -> Move | None:
    is_beyond = limit is not None and day > limit
    is_off = day in off and not calendar.is_working(day)
    if day < today or not (is_beyond or is_off) or (limit is not None and limit < today):
        return None
    target = min(filter(None, (day, limit)))
    new = calendar.previous_working(target)
    if new < today:  # no working day is left before it: the next one, or the limit itself
        new = min(filter(None, (calendar.next_working(target), limit)))
    return Move(new, BEYOND if is_beyond else DAY_OFF) if new != day else None
