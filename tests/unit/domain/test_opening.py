"""When an agency is open: hours by weekday, break, days off, the next opening."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from gov_hotline.domain.calendars import WorkCalendar
from gov_hotline.domain.opening import CLOSED, LUNCH, OPEN, UNKNOWN, Hours, Week, clock, runs, state
from hypothesis import given
from hypothesis import strategies as st

NINE, SIX, ONE, TWO = 9 * 60, 18 * 60, 13 * 60, 14 * 60
WORKDAY = Hours(NINE, SIX, ONE, TWO)
FRIDAY = Hours(NINE, 16 * 60 + 45)
OFFICE = Week({**dict.fromkeys(range(4), WORKDAY), 4: FRIDAY})
CENTRE = Week({**dict.fromkeys(range(5), Hours(8 * 60, 20 * 60)), 5: Hours(NINE, TWO)})
# 04.11.2026 is a holiday on a Wednesday; Saturday 14.11.2026 was made a working day here.
CALENDAR = WorkCalendar({date(2026, 11, 4): False, date(2026, 11, 14): True})


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "now", "code", "opens"),
    [
        (Week(), at(23, 12), UNKNOWN, None),
        (OFFICE, at(23, 8, 59), CLOSED, (date(2026, 11, 23), NINE)),  # Monday
        (OFFICE, at(23, 9, 0), OPEN, None),
        (OFFICE, at(23, 12, 59), OPEN, None),
        (OFFICE, at(23, 13, 0), LUNCH, (date(2026, 11, 23), TWO)),
        (OFFICE, at(23, 13, 59), LUNCH, (date(2026, 11, 23), TWO)),
        (OFFICE, at(23, 14, 0), OPEN, None),
        (OFFICE, at(23, 17, 59), OPEN, None),
        (OFFICE, at(23, 18, 0), CLOSED, (date(2026, 11, 24), NINE)),
        (OFFICE, at(27, 16, 45), CLOSED, (date(2026, 11, 30), NINE)),  # a shorter Friday
        (OFFICE, at(27, 13, 30), OPEN, None),  # without a break
        (OFFICE, at(3, 19), CLOSED, (date(2026, 11, 5), NINE)),  # the holiday is passed over
        (OFFICE, at(4, 12), CLOSED, (date(2026, 11, 5), NINE)),
        (OFFICE, at(14, 12), OPEN, None),  # a working Saturday by Friday's hours
        (OFFICE, at(21, 12), CLOSED, (date(2026, 11, 23), NINE)),  # a plain one
        (CENTRE, at(21, 13, 59), OPEN, None),
        (CENTRE, at(21, 14, 0), CLOSED, (date(2026, 11, 23), 8 * 60)),
        (CENTRE, at(14, 15), CLOSED, (date(2026, 11, 16), 8 * 60)),  # its own Saturday stands
        (Week(OFFICE.days, on_holidays=True), at(4, 12), OPEN, None),
        (Week(round_the_clock=True), at(4, 3), OPEN, None),
    ],
)
def test_table(week, now, code, opens):
    found = state(week, now, CALENDAR)
    assert (found.code, found.opens) == (code, opens)


def test_a_feast_on_a_saturday_is_a_day_off():
    week = Week({5: Hours(NINE, SIX)})
    feast = datetime(2027, 6, 12, 12, tzinfo=UTC)  # a Saturday
    assert state(week, feast, CALENDAR).code == CLOSED
    assert state(Week(week.days, on_holidays=True), feast, CALENDAR).code == OPEN


def test_until_and_the_break_ahead():
    morning, evening = (state(OFFICE, at(23, hour), CALENDAR) for hour in (10, 15))
    assert (morning.until, morning.break_at) == (SIX, ONE)
    assert (evening.until, evening.break_at) == (SIX, 0)


@pytest.mark.parametrize(
    ("hours", "possible"),
    [
        (WORKDAY, True),
        (Hours(0, 24 * 60), True),
        (Hours(SIX, NINE), False),
        (Hours(NINE, NINE), False),
        (Hours(NINE, 25 * 60), False),
        (Hours(NINE, SIX, TWO, ONE), False),
        (Hours(NINE, SIX, 8 * 60, TWO), False),
        (Hours(NINE, SIX, ONE, SIX), False),
    ],
)
def test_possible(hours, possible):
    assert hours.is_possible is possible


def test_runs_of_equal_days():
    assert runs(OFFICE) == [(0, 3, WORKDAY), (4, 4, FRIDAY)]
    assert runs(Week({0: FRIDAY, 2: FRIDAY})) == [(0, 0, FRIDAY), (2, 2, FRIDAY)]
    assert clock(570) == "9:30"


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times())
def test_the_next_opening_is_ahead_and_open(today, hour):
    now = datetime.combine(today, hour, tzinfo=UTC)
    found = state(OFFICE, now, CALENDAR)
    if found.opens:
        day, minute = found.opens
        then = datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minute)
        assert then > now
        assert state(OFFICE, then, CALENDAR).is_open
