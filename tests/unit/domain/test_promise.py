"""X4: what keeps a promise to call back."""

from datetime import datetime, timedelta

import pytest
from gov_hotline.domain import promise

DAY = datetime.fromisoformat("2026-11-24")


def at(*clocks):
    """Moments of one day: 9.5 is half past nine."""
    return [DAY + timedelta(hours=clock) for clock in clocks]


@pytest.mark.parametrize(
    ("moments", "hours"),
    [
        (at(), 0),
        (at(10), 1),
        (at(10, 10.1, 10.2), 1),
        (at(10, 10.5, 11), 2),
        (at(10, 11, 12), 3),
        (at(12, 10, 11), 3),
        (at(9.9, 10.1), 1),
        (at(9, 33, 57), 3),
    ],
)
def test_hours_at_which_was_tried(moments, hours):
    """X4: tries less than an hour apart are one."""
    assert promise.hours_tried(moments) == hours
    assert promise.is_kept_by_tries(moments) == (hours >= 3)


@pytest.mark.parametrize(
    ("minutes", "told"), [(-20, False), (-15, True), (-1, True), (0, True), (30, True)]
)
def test_reminded_before_its_time(minutes, told):
    """X4: a quarter of an hour before."""
    assert promise.is_to_remind(DAY, DAY + timedelta(minutes=minutes)) == told
