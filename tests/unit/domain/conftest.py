"""Shared by the tests of the law: the real calendar, the vectors, the hypothesis profile."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from gov_hotline.domain.calendars import WorkCalendar
from hypothesis import HealthCheck, settings

FIXTURES = Path(__file__).parents[2] / "fixtures"

_COMMON = {
    "deadline": None,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow],
}
# Every run is the same and short; HYPOTHESIS_PROFILE=thorough searches for new counterexamples.
settings.register_profile("steady", derandomize=True, max_examples=25, **_COMMON)
settings.register_profile("thorough", max_examples=2000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def read_fixture(name: str) -> list[dict[str, str]]:
    """Rows of a `;`-separated fixture; lines that begin with # are its source and date."""
    with (FIXTURES / name).open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter=";"))


def read_calendar() -> WorkCalendar:
    """The production calendar 2024-2027."""
    rows = read_fixture("calendar_2024_2027.csv")
    return WorkCalendar(
        {date.fromisoformat(row["date"]): row["kind"] == "work" for row in rows},
        names={date.fromisoformat(row["date"]): row["name"] for row in rows},
    )


@pytest.fixture(scope="session")
def official() -> WorkCalendar:
    return read_calendar()
