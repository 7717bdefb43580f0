"""The ordered steps: order, reminders before a date, levels after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from gov_hotline.domain import clock, control, steps
from gov_hotline.domain.calendars import WorkCalendar

CALENDAR = WorkCalendar(days={date(2026, 11, 4): False, date(2026, 11, 14): True})
DAYS = (10, 5, 3, 1)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "states", "verdict"),
    [
        ("registration", {}, ("start", "")),
        ("registration", {"registration": "done"}, ("done", "")),
        ("registration", {"registration": "partly"}, ("done", "")),
        ("registration", {"registration": "failed"}, ("start", "")),
        ("registration", {"registration": "running"}, ("start", "")),
        ("forwarding", {}, ("waiting", "registration")),
        ("forwarding", {"registration": "running"}, ("waiting", "registration")),
        ("forwarding", {"registration": "failed"}, ("waiting", "registration")),
        ("forwarding", {"registration": "done"}, ("start", "")),
        ("forwarding", {"registration": "partly"}, ("start", "")),
        ("forwarding", {"forwarding": "queued"}, ("waiting", "registration")),
        ("digest", {"registration": "done", "drafts": "waiting"}, ("waiting", "drafts")),
    ],
)  # fmt: skip
def test_a_step_starts_after_its_predecessor(code, states, verdict):
    found = steps.may_start(code, states, steps.ORDER, is_time=True)
    assert (found.what, found.waits_for) == verdict


def test_nothing_starts_before_its_hour_unless_asked_for():
    assert steps.may_start("registration", {}, steps.ORDER, is_time=False).what == "early"
    asked = {"registration": "queued"}
    assert steps.may_start("registration", asked, steps.ORDER, is_time=False).what == "start"


def test_a_step_switched_off_is_passed_over():
    active = [code for code in steps.ORDER if code != "forwarding"]
    assert steps.predecessor("reminders", active) == "registration"
    assert steps.predecessor("registration", active) == ""
    assert steps.may_start("reminders", {"registration": "done"}, active, True).what == "start"


def test_b8_the_digest_starts_without_the_others_once_it_waits_no_longer():
    states = {"registration": "failed"}
    assert steps.may_start("digest", states, steps.ORDER, True).what == "waiting"
    assert steps.may_start("digest", states, steps.ORDER, True, waits=False).what == "start"
    assert steps.may_start("digest", {"digest": "done"}, steps.ORDER, True, waits=False).what == (
        "done"
    )
    assert steps.may_start("digest", {}, steps.ORDER, False, waits=False).what == "early"


def test_b8_what_did_not_end_is_named_in_order():
    states = {"registration": "done", "forwarding": "failed", "drafts": "partly"}
    active = [code for code in steps.ORDER if code != "reminders"]
    assert steps.unfinished("digest", states, active) == ("forwarding", "escalation")
    assert steps.unfinished("registration", states, active) == ()
    assert steps.unfinished("digest", dict.fromkeys(steps.ORDER, "done"), active) == ()


@pytest.mark.parametrize(("left", "mark"), [(10, 10), (9, 10), (6, 10), (5, 5), (4, 5), (3, 3),
                                            (2, 3), (1, 1), (0, 1)])  # fmt: skip
def test_b8_the_mark_of_a_due_date(left, mark):
    """B8: 10, 5, 3, 1 working days; what was missed is caught up on the next day."""
    planned = {one.due: one for one in steps.reminders(MONDAY, DAYS, CALENDAR)}
    due = CALENDAR.add_working_days(MONDAY, left) if left else MONDAY
    assert clock.days_left(due, MONDAY, CALENDAR) == left
    assert planned[due].mark == mark


def test_b8_every_day_of_two_years_says_what_the_reminder_dates_say():
    """B8: swept daily, a term is reminded of on exactly the days that `control` names."""
    start, due = date(2026, 10, 30), date(2026, 11, 30)
    wanted = control.reminder_dates(start, due, CALENDAR, DAYS)
    seen, told = set(), []
    day = start
    while day <= due:
        planned = {one.due: one for one in steps.reminders(day, DAYS, CALENDAR)}
        one = planned.get(due)
        if one and one.on > start and one.mark not in seen:
            seen.add(one.mark)
            told.append(day)
        day += timedelta(days=1)
    assert tuple(told) == wanted


def test_nothing_is_planned_without_days_or_past_the_date():
    assert steps.reminders(MONDAY, (), CALENDAR) == ()
    assert min(one.due for one in steps.reminders(MONDAY, DAYS, CALENDAR)) == MONDAY


def test_levels_do_not_overlap_and_go_up():
    found = steps.bands(MONDAY, (0, 1, 3), CALENDAR)
    assert [band.level for band in found] == [3, 2, 1]
    assert found[0].last == date(2026, 11, 18)  # Wednesday: three working days before Monday
    assert found[1] == steps.Band(2, date(2026, 11, 19), date(2026, 11, 22))
    assert found[2] == steps.Band(1, date(2026, 11, 23), MONDAY)


def test_a_level_switched_off_leaves_its_cases_to_the_one_below():
    found = steps.bands(MONDAY, (0, None, 3), CALENDAR)
    assert [(band.level, band.first) for band in found] == [
        (3, date.min), (1, date(2026, 11, 19)),
    ]  # fmt: skip
    assert steps.bands(MONDAY, (None, None, None), CALENDAR) == ()


def test_a_day_off_does_not_make_a_case_later():
    saturday = steps.bands(date(2026, 11, 21), (0, 1, 3), CALENDAR)
    friday_due = date(2026, 11, 20)
    level = next(band.level for band in saturday if band.first <= friday_due <= band.last)
    assert level == 1


@pytest.mark.parametrize(
    ("begun", "ends"),
    [(None, (9, 30)), ((6, 0), (9, 30)), ((8, 45), (9, 45)), ((16, 0), (17, 0))],
)
def test_b8_patience_begins_with_the_chain(begun, ends):
    day = datetime(2026, 11, 23, tzinfo=UTC)
    found = steps.patience_ends(
        day.replace(hour=8, minute=30), begun and day.replace(hour=begun[0], minute=begun[1]), 60
    )
    assert (found.hour, found.minute) == ends
