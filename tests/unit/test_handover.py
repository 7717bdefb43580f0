from datetime import date

import pytest
from gov_hotline.domain import handover

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("first", "begun"),
    [(date(2026, 11, 22), True), (DAY, True), (date(2026, 11, 24), False)],
)
def test_begins_on_its_day(first, begun):
    assert handover.begins(first, DAY) is begun


@pytest.mark.parametrize(
    ("kind", "last", "over"),
    [
        (handover.LEAVE, date(2026, 11, 22), True),
        (handover.LEAVE, DAY, False),  # the last day of the leave is still a leave
        (handover.LEAVE, None, False),
        (handover.FOR_GOOD, date(2026, 11, 1), False),
    ],
)
def test_a_leave_is_over_after_its_last_day(kind, last, over):
    assert handover.is_over(kind, last, DAY) is over


def test_state_after():
    assert handover.state_after(handover.LEAVE) == handover.ON
    assert handover.state_after(handover.FOR_GOOD) == handover.DONE
