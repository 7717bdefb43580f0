"""Working days: the official calendar, years without one, days of the body itself."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest
from gov_hotline.domain.calendars import HOLIDAY, MOVED_WORKING, WEEKEND, WORKING, WorkCalendar
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "working", "why"),
    [
        (date(2026, 11, 24), True, WORKING),
        (date(2026, 11, 21), False, WEEKEND),
        (date(2026, 11, 4), False, HOLIDAY),
        (date(2025, 11, 1), True, MOVED_WORKING),
        (date(2024, 12, 28), True, MOVED_WORKING),
        (date(2026, 3, 8), False, WEEKEND),  # the holiday falls on a Sunday, 9 March is off instead
        (date(2026, 3, 9), False, HOLIDAY),
        (date(2024, 2, 29), True, WORKING),
    ],
)
def test_day(official, day, working, why):
    assert (official.is_working(day), official.why(day)) == (working, why)


@pytest.mark.parametrize(("year", "count"), [(2024, 248), (2025, 247), (2026, 247), (2027, 247)])
def test_working_days_of_a_year(official, year, count):
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    assert sum(official.is_working(day) for day in days if day.year == year) == count


@pytest.mark.parametrize(
    ("day", "previous", "following"),
    [
        (date(2026, 1, 3), date(2025, 12, 30), date(2026, 1, 12)),
        (date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 24)),
        (date(2024, 4, 29), date(2024, 4, 27), date(2024, 5, 2)),
    ],
)
def test_nearest_working_day(official, day, previous, following):
    assert official.previous_working(day) == previous
    assert official.next_working(day) == following


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 12, 30), 1, date(2026, 1, 12)),
        (date(2025, 10, 31), 1, date(2025, 11, 1)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 27), -5, date(2026, 11, 20)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_add_working_days(official, day, count, expected):
    assert official.add_working_days(day, count) == expected


def test_working_days_between(official):
    assert official.working_days_between(date(2025, 12, 29), date(2026, 1, 13)) == 3


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2031, 1, 6), HOLIDAY),
        (date(2031, 1, 9), WORKING),
        (date(2031, 2, 24), WORKING),
        (date(2031, 5, 9), HOLIDAY),
        (date(2031, 6, 12), HOLIDAY),
        (date(2031, 11, 4), HOLIDAY),
        (date(2031, 11, 8), WEEKEND),
    ],
)
def test_year_without_calendar(official, day, why):
    assert official.is_preliminary(day.year)
    assert official.why(day) == why


def test_fixed_holidays_of_the_labour_code(official):
    """Article 112: 1-8 January, 23 February, 8 March, 1 and 9 May, 12 June, 4 November."""
    days = [date(2028, 1, 1) + timedelta(n) for n in range(366 * 11)]
    found = {(day.month, day.day) for day in days if official.why(day) == HOLIDAY}
    january = {(1, day) for day in range(1, 9)}
    assert found == january | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


def test_calendar_is_frozen_and_can_be_a_key(official):
    with pytest.raises(FrozenInstanceError):
        official.days = {}
    with pytest.raises(TypeError):
        official.days[date(2026, 11, 3)] = False
    assert {official: 1}[official] == 1


def test_own_days_stand_over_the_federal_ones():
    federal = {date(2026, 5, 1): False, date(2026, 11, 3): False}
    calendar = WorkCalendar(federal, local={date(2026, 5, 19): False, date(2026, 11, 3): True})
    assert calendar.why(date(2026, 5, 19)) == HOLIDAY
    assert calendar.is_working(date(2026, 11, 3))


def test_own_days_do_not_make_a_year_official():
    calendar = WorkCalendar({}, local={date(2031, 5, 19): False})
    assert calendar.is_preliminary(2031)
    assert calendar.why(date(2031, 5, 9)) == HOLIDAY


def test_name_of_a_day(official):
    assert official.name(date(2026, 6, 12)) == "Russia Day"
    assert official.name(date(2026, 11, 24)) == ""


def test_version_names_years_and_marks_the_preliminary_ones(official):
    assert official.version([2026]).startswith("2026 ")
    assert official.version([2028, 2027]).startswith("2027,2028~ ")


def test_version_changes_only_with_its_own_years(official):
    days = {**official.days, date(2027, 11, 6): True}
    changed = WorkCalendar(days)
    assert changed.version([2027]) != official.version([2027])
    assert changed.version([2026]) == official.version([2026])


def test_version_is_stable_over_processes(official):
    """The text is stored with each certificate: a change of it is a change of the format."""
    assert WorkCalendar({date(2026, 1, 1): False}).version([2026]) == "2026 baf39614"


def test_calendar_without_working_days_is_an_error_not_a_loop():
    off = {date(2026, 1, 1) + timedelta(n): False for n in range(1500)}
    calendar = WorkCalendar(off)
    with pytest.raises(ValueError, match="no working day"):
        calendar.next_working(date(2026, 1, 1))
    with pytest.raises(ValueError, match="no working day"):
        calendar.previous_working(date(2029, 6, 1))


def test_calendar_does_not_change_with_the_mapping_it_was_made_from():
    days = {date(2026, 11, 3): False}
    calendar = WorkCalendar(days)
    days[date(2026, 11, 3)] = True
    assert not calendar.is_working(date(2026, 11, 3))


@given(DAYS, st.integers(-60, 60))
def test_add_working_days_lands_on_a_working_day(official, day, count):
    landed = official.add_working_days(day, count)
    assert count == 0 or official.is_working(landed)
    assert abs(official.working_days_between(min(day, landed), max(day, landed))) in (
        abs(count),
        abs(count) - 1 + official.is_working(day),
    )


@given(DAYS)
def test_nearest_working_days_are_nearest(official, day):
    previous, following = official.previous_working(day), official.next_working(day)
    between = [previous + timedelta(n) for n in range(1, (following - previous).days)]
    assert previous <= day <= following
    assert not any(official.is_working(one) for one in between)
