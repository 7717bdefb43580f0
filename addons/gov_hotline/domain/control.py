"""Dates inside a term: the executor's default date and the days of the reminders.

Office practice, not law: both are counted back from the due date in working days of the body.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from .calendars import WorkCalendar

EXECUTOR_DAYS: Final = 5
REMINDER_DAYS: Final = (10, 5, 3, 1)
# A reminder a year ahead is a slip of the pen.
_MOST_DAYS: Final = 250


def executor_date(
    start: date, due: date, calendar: WorkCalendar, days: int = EXECUTOR_DAYS
) -> date:
    """The default date of an executor: `days` working days before `due`.

    In a term too short for that it is the first working day after `start`, and never later than
    `due`. Raises `ValueError` for negative days.
    """
    if days < 0:
        raise ValueError("an executor's date is never later than the due date")
    wanted = _days_before(due, days, calendar)
    return min(due, max(wanted, calendar.next_working(start + timedelta(days=1))))


def reminder_dates(
    start: date, due: date, calendar: WorkCalendar, days: Iterable[int] = REMINDER_DAYS
) -> tuple[date, ...]:
    """The days on which so many working days are left to `due`, earliest first; after `start`."""
    dates = {_days_before(due, count, calendar) for count in days}
    return tuple(sorted(day for day in dates if day > start))


def parse_days(text: str) -> tuple[int, ...]:
    """Read «10, 5, 3, 1»: greatest first, each once. Raises `ValueError` for anything else."""
    days = {int(part) for part in text.replace(";", ",").split(",") if part.strip()}
    if any(not 0 <= count <= _MOST_DAYS for count in days):
        raise ValueError(f"reminders come 0 to {_MOST_DAYS} working days before the date")
    return tuple(sorted(days, reverse=True))


def _days_before(due: date, days: int, calendar: WorkCalendar) -> date:
    """The working day with `days` working days left, as `clock.days_left` counts them."""
    return calendar.add_working_days(calendar.previous_working(due), -days)
