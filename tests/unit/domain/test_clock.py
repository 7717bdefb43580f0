"""Dates of the body and what is left of a term."""

import time as time_module
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from gov_hotline.domain.clock import body_date, body_time, days_left, level, receipt_date
from hypothesis import given
from hypothesis import strategies as st

KALININGRAD, MOSCOW, VLADIVOSTOK = "Europe/Kaliningrad", "Europe/Moscow", "Asia/Vladivostok"
SIX = time(18)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "tz", "day"),
    [
        (utc(2026, 11, 21, 21, 59), KALININGRAD, date(2026, 11, 21)),  # 23:59 there
        (utc(2026, 11, 21, 22, 1), KALININGRAD, date(2026, 11, 22)),  # 00:01 there
        (utc(2026, 11, 21, 13, 59), VLADIVOSTOK, date(2026, 11, 21)),  # 23:59 there
        (utc(2026, 11, 21, 14, 1), VLADIVOSTOK, date(2026, 11, 22)),  # 00:01 there
        (utc(2026, 11, 21, 20, 59), MOSCOW, date(2026, 11, 21)),
        (utc(2026, 11, 21, 21, 0), MOSCOW, date(2026, 11, 22)),
        (utc(2026, 12, 31, 22, 30), KALININGRAD, date(2027, 1, 1)),
    ],
)
def test_date_is_the_bodys(moment, tz, day):
    """X10: a minute before and after midnight in the first and last time zones."""
    assert body_date(moment, tz) == day
    assert body_date(moment.replace(tzinfo=None), tz) == day  # as Odoo stores it


def test_the_machine_and_the_writer_may_live_elsewhere(monkeypatch):
    """Neither the server's time zone nor that of the moment changes the body's date."""
    monkeypatch.setenv("TZ", "America/New_York")
    time_module.tzset()
    try:
        late = datetime(2026, 11, 21, 23, 30, tzinfo=ZoneInfo(KALININGRAD))
        assert body_date(late, VLADIVOSTOK) == date(2026, 11, 22)
        assert body_date(late.astimezone(UTC).replace(tzinfo=None), KALININGRAD) == late.date()
    finally:
        monkeypatch.undo()
        time_module.tzset()


def test_time_of_the_body():
    assert body_time(utc(2026, 11, 21, 13, 59), VLADIVOSTOK).time() == time(23, 59)


@pytest.mark.parametrize(
    ("moment", "act", "day"),
    [
        (utc(2026, 11, 20, 14, 59), "12-р", date(2026, 11, 20)),  # Friday 17:59 in Moscow
        (utc(2026, 11, 20, 15, 0), "12-р", date(2026, 11, 23)),  # Friday 18:00
        (utc(2026, 11, 20, 15, 0), "", date(2026, 11, 20)),
        (utc(2026, 11, 20, 15, 0), "  ", date(2026, 11, 20)),
        (utc(2026, 11, 21, 9, 0), "12-р", date(2026, 11, 23)),  # Saturday
        (utc(2026, 11, 21, 9, 0), "", date(2026, 11, 21)),
        (utc(2025, 11, 1, 9, 0), "12-р", date(2025, 11, 1)),  # working Saturday
    ],
)
def test_receipt_after_hours_moves_only_by_a_local_act(official, moment, act, day):
    assert receipt_date(moment, MOSCOW, official, SIX, act) == day


@pytest.mark.parametrize(
    ("due", "today", "left", "colour"),
    [
        (date(2026, 11, 26), date(2026, 11, 23), 3, "warning"),
        (date(2026, 11, 27), date(2026, 11, 23), 4, "ok"),
        (date(2026, 11, 23), date(2026, 11, 23), 0, "warning"),
        (date(2026, 11, 23), date(2026, 11, 20), 1, "warning"),
        (date(2026, 5, 3), date(2026, 5, 1), 0, "warning"),  # only days off are left
        (date(2026, 11, 23), date(2026, 11, 24), -1, "danger"),
        (date(2026, 11, 20), date(2026, 11, 23), -3, "danger"),  # calendar days
        (date(2026, 1, 13), date(2025, 12, 30), 2, "warning"),
    ],
)
def test_days_left(official, due, today, left, colour):
    assert days_left(due, today, official) == left
    assert level(left) == colour
    assert level(left, done=True) == "done"


@given(st.dates(date(2024, 1, 1), date(2029, 1, 1)), st.integers(-90, 90))
def test_overdue_is_negative_and_only_overdue(official, due, days):
    today = due + timedelta(days)
    assert (days_left(due, today, official) < 0) == (today > due)
