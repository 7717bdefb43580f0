"""Due dates: the vectors, the rule that a due date is later than its start, the properties."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from gov_hotline.domain.calendars import WorkCalendar
from gov_hotline.domain.certificate import Certificate
from gov_hotline.domain.clock import body_date
from gov_hotline.domain.terms import FALLS_ON_DAYS_OFF, Term, compute, shift_date
from hypothesis import given
from hypothesis import strategies as st

from .conftest import read_fixture
from .shipped import EXT_30, MAIN_30, REG_3

VECTORS = [
    (date.fromisoformat(row["start"]), int(row["length"]), row)
    for row in read_fixture("date_vectors.csv")
]
STARTS = st.dates(date(2024, 1, 1), date(2033, 12, 31))


def term(length=30, **values):
    return Term("T", "art.", length, **values)


def generated(seed):
    """Ten years by chance: official ones with holidays and moved Saturdays, others without rows."""
    chance = Random(seed)
    days = {}
    for year in chance.sample(range(2024, 2034), chance.randint(0, 10)):
        days[date(year, 1, 1)] = False
        for number in chance.sample(range(365), chance.randint(0, 25)):
            day = date(year, 1, 1) + timedelta(number)
            days[day] = day.weekday() >= 5
    return WorkCalendar(days)


CALENDARS = st.integers(0, 10_000).map(generated)


@pytest.mark.parametrize(("start", "length", "row"), VECTORS)
def test_vectors_of_the_bare_shift(official, start, length, row):
    """X10: ten dates around holidays and moved working Saturdays."""
    raw = compute(term(length, shift="none"), start, official).raw_due
    assert raw.isoformat() == row["raw"]
    assert shift_date(raw, "previous", official).isoformat() == row["previous"]
    assert shift_date(raw, "next", official).isoformat() == row["next"]
    assert shift_date(raw, "none", official) == raw


@pytest.mark.parametrize(("start", "length", "row"), [v for v in VECTORS if v[1] == 30])
def test_main_term_is_the_previous_working_day(official, start, length, row):
    certificate = compute(MAIN_30, start, official)
    assert (certificate.due.isoformat(), certificate.warnings) == (row["previous"], ())


@pytest.mark.parametrize(
    ("start", "due"),
    [(date(2026, 4, 30), date(2026, 5, 3)), (date(2025, 12, 30), date(2026, 1, 2))],
)
def test_registration_term_never_ends_before_it_starts(official, start, due):
    """X10: the shift would reach the day of receipt, so the raw date stands, with a warning."""
    certificate = compute(REG_3, start, official)
    assert (certificate.due, certificate.raw_due) == (due, due)
    assert certificate.warnings == (FALLS_ON_DAYS_OFF,)
    assert certificate.steps[-2].kind == "kept_raw"


@pytest.mark.parametrize(
    ("start", "due", "warnings"),
    [
        (date(2026, 11, 16), date(2026, 11, 19), ()),
        (date(2026, 11, 18), date(2026, 11, 20), ()),  # raw 21.11 is a Saturday
        (date(2026, 11, 20), date(2026, 11, 23), ()),
        (date(2026, 4, 29), date(2026, 4, 30), ()),
        (date(2026, 5, 1), date(2026, 5, 4), ()),
        (date(2024, 2, 26), date(2024, 2, 29), ()),
    ],
)
def test_registration_term(official, start, due, warnings):
    certificate = compute(REG_3, start, official)
    assert (certificate.due, certificate.warnings) == (due, warnings)


def test_seven_days_over_the_new_year(official):
    certificate = compute(term(7), date(2026, 12, 30), official)
    assert (certificate.due, certificate.warnings) == (date(2027, 1, 6), (FALLS_ON_DAYS_OFF,))


def test_day_one_same_counts_the_start(official):
    certificate = compute(term(30, day_one="same"), date(2026, 11, 2), official)
    assert certificate.due == date(2026, 12, 1)
    assert certificate.steps[1].day == date(2026, 11, 2)


def test_extension_is_counted_from_the_unshifted_date(official):
    """Raw 31.12.2025 is off, due 30.12.2025; thirty more days run from 31.12, not from 30.12."""
    certificate = compute(MAIN_30, date(2025, 12, 1), official, extension=30)
    assert (certificate.raw_due, certificate.due) == (date(2026, 1, 30), date(2026, 1, 30))
    extension = next(step for step in certificate.steps if step.kind == "extension")
    assert extension.day == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        (date(2025, 12, 30), 1, date(2026, 1, 12)),
        (date(2025, 10, 31), 3, date(2025, 11, 6)),  # 01.11 is a working Saturday, 3-4.11 off
        (date(2026, 11, 21), 5, date(2026, 11, 27)),
    ],
)
def test_working_days(official, start, length, due):
    assert compute(term(length, unit="working"), start, official).due == due


def test_certificate_shows_each_skipped_day(official):
    """X1: what was counted, what was skipped, and why."""
    certificate = compute(term(3, unit="working"), date(2025, 10, 31), official)
    shown = [(s.kind, s.reason, s.day.day, s.count) for s in certificate.steps]
    assert shown == [
        ("start", "working", 31, 0),
        ("counted", "moved_working", 1, 1),
        ("skipped", "weekend", 2, 1),
        ("skipped", "holiday", 3, 2),
        ("counted", "working", 5, 2),
        ("raw_due", "working", 6, 0),
        ("due", "working", 6, 0),
    ]


def test_days_alike_make_one_range(official):
    """X1: a week reads as one line, not as five."""
    certificate = compute(term(5, unit="working"), date(2026, 11, 15), official)
    (week,) = [step for step in certificate.steps if step.kind == "counted"]
    assert (week.day, week.until, week.count) == (date(2026, 11, 16), date(2026, 11, 20), 5)


def test_certificate_shows_the_shift(official):
    """X1: the due date is explained day by day."""
    certificate = compute(MAIN_30, date(2026, 12, 5), official)
    shown = [(s.kind, s.reason, s.day.isoformat()) for s in certificate.steps[1:]]
    assert shown == [
        ("counted", "calendar_day", "2026-12-06"),
        ("raw_due", "holiday", "2027-01-04"),
        ("shifted_over", "holiday", "2027-01-04"),
        ("shifted_over", "weekend", "2027-01-03"),
        ("shifted_over", "weekend", "2027-01-02"),
        ("shifted_over", "holiday", "2027-01-01"),
        ("shifted_over", "holiday", "2026-12-31"),
        ("due", "working", "2026-12-30"),
    ]
    assert certificate.calendar_version.startswith("2026,2027 ")
    assert not certificate.preliminary


def test_year_without_calendar_is_preliminary(official):
    certificate = compute(MAIN_30, date(2027, 12, 10), official)
    assert certificate.preliminary
    assert certificate.calendar_version.startswith("2027,2028~ ")
    assert certificate.due == date(2027, 12, 30)


def test_shift_into_a_year_without_calendar_is_preliminary(official):
    certificate = compute(term(30, shift="next"), date(2027, 12, 1), official)
    assert (certificate.raw_due, certificate.due) == (date(2027, 12, 31), date(2028, 1, 10))
    assert certificate.preliminary


@pytest.mark.parametrize(
    "values", [{"length": 0}, {"unit": "weeks"}, {"day_one": "later"}, {"shift": "back"}]
)
def test_impossible_term(values):
    with pytest.raises(ValueError, match="T:"):
        replace(term(), **values)


def test_negative_extension(official):
    with pytest.raises(ValueError, match="never shortened"):
        compute(MAIN_30, date(2026, 11, 2), official, extension=-1)


def test_unknown_keys_of_a_stored_certificate_are_ignored(official):
    stored = compute(MAIN_30, date(2026, 11, 2), official).as_dict()
    assert Certificate.from_dict({**stored, "later": 1}).as_dict() == stored


@given(
    CALENDARS,
    STARTS,
    st.integers(1, 60),
    st.integers(0, 30),
    st.sampled_from(["calendar", "working"]),
    st.sampled_from(["previous", "next", "none"]),
    st.sampled_from(["next", "same"]),
)
def test_certificate_survives_json(calendar, start, length, extension, unit, shift, day_one):
    rule = term(length, unit=unit, shift=shift, day_one=day_one)
    certificate = compute(rule, start, calendar, extension)
    assert Certificate.from_dict(json.loads(json.dumps(certificate.as_dict()))) == certificate
    counted = sum(step.count for step in certificate.steps if step.kind == "counted")
    assert counted == length + extension


@given(
    CALENDARS,
    STARTS,
    st.integers(1, 60),
    st.integers(0, 30),
    st.sampled_from(["previous", "none"]),
)
def test_due_is_after_its_start_and_never_later_than_raw(calendar, start, length, more, shift):
    """practice: `previous` and `none` never give more days than the law."""
    certificate = compute(term(length, shift=shift), start, calendar, more)
    assert certificate.raw_due == start + timedelta(length + more)
    assert start < certificate.due <= certificate.raw_due
    warned = FALLS_ON_DAYS_OFF in certificate.warnings
    assert calendar.is_working(certificate.due) is not warned
    assert not warned or certificate.due == certificate.raw_due


@given(CALENDARS, STARTS, st.integers(1, 60))
def test_next_is_the_first_working_day(calendar, start, length):
    certificate = compute(term(length, shift="next"), start, calendar)
    days = (certificate.due - certificate.raw_due).days
    passed = [certificate.raw_due + timedelta(n) for n in range(days)]
    assert calendar.is_working(certificate.due)
    assert not any(calendar.is_working(day) for day in passed)


@given(
    CALENDARS,
    STARTS,
    st.integers(1, 20),
    st.integers(1, 60),
    st.sampled_from(["calendar", "working"]),
    st.sampled_from(["previous", "next", "none"]),
    st.sampled_from(["next", "same"]),
)
def test_due_is_monotone_in_its_start(calendar, start, later, length, unit, shift, one):
    rule = term(length, unit=unit, shift=shift, day_one=one)
    first = compute(rule, start, calendar)
    second = compute(rule, start + timedelta(later), calendar)
    assert first.due <= second.due


@given(CALENDARS, STARTS, st.integers(1, 30), st.sampled_from(["previous", "next", "none"]))
def test_an_extension_does_not_depend_on_the_shift(calendar, start, extension, shift):
    extended = compute(term(30, shift=shift), start, calendar, extension)
    assert extended.raw_due == start + timedelta(30 + extension)


@given(CALENDARS, STARTS, st.integers(1, 30), st.sampled_from(["previous", "next", "none"]))
def test_an_extended_term_keeps_the_rule_of_its_shift(calendar, start, days, shift):
    """EXT-30: 30 days on from the unshifted date; only then the shift, against the start."""
    rule = term(30, shift=shift)
    plain, extended = compute(rule, start, calendar), compute(rule, start, calendar, days)
    assert extended.raw_due == plain.raw_due + timedelta(days)
    alone = compute(term(30 + days, shift=shift), start, calendar)
    assert (extended.due, extended.warnings) == (alone.due, alone.warnings)
    assert plain.due <= extended.due


def test_the_longest_extension_is_that_of_the_law(official):
    certificate = compute(MAIN_30, date(2026, 12, 5), official, extension=EXT_30.length)
    assert (certificate.raw_due, certificate.due) == (date(2027, 2, 3), date(2027, 2, 3))


@given(CALENDARS, st.integers(2024, 2033), st.integers(0, 51), st.integers(1, 40))
def test_a_moved_working_saturday_is_not_moved_from(calendar, year, week, length):
    """Whatever the shift: a day off made a working day ends a term, without a warning."""
    saturday = date.fromisocalendar(year, week + 1, 6)
    working = WorkCalendar({**calendar.days, saturday: True})
    for shift in ("previous", "next", "none"):
        certificate = compute(term(length, shift=shift), saturday - timedelta(length), working)
        assert (certificate.due, certificate.warnings) == (saturday, ())
        assert certificate.steps[-1].reason == "moved_working"


@given(
    CALENDARS,
    STARTS,
    st.sampled_from(["Europe/Kaliningrad", "Asia/Vladivostok"]),
    st.sampled_from(["previous", "next", "none"]),
)
def test_a_minute_around_midnight_is_a_day_of_the_term(calendar, day, tz, shift):
    """X10: 23:59 and 00:01 of the body are two starts, wherever the server and the citizen are."""
    midnight = datetime.combine(day, time(), ZoneInfo(tz)) + timedelta(days=1)
    before = body_date((midnight - timedelta(minutes=1)).astimezone(UTC), tz)
    after = body_date((midnight + timedelta(minutes=1)).astimezone(UTC), tz)
    rule = term(30, shift=shift)
    first, second = (compute(rule, start, calendar) for start in (before, after))
    assert (first.start, second.start) == (day, day + timedelta(1))
    assert second.raw_due - first.raw_due == timedelta(1)
    assert first.due <= second.due


@given(CALENDARS, STARTS, st.integers(1, 60), st.sampled_from(["previous", "next", "none"]))
def test_preliminary_is_who_passes_a_year_without_a_calendar(calendar, start, length, shift):
    """X1: one such year from the start to the last day, moved or not, marks the certificate."""
    certificate = compute(term(length, shift=shift), start, calendar)
    last = max(certificate.raw_due, certificate.due)
    passed = set(range(start.year, last.year + 1))
    assert certificate.preliminary == bool(passed - calendar.years)
    assert ("~" in certificate.calendar_version) == certificate.preliminary


@given(st.integers(2024, 2400))
def test_thirty_days_over_the_leap_day(year):
    """Registered 15 February: the last day comes a day earlier in a leap year."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    certificate = compute(term(30, shift="none"), date(year, 2, 15), WorkCalendar({}))
    assert certificate.due == date(year, 3, 16 if is_leap else 17)


@given(st.integers(2024, 2400))
def test_leap_day_is_a_day(year):
    calendar = WorkCalendar({})
    certificate = compute(term(1, shift="none"), date(year, 2, 28), calendar)
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    assert (certificate.due == date(year, 3, 1)) is not is_leap
