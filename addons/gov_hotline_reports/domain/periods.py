"""Periods of reports: the last one that has ended, the one before it, the same a year ago."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

Period = Literal["day", "week", "month", "quarter"]
Days = tuple[date, date]  # the first and the last day
PERIODS: Final[tuple[Period, ...]] = ("day", "week", "month", "quarter")
Recent = Literal["month", "last_month", "quarter", "year"]
RECENT: Final[tuple[Recent, ...]] = ("month", "last_month", "quarter", "year")
_MONTHS: Final = {"month": 1, "quarter": 3}
_YEAR_OF_WEEKS: Final = timedelta(weeks=52)  # the same day of the week


def containing(period: Period, day: date) -> Days:
    """Return the period that `day` lies in; a week begins on Monday."""
    if period == "day":
        return day, day
    if period == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    months = _MONTHS[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, first + relativedelta(months=months, days=-1)


def last_ended(period: Period, today: date) -> Days:
    """Return the last period that had ended before `today`."""
    return before(period, containing(period, today))


def before(period: Period, days: Days) -> Days:
    """Return the period before."""
    return containing(period, days[0] - timedelta(days=1))


def year_ago(period: Period, days: Days) -> Days:
    """Return the same period of the year before: of a day or a week with the same weekdays."""
    if period in _MONTHS:
        return containing(period, days[0] - relativedelta(years=1))
    return days[0] - _YEAR_OF_WEEKS, days[1] - _YEAR_OF_WEEKS


def running(period: Period, today: date) -> Days:
    """Return the period that `today` lies in, as far as it has come."""
    return containing(period, today)[0], today


def recent(name: Recent, today: date) -> Days:
    """Return a period by its name on a page: a running one as far as it has come."""
    if name == "last_month":
        return last_ended("month", today)
    if name == "year":
        return date(today.year, 1, 1), today
    return running(name, today)


def compared(period: Period, days: Days) -> list[Days]:
    """Return `days`, the period before and a year ago; a period cut short is set beside as many
    days of the others: half a month beside a whole one always looks like a fall.
    """
    whole = containing(period, days[0])
    others = [before(period, whole), year_ago(period, whole)]
    if days[1] < whole[1]:
        length = days[1] - days[0]
        others = [(first, min(first + length, last)) for first, last in others]
    return [days, *others]


def trend(period: Period, days: Days, count: int = 12) -> list[Days]:
    """Return `count` periods up to `days`, the oldest first."""
    found = [days]
    while len(found) < count:
        found.append(before(period, found[-1]))
    return found[::-1]
