"""The voice menu's Russian: hours, and numbers of cases by keys."""

import pytest
from gov_hotline_telephony.domain import ivr, spoken_hours


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (60, "одного часа"),
        (8 * 60, "восьми часов"),
        (21 * 60, "двадцати одного часа"),
        (11 * 60 + 1, "одиннадцати часов одной минуты"),
        (17 * 60 + 45, "семнадцати часов сорока пяти минут"),
        (9 * 60 + 21, "девяти часов двадцати одной минуты"),
        (0, "ноля часов"),
        (20 * 60 + 30, "двадцати часов тридцати минут"),
    ],
)
def test_a_clock_in_the_genitive(minutes, text):
    assert spoken_hours.clock(minutes) == text


def test_a_line_that_always_works_says_so():
    assert spoken_hours.sentence(0, 0) == spoken_hours.sentence(0, 24 * 60)
    assert "круглосуточно" in spoken_hours.sentence(0, 0)


@pytest.mark.parametrize(
    ("now", "working", "is_open"),
    [(480, True, True), (479, True, False), (1020, True, False), (600, False, False)],
)
def test_hours(now, working, is_open):
    assert spoken_hours.is_open(480, 1020, now, is_working_day=working) is is_open


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("4012026", "И-401-2026"),
        ("401*2026", "И-401-2026"),
        ("04012026", "И-401-2026"),
        ("4012026", "АНОНИМ-401-2026"),
        ("40126", "И-401-26"),
        ("4012026", "401-2026"),
    ],
)
def test_a_number_by_digits(typed, key):
    """A3: as `lookup.number_key` of core makes the key of the printed number."""
    assert key in ivr.number_keys(typed)


def test_no_digits_no_numbers():
    assert ivr.number_keys("") == ()
    assert ivr.number_keys("абв") == ()


def test_not_more_is_looked_up_than_a_query_bears():
    assert len(ivr.number_keys("1" * 99)) < 120


def test_the_choice_of_a_meter_has_nine_keys():
    said = ivr.meter_choice(f"счётчик {n}" for n in range(12))
    assert len(said) == 9
    assert said[0] == "счётчик 0: нажмите один."
