"""X10: every start of four years against an oracle made another way: a list of working days."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

import pytest
from gov_hotline.domain.clock import days_left
from gov_hotline.domain.terms import Term, compute

from .conftest import read_fixture

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
ROWS = {
    date.fromisoformat(row["date"]): row["kind"] for row in read_fixture("calendar_2024_2027.csv")
}
EVERY_DAY = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
WORKING = [
    day
    for day in EVERY_DAY
    if ROWS.get(day) == "work" or (day not in ROWS and day.isoweekday() < 6)
]
STARTS = EVERY_DAY[8:-45]  # the days around them are in the list too


def previous(raw):
    return WORKING[bisect_right(WORKING, raw) - 1]


def following(raw):
    return WORKING[bisect_left(WORKING, raw)]


@pytest.mark.parametrize("length", [1, 3, 7, 30])
def test_previous(official, length):
    term = Term("T", "", length, shift="previous")
    for start in STARTS:
        raw = start + timedelta(length)
        moved = previous(raw)
        certificate = compute(term, start, official)
        assert certificate.due == (moved if moved > start else raw), start
        assert bool(certificate.warnings) == (moved <= start), start


@pytest.mark.parametrize("length", [3, 30])
def test_next(official, length):
    term = Term("T", "", length, shift="next")
    for start in STARTS:
        assert compute(term, start, official).due == following(start + timedelta(length)), start


@pytest.mark.parametrize("length", [1, 5])
def test_working_days(official, length):
    term = Term("T", "", length, unit="working")
    for start in STARTS:
        due = WORKING[bisect_right(WORKING, start) + length - 1]
        assert compute(term, start, official).due == due, start


def test_days_left(official):
    for day in STARTS:
        due = day + timedelta(30)
        left = bisect_right(WORKING, due) - bisect_right(WORKING, day)
        assert days_left(due, day, official) == left, day
