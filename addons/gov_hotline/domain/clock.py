"""From a moment to a date of the body, and from a due date to what is left of it.

Nothing here reads a clock: the caller hands in the moment or today's date of the body.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from .calendars import WorkCalendar

Level = Literal["danger", "warning", "ok", "done"]
LEVELS: Final[tuple[Level, ...]] = ("danger", "warning", "ok", "done")
WARNING_DAYS: Final = 3


def body_time(moment_utc: datetime, tz: str) -> datetime:
    """The moment in the body's time zone; a naive `moment_utc` is UTC, as Odoo stores it."""
    aware = moment_utc if moment_utc.tzinfo else moment_utc.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(tz))


def body_date(moment_utc: datetime, tz: str) -> date:
    """The date at the body when it was `moment_utc` in UTC: the date every term counts from."""
    return body_time(moment_utc, tz).date()


def utc_of_body(local: datetime, tz: str) -> datetime:
    """The naive UTC moment of a naive `local` time of the body, as Odoo stores it."""
    return local.replace(tzinfo=ZoneInfo(tz)).astimezone(UTC).replace(tzinfo=None)


def receipt_date(
    moment_utc: datetime, tz: str, calendar: WorkCalendar, closes_at: time, act_number: str = ""
) -> date:
    """The date of receipt that REG-3 counts from.

    What comes after hours or on a day off counts from the next working day only when the number of
    the local act that says so is entered; otherwise from its own date.
    """
    local = body_time(moment_utc, tz)
    day = local.date()
    if not act_number.strip():
        return day
    if not calendar.is_working(day) or local.time() < closes_at:
        return calendar.next_working(day)
    return calendar.add_working_days(day, 1)


def days_left(due: date, today: date, calendar: WorkCalendar) -> int:
    """Working days left after `today` up to `due`; once overdue, minus the calendar days since.

    0 means that no working day is left and the date has not passed: it is due today, or the days
    up to it are days off.
    """
    if today > due:
        return (due - today).days
    return calendar.working_days_between(today, due)


def level(left: int, done: bool = False) -> Level:
    """Colour of what `days_left` says: overdue is danger, up to three working days is warning."""
    if done:
        return "done"
    if left < 0:
        return "danger"
    return "warning" if left <= WARNING_DAYS else "ok"
