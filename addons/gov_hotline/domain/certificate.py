"""The certificate of a date (X1): how it came about, step by step, storable as JSON.

Kinds and reasons are codes: the add-on translates them. The certificate is evidence, so it says all
that the date depends on: rule, article, counting, every counted and skipped day, calendar edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Final

START: Final = "start"
COUNTED: Final = "counted"
SKIPPED: Final = "skipped"
EXTENSION: Final = "extension"
RAW_DUE: Final = "raw_due"
SHIFTED_OVER: Final = "shifted_over"
KEPT_RAW: Final = "kept_raw"
DUE: Final = "due"
STEP_KINDS: Final = (START, COUNTED, SKIPPED, EXTENSION, RAW_DUE, SHIFTED_OVER, KEPT_RAW, DUE)

# Reasons beside those of `calendars`: every day counts; the shift would reach the start.
CALENDAR_DAY: Final = "calendar_day"
NOT_LATER_THAN_START: Final = "not_later_than_start"


@dataclass(frozen=True)
class Step:
    """A day, or the days from `day` to `until`, of which `count` were counted or skipped."""

    day: date
    kind: str
    reason: str
    until: date | None = None
    count: int = 0

    def joins(self, following: Step) -> bool:
        """Whether `following` is the next day of the same kind for the same reason."""
        last = self.until or self.day
        alike = (self.kind, self.reason) == (following.kind, following.reason)
        return alike and last + timedelta(days=1) == following.day

    def joined(self, following: Step) -> Step:
        """The range that covers both."""
        return replace(self, until=following.until, count=self.count + following.count)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready: dates as ISO text, empty parts left out."""
        values: dict[str, Any] = {"day": self.day.isoformat(), "kind": self.kind}
        values["reason"] = self.reason
        if self.until:
            values |= {"until": self.until.isoformat(), "count": self.count}
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Step:
        """Read back what `as_dict` gave."""
        until = values.get("until")
        return cls(
            day=date.fromisoformat(values["day"]),
            kind=values["kind"],
            reason=values["reason"],
            until=date.fromisoformat(until) if until else None,
            count=values.get("count", 0),
        )


@dataclass(frozen=True)
class Recount:
    """The date was `due_before` until the term was counted anew on day `on`: a changed calendar."""

    on: date
    due_before: date

    def as_dict(self) -> dict[str, str]:
        """JSON-ready: dates as ISO text."""
        return {"on": self.on.isoformat(), "due_before": self.due_before.isoformat()}

    @classmethod
    def from_dict(cls, values: Mapping[str, str]) -> Recount:
        """Read back what `as_dict` gave."""
        days = (date.fromisoformat(values[name]) for name in ("on", "due_before"))
        return cls(*days)


@dataclass(frozen=True)
class Certificate:
    """A due date with its grounds.

    `raw_due` is the date before the shift, the one an extension is counted from. `length` and
    `extension` are in days of `unit`. `preliminary`: a year in the way has no official calendar.
    `recounts`: earlier dates of this term, moved by a changed calendar, oldest first.
    """

    term_code: str
    article: str
    start: date
    raw_due: date
    due: date
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    calendar_version: str
    preliminary: bool
    length: int
    unit: str
    day_one: str
    shift: str
    extension: int = 0
    recounts: tuple[Recount, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready: dates as ISO text, tuples as lists."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in _DATES:
            values[name] = values[name].isoformat()
        values["steps"] = [step.as_dict() for step in self.steps]
        values["warnings"] = list(self.warnings)
        values["recounts"] = [recount.as_dict() for recount in self.recounts]
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Certificate:
        """Read back what `as_dict` gave; unknown keys are ignored."""
        known = {item.name: values[item.name] for item in fields(cls) if item.name in values}
        for name in _DATES:
            known[name] = date.fromisoformat(known[name])
        known["steps"] = tuple(Step.from_dict(step) for step in known["steps"])
        known["warnings"] = tuple(known["warnings"])
        known["recounts"] = tuple(Recount.from_dict(one) for one in values.get("recounts", ()))
        return cls(**known)


_DATES: Final = ("start", "raw_due", "due")
