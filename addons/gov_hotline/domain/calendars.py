"""Production calendar: which day is a working day, and why.

A calendar is the Monday-Friday week with exceptions: days off (public holidays, days moved by the
Government) and working Saturdays. All days are dates of the body (`res.company.hotline_tz`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

WEEKEND: Final = "weekend"
HOLIDAY: Final = "holiday"
MOVED_WORKING: Final = "moved_working"
WORKING: Final = "working"

# Article 112 of the Labour Code, part 1: (month, day). Used for years that have no calendar yet.
FIXED_HOLIDAYS: Final = frozenset(
    [(1, day) for day in range(1, 9)] + [(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
)
_DAY: Final = timedelta(days=1)
# Longer runs of days off do not exist; a calendar that has one was loaded wrongly.
_LONGEST_BREAK: Final = 400


def _frozen(days: Mapping) -> Mapping:
    return MappingProxyType(dict(days))


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """Exceptions to the Monday-Friday week: `True` is a working day, `False` a day off.

    `days` are the federal rows: a year that has at least one is official, any other is preliminary
    (weekends and the fixed holidays of article 112 of the Labour Code). `local` are the body's own
    rows (regional holidays); they stand over the federal ones and make no year official.
    """

    days: Mapping[date, bool]
    local: Mapping[date, bool] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = field(init=False)
    _versions: dict[tuple[int, ...], str] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Copy the mappings: a calendar must not change after a date was computed with it."""
        for attribute in ("days", "local", "names"):
            object.__setattr__(self, attribute, _frozen(getattr(self, attribute)))
        object.__setattr__(self, "years", frozenset(day.year for day in self.days))

    def is_working(self, day: date) -> bool:
        """Whether the body works on this day."""
        exception = self._exception(day)
        return day.weekday() < 5 if exception is None else exception

    def why(self, day: date) -> str:
        """Key of the reason: `weekend`, `holiday`, `moved_working` or `working`."""
        is_weekend = day.weekday() >= 5
        if self.is_working(day):
            return MOVED_WORKING if is_weekend else WORKING
        return WEEKEND if is_weekend else HOLIDAY

    def name(self, day: date) -> str:
        """Name of the exception on this day, or an empty text."""
        return self.names.get(day, "")

    def previous_working(self, day: date) -> date:
        """The last working day not after `day`."""
        return self._seek(day, -_DAY)

    def next_working(self, day: date) -> date:
        """The first working day not before `day`."""
        return self._seek(day, _DAY)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it, if negative); `day` itself for 0."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day = self._seek(day + step, step)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days there are after `start` up to and including `end`."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)

    def is_preliminary(self, year: int) -> bool:
        """Whether the Government's calendar of this year has not been loaded."""
        return year not in self.years

    def version(self, years: Iterable[int]) -> str:
        """Edition of these years: `2026,2027~ 3f9a1c2e`; `~` marks a preliminary year.

        The hash covers all the rows of these years, so that any change of them shows.
        """
        wanted = tuple(sorted(set(years)))
        if wanted not in self._versions:  # asked for once a deadline, by tens of thousands
            self._versions[wanted] = self._version(wanted)
        return self._versions[wanted]

    def _version(self, wanted: tuple[int, ...]) -> str:
        label = ",".join(f"{year}{'~' * self.is_preliminary(year)}" for year in wanted)
        rows = {**self.days, **self.local}
        text = label + "".join(
            f"\n{day.isoformat()}{'+' if rows[day] else '-'}"
            for day in sorted(rows)
            if day.year in wanted
        )
        return f"{label} {hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def _exception(self, day: date) -> bool | None:
        if day in self.local:
            return self.local[day]
        if day in self.days:
            return self.days[day]
        is_fixed = (day.month, day.day) in FIXED_HOLIDAYS
        return False if is_fixed and self.is_preliminary(day.year) else None

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"the calendar has no working day near {day.isoformat()}")
