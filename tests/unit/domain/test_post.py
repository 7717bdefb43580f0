"""Returned letters, re-sending and the register of what has left."""

from datetime import date, timedelta

import pytest
from gov_hotline.domain import closing, post
from gov_hotline.domain.post import RESENT, RETURNED, Entry, Event

SENT, BACK, TODAY = date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 23)
RETURN = Event(RETURNED, BACK)


@pytest.mark.parametrize(
    ("event", "last", "code"),
    [
        (RETURN, None, None),
        (Event(RESENT, TODAY, "ул. Новая, 1"), RETURN, None),
        (Event(RETURNED, TODAY), Event(RESENT, TODAY, "ул. Новая, 1"), None),
        (RETURN, RETURN, "letter_returned_already"),
        (Event(RESENT, TODAY, "ул. Новая, 1"), None, "letter_not_returned"),
        (Event(RESENT, TODAY, " "), RETURN, "no_new_address"),
        (Event(RESENT, date(2026, 11, 19), "ул. Новая, 1"), RETURN, "post_day_too_early"),
        (Event(RETURNED, date(2026, 11, 1)), None, "post_day_too_early"),
        (Event(RETURNED, date(2026, 11, 24)), None, "post_day_in_future"),
        (Event(RETURNED, None), None, "post_day_in_future"),
    ],
)
def test_what_may_happen_to_a_letter(event, last, code):
    found = post.check(event, sent_on=SENT, last=last, today=TODAY)
    assert [one.code for one in found] == ([code] if code else [])


def test_what_has_not_left_does_not_come_back():
    (found,) = post.check(RETURN, sent_on=None, last=None, today=TODAY)
    assert found.code == "letter_not_sent"


def test_the_register_goes_by_day_and_number():
    def entry(day, number):
        return Entry(day, number, "", "", "", "", "", "")

    found = post.by_day(
        [entry(TODAY, "ИСХ-10/2026"), entry(TODAY, "ИСХ-2/2026"), entry(SENT, "15-04/7")]
    )
    numbers = [(day, [one.number for one in entries]) for day, entries in found]
    assert numbers == [(SENT, ["15-04/7"]), (TODAY, ["ИСХ-2/2026", "ИСХ-10/2026"])]


@pytest.mark.parametrize(
    ("channel", "address", "code"),
    [
        ("email", "m@citizen.example", None),
        ("post", "ул. Новая, 1", None),
        ("hand", "", None),
        ("email", "ул. Новая, 1", "no_mail_address"),
        ("email", "", "no_new_address"),
        ("post", " ", "no_new_address"),
    ],
)
def test_an_e_mail_that_did_not_leave_goes_again_any_way(channel, address, code):
    """Practice 15; article 10 part 4: no return is waited for."""
    event = Event(RESENT, TODAY, address, channel)
    found = post.check(event, sent_on=SENT, last=None, today=TODAY, is_lost=True)
    assert [one.code for one in found] == ([code] if code else [])
    (refused,) = post.check(event, sent_on=SENT, last=None, today=TODAY)
    assert refused.code == "letter_not_returned"


def test_after_a_new_sending_was_lost_too_it_goes_once_more():
    first = Event(RESENT, BACK, "old@citizen.example", "email")
    again = Event(RESENT, TODAY, "ул. Новая, 1")
    assert post.check(again, sent_on=SENT, last=first, today=TODAY, is_lost=True) == ()


DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("mail", "posted", "withdrawn", "course"),
    [
        ("", None, False, post.TO_POST),  # FWD-7: no e-mail, nothing is proved
        ("cancelled", None, False, post.TO_POST),
        ("queued", None, False, post.QUEUED),
        ("sending", None, False, post.QUEUED),
        ("sent", None, False, post.SENT),
        ("failed", None, False, post.ASTRAY),
        ("unknown", None, False, post.ASTRAY),
        ("failed", DAY, False, post.SENT),
        ("", DAY, True, post.SENT),
        ("sent", None, True, post.SENT),
        ("queued", None, True, post.DROPPED),
        ("", None, True, post.DROPPED),
    ],
)
def test_how_a_forwarding_letter_fares(mail, posted, withdrawn, course):
    assert post.course(mail, posted, is_withdrawn=withdrawn) == course


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (None, ["post_day_in_future"]),
        (DAY + timedelta(days=1), ["post_day_in_future"]),
        (DAY - timedelta(days=2), ["post_day_too_early"]),
        (DAY, []),
    ],
)
def test_which_day_a_posting_may_have(day, codes):
    found = post.check_posting(day, DAY - timedelta(days=1), DAY)
    assert [one.code for one in found] == codes


def test_only_what_has_not_left_keeps_a_case_open():
    """SENT: a warning that names the letter; a forwarding's names its article."""
    courses = (post.QUEUED, post.TO_POST, post.ASTRAY)
    found = [closing.not_sent("№ 1", one, is_forwarding=True) for one in courses]
    assert {one.rule for one in found} == {"SENT"}
    assert {one.article for one in found} == {"ч. 3 ст. 8 59-ФЗ"}
    assert not any(one.blocks for one in found)
    assert len({one.code for one in found}) == len(courses)
    assert closing.not_sent("№ 1", post.SENT, is_forwarding=True) is None
    assert closing.not_sent("№ 1", post.TO_POST, is_forwarding=False).article == ""


D1, D2 = date(2026, 11, 20), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("letters", "met"),
    [
        ((), None),
        (((post.TO_POST, None),), None),
        (((post.QUEUED, None),), None),
        (((post.ASTRAY, None),), None),
        (((post.SENT, D1),), D1),
        (((post.SENT, D2), (post.SENT, D1)), D2),
        (((post.SENT, D1), (post.TO_POST, None)), None),
        (((post.SENT, D1), (post.DROPPED, None)), D1),
        (((post.DROPPED, None),), None),
    ],
)
def test_forwarded_once_the_last_letter_left(letters, met):
    """FWD-7, COPY-7: signed, queued and failed letters forward nothing."""
    assert post.forwarded_on(letters) == met
