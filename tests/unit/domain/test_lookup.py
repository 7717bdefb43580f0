"""A3: what a person types as a number, and how often a code can be guessed."""

import pytest
from gov_hotline.domain.lookup import (
    STAFF,
    Failures,
    LookupPolicy,
    address_key,
    delay,
    number_key,
    phone_key,
    recent,
    staff_key,
    wait,
)
from hypothesis import given
from hypothesis import strategies as st

NOBODY = Failures()


@pytest.mark.parametrize(
    "typed",
    [
        "И-401/2026",
        "и-401/2026",
        "  и 401 2026 ",
        "И401/2026",
        "И–401∕2026",
        "И-0401/2026",
        "I-401/2026",
        "№ И-401/2026",
    ],
)
def test_ways_to_type_one_number(typed):
    assert number_key(typed) == "И-401-2026"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СО-К-5/2026", "cok 5 2026"),
        ("Кол-7/2026-01", "КОЛ 7 2026 1"),
        ("Ё-1/2026", "Е-1/2026"),
        ("В-12/2026", "B-12/2026"),
    ],
)
def test_look_alikes_are_one_number(one, other):
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("И-1-23", "И-12-3"), ("И-1/2026", "И-1/2025"), ("И-1/2026", "К-1/2026")]
)
def test_different_numbers_stay_different(one, other):
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize("typed", [None, "", "  ", "-/-", "___"])
def test_nothing_typed(typed):
    assert number_key(typed) == ""


@given(st.text(max_size=30))
def test_key_of_a_key_is_itself(typed):
    key = number_key(typed)
    assert number_key(key) == key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_address_stands_for_one_visitor(address, key):
    assert address_key(address) == key


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 30), (4, 60), (5, 120), (9, 1920), (10, 3600), (10**9, 3600), (-1, 0)],
)
def test_delay_doubles_up_to_an_hour(failures, seconds):
    assert delay(failures) == seconds


@given(st.integers(0, 2000))
def test_delay_never_shrinks(failures):
    assert delay(failures) <= delay(failures + 1)


@pytest.mark.parametrize(
    ("number", "address", "seconds"),
    [
        (NOBODY, NOBODY, 0),
        (Failures(2, 1, 0), NOBODY, 0),
        (Failures(3, 50, 10.5), NOBODY, 20),
        (Failures(3, 50, 30), NOBODY, 0),
        (NOBODY, Failures(4, 5, 0), 0),
        (NOBODY, Failures(5, 20, 1), 40),
        (NOBODY, Failures(5, 60, 1), 0),
        (Failures(5, 20, 10), Failures(5, 20, 1), 110),
    ],
)
def test_longer_wait_counts(number, address, seconds):
    policy = LookupPolicy(address_failures=5, window=60)
    assert wait(number, address, policy) == seconds


def test_a_number_cannot_be_guessed_in_years():
    """A guesser who always comes back in time gets under forty tries a day with one number."""
    tries, clock = 0, 0
    while clock < 86_400:
        tries += 1
        clock += delay(tries) or 1
    assert tries < 40


def test_old_failures_are_forgotten():
    assert recent(Failures(9, 100, 1), lifetime=100) == NOBODY
    assert recent(Failures(9, 99, 1), lifetime=100).count == 9


def test_staff_and_telephones_are_not_network_addresses():
    """A3: whose attempts are counted: each operator's and each caller's apart."""
    assert address_key(staff_key(7)) == "staff:7"
    assert address_key(phone_key("+79135550101")) == "phone:+79135550101"
    assert address_key(phone_key("")) == address_key(phone_key(None)) == "phone:"
    assert wait(Failures(5, 10, 0), NOBODY, STAFF) == 15
