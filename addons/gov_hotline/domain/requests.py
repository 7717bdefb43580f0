"""Requests to other bodies: article 10 part 1 item 2 and part 2 of 59-FZ (rule RQ-15).

A body asks others for documents and materials, except courts, bodies of inquiry and of preliminary
investigation. The body complained of may always be asked for explanations: it answers us, never
the applicant (practice 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from .problems import BLOCK, WARN, Problem

ARTICLE: Final = "ч. 2 ст. 10 59-ФЗ"
ARTICLE_EXCLUDED: Final = "п. 2 ч. 1 ст. 10 59-ФЗ"
RULE: Final = "RQ-15"
RULE_LATE: Final = "RQ-LATE"

COURT: Final = "court"
INQUIRY: Final = "inquiry"
INVESTIGATION: Final = "investigation"
RULE_CONF: Final = "CONF"
ARTICLE_CONF: Final = "ч. 2 ст. 6 59-ФЗ"

EXCLUDED: Final = (COURT, INQUIRY, INVESTIGATION)


@dataclass(frozen=True)
class Request:
    """A request as it is checked. Dates are of the body; `excluded`: one of EXCLUDED or empty."""

    addressee: str
    text: str
    excluded: str = ""
    number: str = ""
    sent_on: date | None = None
    received_on: date | None = None
    answered_on: date | None = None
    answer: str = ""


def check_sending(request: Request, registered: date | None, today: date) -> tuple[Problem, ...]:
    """What forbids to send it; a request is sent with an outgoing number and date."""
    return tuple(_sending(request, registered, today))


def _sending(request: Request, registered: date | None, today: date) -> Iterator[Problem]:
    if not request.addressee.strip():
        yield _problem("request_no_addressee", "choose_asked_body", "partner_id")
    if request.excluded:
        yield Problem(
            "request_excluded", ARTICLE_EXCLUDED, BLOCK, ("partner_id",), RULE, "ask_another"
        )
    if not request.text.strip():
        yield _problem("request_no_text", "write_request", "text")
    if not request.number.strip() or request.sent_on is None:
        yield _problem("request_no_number", "fill_outgoing", "outgoing_number")
    elif registered and request.sent_on < registered:
        yield _problem("request_before_registration", "fix_outgoing_date", "outgoing_date")
    elif request.sent_on > today:
        yield _problem("request_in_future", "fix_outgoing_date", "outgoing_date")


def check_disclosure(*, is_organisation: bool, tells: bool) -> tuple[Problem, ...]:
    """CONF: an organisation is asked about the problem; of the citizen only with their consent.

    Bodies are not meant (art. 6 p. 2). A sieve: the reason to go on is written down.
    """
    if not (is_organisation and tells):
        return ()
    way_out = "remove_applicant"
    return (Problem("request_tells", ARTICLE_CONF, WARN, ("text",), RULE_CONF, way_out),)


def check_receipt(request: Request, today: date) -> tuple[Problem, ...]:
    """What is wrong with the date on which the other body received it: the 15 days run from it."""
    if request.received_on is None:
        return ()
    if request.sent_on and request.received_on < request.sent_on:
        return (_problem("request_received_before_sent", "fix_receipt", "received_on"),)
    if request.received_on > today:
        return (_problem("request_received_in_future", "fix_receipt", "received_on"),)
    return ()


def check_answer(request: Request, today: date) -> tuple[Problem, ...]:
    """What is wrong with the recorded reply: no words and no file, a date out of order."""
    found = []
    if not request.answer.strip():
        found.append(_problem("request_no_answer", "write_reply", "answer_text"))
    if request.answered_on is None:
        found.append(_problem("request_no_answer_date", "fix_answer_date", "answered_on"))
    elif request.answered_on > today or (request.sent_on and request.answered_on < request.sent_on):
        found.append(_problem("request_answer_date", "fix_answer_date", "answered_on"))
    return tuple(found)


def closing(drafts: int, waiting: int) -> tuple[Problem, ...]:
    """What open requests mean for the closing of a case: a draft blocks, a waiting one warns."""
    found = []
    if drafts:
        found.append(_problem("request_in_draft", "send_or_delete", "request_ids"))
    if waiting:
        late = Problem(
            "request_unanswered", ARTICLE, WARN, ("request_ids",), RULE_LATE, "withdraw_request"
        )
        found.append(late)
    return tuple(found)


def _problem(code: str, way_out: str, name: str) -> Problem:
    return Problem(code, ARTICLE, BLOCK, (name,), RULE, way_out)
