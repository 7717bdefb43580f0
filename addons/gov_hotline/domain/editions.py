"""Editions of a rule that must always be there: whether they cover every day from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date | None, date | None]  # first and last day, both inclusive; None: without end
_DAY = timedelta(days=1)


def first_gap(spans: Iterable[Span], since: date) -> date | None:
    """The first day from `since` on that no edition covers; None where they cover every day."""
    day = since
    for first, last in sorted(spans, key=lambda span: span[0] or date.min):
        if first is not None and first > day:
            return day
        if last is None:
            return None
        day = max(day, last + _DAY)
    return day
