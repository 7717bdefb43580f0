"""X9: the table of control dates that a changed calendar leaves impossible."""

from datetime import date

import pytest
from gov_hotline.domain import control_moves
from gov_hotline.domain.calendars import WorkCalendar
from gov_hotline.domain.control_moves import Control

# November 2026: Friday 27 has become a day off, worked on Saturday 28.
D = date
OFF = frozenset({D(2026, 11, 27), D(2026, 11, 28)})
NOW = WorkCalendar({D(2026, 11, 4): False, D(2026, 11, 27): False, D(2026, 11, 28): True})
TODAY = D(2026, 11, 23)

# control date | due date of the case | today | proposed day and why; None: it stands
CASES = {
    "on the new day off: the working day before": (
        D(2026, 11, 27), D(2026, 12, 10), TODAY, (D(2026, 11, 26), "day_off"),
    ),
    "later than the new due date: that day": (
        D(2026, 11, 27), D(2026, 11, 25), TODAY, (D(2026, 11, 25), "beyond"),
    ),
    "later than a due date on a day off": (
        D(2026, 12, 1), D(2026, 11, 27), TODAY, (D(2026, 11, 26), "beyond"),
    ),
    "on the due date, both days off now": (
        D(2026, 11, 27), D(2026, 11, 27), TODAY, (D(2026, 11, 26), "day_off"),
    ),
    "within the new due date": (D(2026, 11, 25), D(2026, 11, 26), TODAY, None),
    "on the new due date": (D(2026, 11, 26), D(2026, 11, 26), TODAY, None),
    "a worked Saturday is no day off": (D(2026, 11, 28), D(2026, 12, 10), TODAY, None),
    "a weekend that did not change was somebody's wish": (
        D(2026, 11, 29), D(2026, 12, 10), TODAY, None,
    ),
    "overdue stays overdue": (D(2026, 11, 20), D(2026, 11, 19), TODAY, None),
    "the case is overdue at once: nothing to propose": (
        D(2026, 11, 27), D(2026, 11, 20), TODAY, None,
    ),
    "today is the day off: the next working day": (
        D(2026, 11, 27), D(2026, 12, 10), D(2026, 11, 27), (D(2026, 11, 28), "day_off"),
    ),
    "today is the day off and the last day: it stands": (
        D(2026, 11, 27), D(2026, 11, 27), D(2026, 11, 27), None,
    ),
    "without a due date the day off alone counts": (
        D(2026, 11, 27), None, TODAY, (D(2026, 11, 26), "day_off"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("day", "limit", "today", "expected"), CASES.values(), ids=CASES.keys())
def test_table(day, limit, today, expected):
    found = control_moves.moves([Control(1, day, limit)], NOW, OFF, today)
    assert found.get(1) == (expected and control_moves.Move(*expected))


def test_a_part_stays_within_its_parent():
    """The parent's new date is the limit of its parts; a part of an unmoved parent stands."""
    parts = [
        Control(1, D(2026, 11, 27), D(2026, 12, 10)),
        Control(2, D(2026, 11, 27), D(2026, 12, 10), parent=1),
        Control(3, D(2026, 11, 25), D(2026, 12, 10), parent=1),
    ]
    found = control_moves.moves(parts, NOW, frozenset({D(2026, 11, 27)}), TODAY)
    assert {key: move.day.day for key, move in found.items()} == {1: 26, 2: 26}


def test_never_later_than_the_limit_nor_into_the_past():
    """Whatever the dates: within the limit, not before today, and moved no further than needed."""
    for day in range(20, 31):
        for limit in range(20, 31):
            for now in range(20, 31):
                one = Control(1, D(2026, 11, day), D(2026, 11, limit))
                move = control_moves.moves([one], NOW, OFF, D(2026, 11, now)).get(1)
                if move:
                    assert D(2026, 11, now) <= move.day <= one.limit
                    assert move.day != one.day
