"""Words of an official letter that more than one part of the domain writes."""

from __future__ import annotations

from datetime import date
from typing import Final

BLANK: Final = "________"  # what is not known: to be filled in by hand before sending


def russian_date(day: date | None) -> str:
    """A date as an official letter writes it: 05.12.2026; empty for none."""
    return day.strftime("%d.%m.%Y") if day else ""
