"""When a place is open: hours by weekday with a break, days off, the next opening.

Times are those of the body's clock; nothing here reads a clock. A day off of the production
calendar that falls on a Monday to Friday is a holiday: closed, unless the place works on holidays;
so are the days of art. 112 of the Labour Code that fall on a weekend.
A Saturday or Sunday that the Government made a working day has, without hours of its own, those of
the Friday before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from .calendars import FIXED_HOLIDAYS, WorkCalendar

DAY: Final = 24 * 60
FRIDAY: Final = 4
LOOKED_AHEAD: Final = 31  # days; whoever is closed longer has no next opening to tell
OPEN, LUNCH, CLOSED, UNKNOWN = "open", "lunch", "closed", "unknown"


@dataclass(frozen=True)
class Hours:
    """Hours of one day in minutes after midnight; no break where `lunch_from == lunch_to`."""

    opens: int
    closes: int
    lunch_from: int = 0
    lunch_to: int = 0

    @property
    def has_lunch(self) -> bool:
        """Whether there is a break."""
        return self.lunch_from < self.lunch_to

    @property
    def is_possible(self) -> bool:
        """Whether it opens before it closes on one day and the break lies between."""
        is_day = 0 <= self.opens < self.closes <= DAY
        no_lunch = self.lunch_from == self.lunch_to
        return is_day and (no_lunch or self.opens < self.lunch_from < self.lunch_to < self.closes)


@dataclass(frozen=True)
class Week:
    """Hours by weekday (0: Monday); a day without hours is a day off; nothing at all: unknown."""

    days: Mapping[int, Hours] = field(default_factory=dict)
    round_the_clock: bool = False
    on_holidays: bool = False

    def __post_init__(self) -> None:
        """Copy the mapping: what was asked of a week stays true."""
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    @property
    def is_known(self) -> bool:
        """Whether anything is said of the hours."""
        return self.round_the_clock or bool(self.days)

    def on(self, day: date, calendar: WorkCalendar) -> Hours | None:
        """The hours of this very day; None: closed all day."""
        if self.round_the_clock:
            return Hours(0, DAY)
        weekday, is_working = day.weekday(), calendar.is_working(day)
        if weekday > FRIDAY and _is_feast(day) and not self.on_holidays:
            return None
        if weekday > FRIDAY:
            return self.days.get(weekday) or (self.days.get(FRIDAY) if is_working else None)
        return self.days.get(weekday) if is_working or self.on_holidays else None


@dataclass(frozen=True)
class State:
    """What is at a moment. `until`: minutes after midnight of today, when it closes for the day.

    `break_at`: when today's break begins, if it is ahead. `opens`: day and minutes of the next
    opening where it is closed now, None where none is near.
    """

    code: str
    until: int = 0
    break_at: int = 0
    opens: tuple[date, int] | None = None

    @property
    def is_open(self) -> bool | None:
        """None: not known."""
        return None if self.code == UNKNOWN else self.code == OPEN


def state(week: Week, now: datetime, calendar: WorkCalendar) -> State:
    """What is at `now`, a time of the body's clock."""
    if not week.is_known:
        return State(UNKNOWN)
    minute = now.hour * 60 + now.minute
    hours = week.on(now.date(), calendar)
    if not hours or not hours.opens <= minute < hours.closes:
        return State(CLOSED, opens=_next(week, now.date(), minute, calendar))
    if hours.has_lunch and hours.lunch_from <= minute < hours.lunch_to:
        return State(LUNCH, opens=(now.date(), hours.lunch_to))
    ahead = hours.lunch_from if hours.has_lunch and minute < hours.lunch_from else 0
    return State(OPEN, until=hours.closes, break_at=ahead)


def _is_feast(day: date) -> bool:
    """Whether a Saturday or Sunday is a public holiday too; the calendar tells them not apart."""
    return (day.month, day.day) in FIXED_HOLIDAYS


def _next(week: Week, today: date, minute: int, calendar: WorkCalendar) -> tuple[date, int] | None:
    for ahead in range(LOOKED_AHEAD + 1):
        day = today + timedelta(days=ahead)
        hours = week.on(day, calendar)
        if hours and (ahead or minute < hours.opens):
            return day, hours.opens
    return None


def runs(week: Week) -> list[tuple[int, int, Hours]]:
    """The table as people read it: [(first weekday, last one, hours)] of equal days in a row."""
    found: list[tuple[int, int, Hours]] = []
    for weekday in sorted(week.days):
        hours = week.days[weekday]
        if found and found[-1][1] == weekday - 1 and found[-1][2] == hours:
            found[-1] = (found[-1][0], weekday, hours)
        else:
            found.append((weekday, weekday, hours))
    return found


def clock(minutes: int) -> str:
    """«9:30» for 570."""
    return f"{minutes // 60}:{minutes % 60:02}"


def minutes(hours: float) -> int:
    """570 for 9.5, as Odoo keeps a time."""
    return round(hours * 60)
