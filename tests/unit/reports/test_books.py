"""The pure part of the books of a body's work with appeals."""

from datetime import date

import pytest
from gov_hotline_reports.domain import books, periods


def test_small_topics_stand_together_and_are_not_named():
    counts = [("Тепло", 7), ("Вода", 4), ("Дороги", 12), ("Награды", 1)]
    assert books.folded(counts, "Прочие") == [("Дороги", 12), ("Тепло", 7), ("Прочие", 5)]


def test_the_rest_is_not_small_itself():
    """X6: a rest of one would be the one: the next smallest stands with it."""
    counts = [("Тепло", 7), ("Дороги", 12), ("Награды", 1)]
    assert books.folded(counts, "Прочие") == [("Дороги", 12), ("Прочие", 8)]


def test_without_small_ones_nothing_is_folded():
    assert books.folded([("Тепло", 5)], "Прочие") == [("Тепло", 5)]
    assert books.folded([], "Прочие") == []


def test_periods_stand_beside_each_other_whoever_lacks_a_name():
    now, before = [("Тепло", 3), ("Вода", 5)], [("Вода", 7), ("Дороги", 2)]
    assert books.compared(now, before) == [
        ("Вода", 5, 7, -2),
        ("Тепло", 3, 0, 3),
        ("Дороги", 0, 2, -2),
    ]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 7, 1), date(2026, 9, 30), (date(2025, 7, 1), date(2025, 9, 30))),
        (date(2028, 2, 1), date(2028, 2, 29), (date(2027, 2, 1), date(2027, 2, 28))),
    ],
)
def test_the_same_days_a_year_before(first, last, before):
    assert books.year_before(first, last) == before


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2026, 11, 23), (date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 4, 1), (date(2026, 1, 1), date(2026, 3, 31))),
    ],
)
def test_the_quarter_that_has_ended(today, quarter):
    assert periods.last_ended("quarter", today) == quarter


def test_a_row_stands_under_the_headings():
    with pytest.raises(ValueError, match="Книга"):
        books.Section("Книга", ("№", "Что"), ((1,),))
