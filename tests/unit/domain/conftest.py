"""Shared by the tests of the law: the real calendar, the vectors."""

import csv
from datetime import date
from pathlib import Path

import pytest
from gov_hotline.domain.calendars import WorkCalendar

FIXTURES = Path(__file__).parents[2] / "fixtures"


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
