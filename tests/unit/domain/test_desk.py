"""The control desk: groups by days left, what a case lacks."""

from datetime import date, timedelta

import pytest
from gov_hotline.domain import desk
from gov_hotline.domain.clock import days_left
from hypothesis import given
from hypothesis import strategies as st

from .test_terms import CALENDARS, STARTS

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("due", "wanted"),
    [
        (date(2026, 11, 23), desk.LATE),
        (TODAY, desk.TODAY),
        (date(2026, 11, 25), desk.SOON),
        (date(2026, 11, 27), desk.SOON),  # the third working day
        (date(2026, 11, 29), desk.SOON),  # the days off after it
        (date(2026, 11, 30), desk.AHEAD),
        (date(2026, 12, 8), desk.AHEAD),
        (date(2026, 12, 9), desk.LATER),
        (None, desk.LATER),
    ],
)
def test_groups(official, due, wanted):
    assert desk.bounds(TODAY, official).bucket(due) == wanted


@given(CALENDARS, STARTS, st.integers(-5, 40), st.integers(1, 12))
def test_a_bound_agrees_with_days_left(calendar, today, ahead, days):
    """Whatever the holidays: inside the bound are exactly the dates with so few days left."""
    due = today + timedelta(days=max(ahead, 0))
    inside = due <= desk.last_within(today, days, calendar)
    assert inside == (days_left(due, today, calendar) <= days)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, (desk.NO_RESOLUTION,)),
        ({"drafts": 1}, (desk.UNSENT,)),
        ({"awaited": 1, "sent": 1}, (desk.AWAITED,)),
        ({"awaited": 1, "sent": 1, "late_by": 2}, (desk.EXECUTOR_LATE,)),
        ({"awaited": 2, "sent": 3, "answered": 1}, (desk.ANSWERED,)),
        ({"returned": 1, "sent": 1, "asks_time": True}, (desk.RETURNED,)),
        ({"awaited": 1, "sent": 1, "asks_time": True}, (desk.ASKS_TIME,)),
        ({"sent": 1}, (desk.NO_ANSWER,)),
        ({"sent": 1, "answer": "draft"}, (desk.ANSWER_DRAFT,)),
        ({"answer": "approval"}, (desk.ANSWER_APPROVAL,)),
        ({"answer": "approved"}, (desk.ANSWER_APPROVED,)),
        ({"sent": 1, "answer": "given", "decided": 1}, (desk.TO_CLOSE,)),
        ({"sent": 1, "needs_answer": False}, (desk.TO_CLOSE,)),
        ({"sent": 1, "needs_answer": False, "letters": {"sent"}}, (desk.TO_CLOSE,)),
        ({"sent": 1, "needs_answer": False, "letters": {"queued"}}, (desk.LETTER_QUEUED,)),
        ({"answer": "given", "letters": {"queued", "to_post"}}, (desk.LETTER_TO_POST,)),
        ({"answer": "given", "letters": {"failed", "to_post"}}, (desk.LETTER_ASTRAY,)),
        ({"answer": "given", "letters": {"withdrawn"}}, (desk.TO_CLOSE,)),
        ({"sent": 1, "letters": {"to_post"}}, (desk.NO_ANSWER,)),
        ({"questions": 2, "decided": 1}, (desk.NO_RESOLUTION, desk.QUESTIONS)),
        ({"questions": 2, "decided": 2, "sent": 2}, (desk.NO_ANSWER,)),
    ],
)
def test_what_is_missing(facts, wanted):
    """The officer's own move is told first, waiting for others comes after it."""
    assert desk.missing(desk.Facts(**facts)) == wanted


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        ({}, True),
        ({"sent": 1}, True),
        ({"sent": 1, "awaited": 1}, False),
        ({"drafts": 1}, False),
        ({"answer": "draft"}, False),
    ],
)
def test_whether_an_answer_is_needed_is_asked_where_nothing_begun_stops_the_case(facts, waits):
    assert desk.waits_for_us(desk.Facts(**facts)) is waits
    if not waits:  # then it makes no difference
        without = desk.Facts(**facts, needs_answer=False)
        assert desk.missing(without) == desk.missing(desk.Facts(**facts))
