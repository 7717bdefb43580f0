"""Editions of a statutory term: no day without one."""

from datetime import date

import pytest
from gov_hotline.domain.editions import first_gap

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("spans", "gap"),
    [
        ([], TODAY),
        ([(None, None)], None),
        ([(date(2027, 1, 1), None)], TODAY),
        ([(None, date(2026, 12, 31))], date(2027, 1, 1)),
        ([(date(2027, 1, 1), None), (None, date(2026, 12, 31))], None),
        ([(None, date(2026, 12, 31)), (date(2027, 1, 2), None)], date(2027, 1, 1)),
        ([(None, date(2020, 1, 1))], TODAY),
    ],
)
def test_first_day_without_an_edition(spans, gap):
    """C5: a statutory term ends only where the next edition begins."""
    assert first_gap(spans, TODAY) == gap
