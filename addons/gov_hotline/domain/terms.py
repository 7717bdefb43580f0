"""Terms of the law: from a start and a length to a due date, with the way it was found.

59-FZ does not say how days are counted: by analogy with article 191 of the Civil Code day one is
the day after the event. What happens on a day off is the choice of the body (`shift`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from .calendars import WorkCalendar
from .certificate import (
    CALENDAR_DAY,
    COUNTED,
    DUE,
    EXTENSION,
    KEPT_RAW,
    NOT_LATER_THAN_START,
    RAW_DUE,
    SHIFTED_OVER,
    SKIPPED,
    START,
    Certificate,
    Step,
)

Shift = Literal["previous", "next", "none"]
DayOne = Literal["next", "same"]
Unit = Literal["calendar", "working"]

SHIFTS: Final[tuple[Shift, ...]] = ("previous", "next", "none")
DAY_ONES: Final[tuple[DayOne, ...]] = ("next", "same")
UNITS: Final[tuple[Unit, ...]] = ("calendar", "working")

FALLS_ON_DAYS_OFF: Final = "falls_on_days_off"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A rule of the law: how many days, of which kind, counted and shifted how.

    `length` is in `unit` days and at least 1. `day_one` tells whether the first counted day is the
    day after the start (`next`) or the start itself (`same`).
    """

    code: str
    article: str
    length: int
    unit: Unit = "calendar"
    day_one: DayOne = "next"
    shift: Shift = "previous"

    def __post_init__(self) -> None:
        """Refuse a term that cannot be computed (`ValueError`)."""
        if self.length < 1:
            raise ValueError(f"{self.code}: a term is at least one day long")
        if self.unit not in UNITS or self.day_one not in DAY_ONES or self.shift not in SHIFTS:
            raise ValueError(f"{self.code}: unknown unit, day one or shift")


def compute(term: Term, start: date, calendar: WorkCalendar, extension: int = 0) -> Certificate:
    """Due date of `term` that starts on `start`, with every step that led to it.

    `extension` is in the term's own days and is counted from the due date before any shift.
    Raises `ValueError` for a negative extension and `OverflowError` beyond year 9999.
    """
    if extension < 0:
        raise ValueError("a term can be extended, never shortened")
    first_raw, steps = _count(term, start, calendar)
    raw = first_raw
    if extension:
        raw, more = _extend(term, first_raw, extension, calendar)
        steps += more
    due, shift_steps, warnings = _shift(term.shift, start, raw, calendar)
    years = range(start.year, max(raw, due).year + 1)
    return Certificate(
        term_code=term.code,
        article=term.article,
        start=start,
        raw_due=raw,
        due=due,
        steps=(*steps, _at(calendar, raw, RAW_DUE), *shift_steps, _at(calendar, due, DUE)),
        warnings=warnings,
        calendar_version=calendar.version(years),
        preliminary=any(calendar.is_preliminary(year) for year in years),
        length=term.length,
        unit=term.unit,
        day_one=term.day_one,
        shift=term.shift,
        extension=extension,
    )


def shift_date(raw: date, shift: Shift, calendar: WorkCalendar) -> date:
    """The bare shift of a date off a day off; knows nothing of the start of the term."""
    if shift == "previous":
        return calendar.previous_working(raw)
    if shift == "next":
        return calendar.next_working(raw)
    return raw


def _at(calendar: WorkCalendar, day: date, kind: str) -> Step:
    return Step(day, kind, calendar.why(day))


def _count(term: Term, start: date, calendar: WorkCalendar) -> tuple[date, tuple[Step, ...]]:
    first = start if term.day_one == "same" else start + _DAY
    raw, counted = _run(first, term.length, term.unit, calendar)
    return raw, (_at(calendar, start, START), *counted)


def _extend(
    term: Term, raw: date, extension: int, calendar: WorkCalendar
) -> tuple[date, tuple[Step, ...]]:
    extended, counted = _run(raw + _DAY, extension, term.unit, calendar)
    return extended, (_at(calendar, raw, EXTENSION), *counted)


def _run(
    first: date, length: int, unit: Unit, calendar: WorkCalendar
) -> tuple[date, tuple[Step, ...]]:
    """Count `length` days from `first` on: the last one, and the days in ranges."""
    if unit == "calendar":
        last = first + _DAY * (length - 1)
        return last, (Step(first, COUNTED, CALENDAR_DAY, until=last, count=length),)
    last = calendar.add_working_days(first - _DAY, length)
    return last, _working_ranges(first, last, calendar)


def _working_ranges(first: date, last: date, calendar: WorkCalendar) -> tuple[Step, ...]:
    ranges: list[Step] = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        kind = COUNTED if calendar.is_working(day) else SKIPPED
        step = Step(day, kind, calendar.why(day), until=day, count=1)
        if ranges and ranges[-1].joins(step):
            step = ranges.pop().joined(step)
        ranges.append(step)
    return tuple(ranges)


def _shift(
    shift: Shift, start: date, raw: date, calendar: WorkCalendar
) -> tuple[date, tuple[Step, ...], tuple[str, ...]]:
    """Move `raw` off a day off; a shifted date is always later than its start, or it stays."""
    if calendar.is_working(raw):
        return raw, (), ()
    due = shift_date(raw, shift, calendar)
    if due == raw:
        return raw, (), (FALLS_ON_DAYS_OFF,)
    if due <= start:
        kept = Step(raw, KEPT_RAW, NOT_LATER_THAN_START)
        return raw, (kept,), (FALLS_ON_DAYS_OFF,)
    step = _DAY if due > raw else -_DAY
    passed = abs((due - raw).days)
    over = tuple(_at(calendar, raw + step * n, SHIFTED_OVER) for n in range(passed))
    return due, over, ()
