"""Returned letters, re-sending and the register of what has left."""

from datetime import date

import pytest
from gov_hotline.domain import post
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
