"""What keeps a case open beside its questions: an answer, an explanation, a cause of the delay."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .intake_case import APPEAL, REQUEST
from .post import ASTRAY, QUEUED, TO_POST
from .problems import BLOCK, WARN, Problem

ART_10_1: Final = "ч. 1 ст. 10 59-ФЗ"
ART_10_4: Final = "ч. 4 ст. 10 59-ФЗ"
ART_12_1: Final = "ч. 1 ст. 12 59-ФЗ"
ART_12_11: Final = "ч. 1.1 ст. 12 59-ФЗ"
ART_18_6: Final = "ч. 6 ст. 18 8-ФЗ"
ART_4_1: Final = "п. 1 ст. 4 59-ФЗ"
ART_8_3: Final = "ч. 3 ст. 8 59-ФЗ"
# How an unsent letter fares → (code of the problem, way out).
UNSENT: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        QUEUED: ("letter_in_queue", "await_letter"),
        TO_POST: ("letter_to_post", "post_letter"),
        ASTRAY: ("letter_failed", "send_again"),
    }
)


def unanswered(kind: str, *, is_heads_migration: bool) -> Problem:
    """The block of closing without an answer: MAIN-30, or MIG-20 for our own part (practice 2).

    `kind`: of the case; articles 10 and 12 speak of appeals alone. `is_heads_migration`: migration
    facts before the head of the region, whose part stays on control though it was forwarded.
    """
    if kind == APPEAL and is_heads_migration:
        return Problem("own_part_unanswered", ART_12_11, BLOCK, (), "MIG-20", "give_answer")
    if kind == APPEAL:
        return Problem("no_answer_given", ART_10_1, BLOCK, (), "MAIN-30", "give_answer")
    article = ART_18_6 if kind == REQUEST else ""
    return Problem("no_answer_given", article, BLOCK, (), "", "give_answer")


def not_delivered(address: str, why: str) -> Problem:
    """ANS-FORM: the answer's e-mail to `address` did not leave; `why` empty: nobody knows.

    The answer was given, but the duty is to send it (article 10 part 4): a reason or another way.
    """
    if not why:
        return _lost("answer_mail_unknown", {"address": address})
    return _lost("answer_mail_failed", {"address": address, "why": why})


def _lost(code: str, params: dict[str, str]) -> Problem:
    return Problem(code, ART_10_4, WARN, ("answer_ids",), "ANS-FORM", "send_answer_again", params)


def not_sent(letter: str, course: str, *, is_forwarding: bool) -> Problem | None:
    """SENT: `letter` (its words) has not left the body; None for a `course` that wants nothing.

    Closing says that the body has done its part; a forwarding with its notice (article 8 part 3)
    is done once both have left. `course`: of `post.course`.
    """
    if course not in UNSENT:
        return None
    code, way_out = UNSENT[course]
    article = ART_8_3 if is_forwarding else ""
    return Problem(code, article, WARN, ("notice_ids",), "SENT", way_out, {"letter": letter})


def answer_in_queue(address: str) -> Problem:
    """ANS-FORM: the answer to `address` was given and waits for the mail server."""
    words = {"address": address}
    return Problem(
        "answer_mail_queued", ART_10_4, WARN, ("answer_ids",), "ANS-FORM", "await_answer", words
    )


def not_explained() -> Problem:
    """HOWTO-3: what came by e-mail is closed, but nobody said how an appeal is filed."""
    return Problem("not_told_how_to_file", ART_4_1, WARN, ("notice_ids",), "HOWTO-3", "send_how_to")


def not_signed(number: str) -> Problem:
    """ANS-SIGN: the letter of a decision has its number and waits for its signature."""
    words = {"number": number}
    return Problem(
        "notice_not_signed", "", BLOCK, ("notice_ids",), "ANS-SIGN", "sign_notice", words
    )


def no_cause(kind: str) -> Problem:
    """LATE: the term has passed and nobody wrote why (practice 14)."""
    article = ART_12_1 if kind == APPEAL else ""
    return Problem(
        "overdue_no_cause", article, WARN, ("overdue_cause",), "LATE", "write_cause_only"
    )
