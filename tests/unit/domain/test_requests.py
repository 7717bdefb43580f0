"""Requests to other bodies (RQ-15): who may be asked, what a sent one holds, its reply."""

from dataclasses import replace
from datetime import date

import pytest
from gov_hotline.domain import requests
from gov_hotline.domain.requests import Request, check_answer, check_receipt, check_sending, closing

TODAY, REGISTERED = date(2026, 11, 24), date(2026, 11, 20)
GOOD = Request("Теплосеть", "Акты осмотра", number="ИСХ-5/2026", sent_on=date(2026, 11, 23))
SENT = replace(GOOD, received_on=date(2026, 11, 24), answered_on=TODAY, answer="Акты приложены")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"addressee": " "}, ["request_no_addressee"]),
        ({"text": ""}, ["request_no_text"]),
        ({"number": ""}, ["request_no_number"]),
        ({"sent_on": None}, ["request_no_number"]),
        ({"sent_on": date(2026, 11, 19)}, ["request_before_registration"]),
        ({"sent_on": date(2026, 11, 25)}, ["request_in_future"]),
        *(({"excluded": excluded}, ["request_excluded"]) for excluded in requests.EXCLUDED),
    ],
)
def test_sending(change, wanted):
    """RQ-15: courts, inquiry and preliminary investigation are never asked; a number is needed."""
    found = check_sending(replace(GOOD, **change), REGISTERED, TODAY)
    assert [problem.code for problem in found] == wanted
    assert all(problem.blocks and problem.rule == "RQ-15" for problem in found)


@pytest.mark.parametrize(
    ("received", "wanted"),
    [
        (None, []),
        (date(2026, 11, 23), []),
        (date(2026, 11, 22), ["request_received_before_sent"]),
        (date(2026, 11, 25), ["request_received_in_future"]),
    ],
)
def test_receipt_there(received, wanted):
    found = check_receipt(replace(GOOD, received_on=received), TODAY)
    assert [problem.code for problem in found] == wanted


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"answer": ""}, ["request_no_answer"]),
        ({"answered_on": None}, ["request_no_answer_date"]),
        ({"answered_on": date(2026, 11, 22)}, ["request_answer_date"]),
        ({"answered_on": date(2026, 11, 25)}, ["request_answer_date"]),
    ],
)
def test_reply(change, wanted):
    assert [one.code for one in check_answer(replace(SENT, **change), TODAY)] == wanted


def test_closing():
    """A request in draft stands in the way of closing, an unanswered one wants a reason."""
    assert closing(0, 0) == ()
    draft, waiting = closing(1, 2)
    assert (draft.blocks, waiting.blocks, waiting.rule) == (True, False, "RQ-LATE")


@pytest.mark.parametrize(
    ("is_organisation", "tells", "wanted"),
    [(True, True, ["request_tells"]), (True, False, []), (False, True, [])],
)
def test_what_an_organisation_is_told(is_organisation, tells, wanted):
    """CONF, practice 7: a body may know who complains, an organisation with a reason alone."""
    found = requests.check_disclosure(is_organisation=is_organisation, tells=tells)
    assert [problem.code for problem in found] == wanted
    assert not any(problem.blocks for problem in found)
