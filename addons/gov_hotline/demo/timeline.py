"""Moments of a year behind `now`, in working hours of the body; all returned as naive UTC."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

IsWorking = Callable[[date], bool]


@dataclass(frozen=True)
class Timeline:
    """`now` is naive UTC, `is_working` the body's calendar, `zone` its time zone."""

    now: datetime
    is_working: IsWorking
    zone: str = "Europe/Moscow"

    @property
    def today(self) -> date:
        """The body's date of `now`."""
        return self.now.replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone)).date()

    def moment(self, rng: random.Random, day: date, first: int = 9, last: int = 17) -> datetime:
        """A moment of `day` between two hours of the body, never later than a minute ago."""
        local = datetime.combine(day, time(rng.randint(first, last), rng.randint(0, 59)))
        utc = local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC).replace(tzinfo=None)
        return min(utc + timedelta(seconds=rng.randint(0, 59)), self.now - timedelta(minutes=1))

    def working_day(self, rng: random.Random, youngest: int, oldest: int) -> date:
        """A working day between two ages in days; the nearest earlier one where it is none."""
        return self.previous_working(self.today - timedelta(days=rng.randint(youngest, oldest)))

    def previous_working(self, day: date) -> date:
        """`day` or the last working day before it."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def next_working(self, day: date) -> date:
        """`day` or the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day
