"""SMS (practice 20): when one may be sent, and what a gateway's answer means."""

from dataclasses import replace

import pytest
from gov_hotline.domain import mails, sms
from gov_hotline.domain.sms import Notice, check, mobile, verdict
from hypothesis import given
from hypothesis import strategies as st

GOOD = Notice("registration", "+79135550101", is_on=True, is_agreed=True)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"is_agreed": False}, ["sms_not_agreed"]),
        ({"kind": "forwarding"}, ["sms_kind"]),
        ({"phone": "+74951234567"}, ["sms_no_mobile"]),
        ({"phone": ""}, ["sms_no_mobile"]),
        ({"is_on": False, "is_agreed": False}, ["sms_off"]),
    ],
)
def test_when_one_may_be_sent(change, wanted):
    """SMS-TICK, practice 20: with the tick, of the registration alone, to a mobile telephone."""
    found = check(replace(GOOD, **change))
    assert [problem.code for problem in found] == wanted
    assert all(problem.blocks for problem in found)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("8 (913) 555-01-01", "+79135550101"),
        ("8 (495) 123-45-67", ""),
        ("112", ""),
        ("", ""),
        ("anonymous", ""),
    ],
)
def test_mobile(raw, number):
    assert mobile(raw) == number


@pytest.mark.parametrize(
    ("status", "body", "act"),
    [
        (200, b'{"id": "7"}', "deliver"),
        (202, b'{"message_id": 7}', "deliver"),
        (200, b'{"id": true}', "lose"),
        (200, b'{"id": ""}', "lose"),
        (200, b"", "lose"),
        (200, b'{"error": "no route", "id": "7"}', "fail"),
        (204, b"", "lose"),
        (302, b"", "delay"),
        (400, b"", "fail"),
        (401, b"", "delay"),
        (429, b"", "delay"),
        (500, b"", "lose"),
        (503, b"", "delay"),
        (504, b"", "lose"),
    ],
)
def test_what_an_answer_means(status, body, act):
    """E6: only a clear yes is a yes, only a clear no is a no."""
    found = verdict(status, body)
    assert found.act == act
    assert bool(found.why) == (act != "deliver")
    assert mails.next_state(found.act, mails.SENDING)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("900", 900), ("", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("9" * 40, 86_400), ("-1", 0)],
)
def test_how_long_it_asks_to_wait(header, seconds):
    assert verdict(429, b"", header).wait == seconds


@given(st.integers(100, 599), st.binary(max_size=300), st.text(max_size=20))
def test_any_answer_has_a_meaning(status, body, header):
    """Whatever a gateway answers: one of four acts, words of one line."""
    found = verdict(status, body, header)
    assert found.act in ("deliver", "fail", "delay", "lose")
    assert len(found.why) <= 200 and "\n" not in found.why
    assert sms.LONGEST > 0
