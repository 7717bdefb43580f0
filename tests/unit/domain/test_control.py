"""Dates inside a term: the executor's, the reminders'."""

from datetime import date

import pytest
from gov_hotline.domain.clock import days_left
from gov_hotline.domain.control import executor_date, parse_days, reminder_dates
from hypothesis import given
from hypothesis import strategies as st

from .test_terms import CALENDARS, STARTS

REGISTERED, DUE = date(2026, 11, 24), date(2026, 12, 24)


@pytest.mark.parametrize(
    ("start", "due", "days", "wanted"),
    [
        (REGISTERED, DUE, 5, date(2026, 12, 17)),
        (REGISTERED, DUE, 0, DUE),
        (date(2025, 10, 10), date(2025, 11, 7), 5, date(2025, 10, 30)),  # over the holidays
        (date(2026, 11, 24), date(2026, 12, 1), 5, date(2026, 11, 25)),  # a week is too short
        (date(2026, 4, 30), date(2026, 5, 3), 5, date(2026, 5, 3)),  # only days off in it
        (date(2026, 12, 30), date(2027, 1, 6), 1, date(2027, 1, 6)),
    ],
)
def test_executor_date(official, start, due, days, wanted):
    """Default: due minus five working days; moved Saturdays count, holidays do not."""
    assert executor_date(start, due, official, days) == wanted


def test_an_executor_is_not_asked_after_the_due_date(official):
    with pytest.raises(ValueError, match="never later"):
        executor_date(REGISTERED, DUE, official, -1)


def test_reminders(official):
    days = [date(2026, 12, 10), date(2026, 12, 17), date(2026, 12, 21), date(2026, 12, 23)]
    assert list(reminder_dates(REGISTERED, DUE, official)) == days
    assert [days_left(DUE, day, official) for day in days] == [10, 5, 3, 1]


def test_a_short_term_reminds_only_inside_itself(official):
    assert reminder_dates(date(2026, 11, 24), date(2026, 12, 1), official) == (
        date(2026, 11, 26),
        date(2026, 11, 30),
    )


def test_a_due_date_on_a_day_off_is_reminded_of_on_working_days(official):
    """Registered 30.12.2026, +7 stands on 06.01.2027: the last working day was 30.12."""
    assert reminder_dates(date(2026, 12, 20), date(2027, 1, 6), official, (0, 1)) == (
        date(2026, 12, 29),
        date(2026, 12, 30),
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [("10, 5, 3, 1", (10, 5, 3, 1)), ("1;3;3", (3, 1)), ("", ()), (" 0,", (0,))],
)
def test_days_are_read(text, days):
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["ten", "5 3", "-1", "251", "1.5"])
def test_days_that_are_none(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_days(text)


@given(CALENDARS, STARTS, st.integers(1, 60), st.integers(0, 20))
def test_an_executor_has_time_and_leaves_some(calendar, start, length, days):
    due = date.fromordinal(start.toordinal() + length)
    wanted = executor_date(start, due, calendar, days)
    assert start < wanted <= due
    assert calendar.is_working(wanted) or wanted == due
    assert wanted == due or days_left(due, wanted, calendar) <= days


@given(CALENDARS, STARTS, st.integers(1, 60), st.lists(st.integers(0, 20), max_size=5))
def test_a_reminder_says_the_truth(calendar, start, length, days):
    due = date.fromordinal(start.toordinal() + length)
    for day in reminder_dates(start, due, calendar, days):
        assert start < day <= due
        assert calendar.is_working(day)
        assert days_left(due, day, calendar) in days
