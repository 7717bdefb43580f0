"""The code of the status page and the guard against guessing."""

import pytest
from gov_hotline.domain.codes import (
    LookupPolicy,
    codes_match,
    delay,
    status_code,
    tidy_code,
    wait,
)
from hypothesis import given
from hypothesis import strategies as st

QUIET = {"failures": 0, "since_failure": 0, "tries": 0, "since_first_try": 0}


def test_code_is_six_digits_and_random():
    codes = {status_code() for _ in range(300)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 290


def test_code_keeps_leading_zeros(monkeypatch):
    monkeypatch.setattr("secrets.randbelow", lambda top: 42 if top == 1_000_000 else -1)
    assert status_code() == "000042"


@pytest.mark.parametrize(
    ("given", "stored", "same"),
    [
        ("012345", "012345", True),
        ("01 23-45", "012345", True),
        ("０１２３４５", "012345", True),
        ("12345", "012345", False),
        ("012346", "012345", False),
        ("0123456", "012345", False),
        ("", "012345", False),
        (None, "012345", False),
        ("012345", None, False),
        ("012345", "", False),
        ("------", None, False),
        ("", "", False),
    ],
)
def test_match(given, stored, same):
    assert codes_match(given, stored) is same


def test_absent_and_wrong_take_the_same_comparison(monkeypatch):
    lengths = []
    monkeypatch.setattr(
        "hmac.compare_digest", lambda one, other: lengths.append((len(one), len(other))) or False
    )
    codes_match("123456", "654321")
    codes_match("123456", None)
    assert lengths[0] == lengths[1]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (2, 2), (3, 4), (4, 8), (10, 512), (11, 900), (10**9, 900), (-1, 0)],
)
def test_delay(failures, seconds):
    assert delay(failures) == seconds


@given(st.integers(0, 2000))
def test_delay_never_shrinks(failures):
    assert delay(failures) <= delay(failures + 1)


@pytest.mark.parametrize(
    ("changes", "seconds"),
    [
        ({}, 0),
        ({"failures": 1}, 0),
        ({"failures": 3, "since_failure": 1}, 3),
        ({"failures": 3, "since_failure": 3.2}, 1),
        ({"failures": 3, "since_failure": 4}, 0),
        ({"tries": 4}, 0),
        ({"tries": 5, "since_first_try": 20}, 40),
        ({"tries": 5, "since_first_try": 60}, 0),
        ({"tries": 5, "since_first_try": 20, "failures": 9}, 256),
    ],
)
def test_wait(changes, seconds):
    assert wait(**{**QUIET, **changes}, policy=LookupPolicy(tries=5, window=60)) == seconds


def test_default_policy_lets_an_office_in():
    assert wait(**{**QUIET, "tries": 59}) == 0
    assert wait(**{**QUIET, "tries": 60}) == 600


@given(st.text(max_size=20))
def test_any_text_becomes_ascii_digits(text):
    code = tidy_code(text)
    assert code == "" or (code.isascii() and code.isdecimal())
