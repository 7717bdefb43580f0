"""Periods of the scheduled reports (E4)."""

from datetime import date, timedelta

import pytest
from gov_hotline_reports.domain import periods


@pytest.mark.parametrize(
    ("period", "today", "first", "last"),
    [
        ("day", date(2026, 3, 1), date(2026, 2, 28), date(2026, 2, 28)),
        ("week", date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2026, 11, 22), date(2026, 11, 9), date(2026, 11, 15)),
        ("month", date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)),
        ("quarter", date(2026, 3, 31), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_last_ended(period, today, first, last):
    assert periods.last_ended(period, today) == (first, last)


@pytest.mark.parametrize("period", periods.PERIODS)
def test_periods_follow_each_other_without_gap(period):
    """Whatever the day: each begins the day after the one before, and holds its own days."""
    day = date(2024, 1, 1)
    while day < date(2027, 1, 1):
        first, last = periods.containing(period, day)
        assert first <= day <= last
        assert periods.before(period, (first, last))[1] == first - timedelta(days=1)
        assert periods.last_ended(period, last + timedelta(days=1)) == (first, last)
        day += timedelta(days=1)


def test_a_year_ago():
    assert periods.year_ago("month", (date(2024, 2, 1), date(2024, 2, 29))) == (
        date(2023, 2, 1),
        date(2023, 2, 28),
    )
    monday = (date(2026, 11, 16), date(2026, 11, 22))
    first, last = periods.year_ago("week", monday)
    assert (first.weekday(), (last - first).days) == (0, 6)


def test_trend_ends_with_the_period():
    shown = periods.trend("month", (date(2026, 11, 1), date(2026, 11, 30)))
    assert len(shown) == 12
    assert shown[0] == (date(2025, 12, 1), date(2025, 12, 31))
    assert shown[-1] == (date(2026, 11, 1), date(2026, 11, 30))


def test_a_running_period_is_set_beside_as_many_days():
    """The head's page on the 20th: twenty days beside twenty, not beside a whole month."""
    running = periods.running("month", date(2026, 11, 20))
    assert running == (date(2026, 11, 1), date(2026, 11, 20))
    assert periods.compared("month", running) == [
        running,
        (date(2026, 10, 1), date(2026, 10, 20)),
        (date(2025, 11, 1), date(2025, 11, 20)),
    ]
    # a longer month does not reach into the next one
    assert periods.compared("month", periods.running("month", date(2026, 3, 30)))[1] == (
        date(2026, 2, 1),
        date(2026, 2, 28),
    )


@pytest.mark.parametrize("period", periods.PERIODS)
def test_an_ended_period_is_set_beside_whole_ones(period):
    days = periods.last_ended(period, date(2026, 3, 15))
    assert periods.compared(period, days) == [
        days,
        periods.before(period, days),
        periods.year_ago(period, days),
    ]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("month", date(2026, 1, 1), date(2026, 1, 31)),
        ("last_month", date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", date(2026, 1, 1), date(2026, 1, 31)),
        ("year", date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_recent(name, first, last):
    """A running period of a page ends today, the last month on its last day."""
    assert periods.recent(name, date(2026, 1, 31)) == (first, last)
