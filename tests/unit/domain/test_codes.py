"""The code of the status page: made and compared."""

import pytest
from gov_hotline.domain.codes import codes_match, status_code, tidy_code
from hypothesis import given
from hypothesis import strategies as st


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


@given(st.text(max_size=20))
def test_any_text_becomes_ascii_digits(text):
    code = tidy_code(text)
    assert code == "" or (code.isascii() and code.isdecimal())
