"""What keeps a case open beside its questions: an answer, an explanation, a cause of the delay."""

from __future__ import annotations

from typing import Final

from .intake_case import APPEAL, REQUEST
from .problems import BLOCK, WARN, Problem

ART_10_1: Final = "ч. 1 ст. 10 59-ФЗ"
ART_10_4: Final = "ч. 4 ст. 10 59-ФЗ"
ART_12_1: Final = "ч. 1 ст. 12 59-ФЗ"
ART_12_11: Final = "ч. 1.1 ст. 12 59-ФЗ"
ART_18_6: Final = "ч. 6 ст. 18 8-ФЗ"
ART_4_1: Final = "п. 1 ст. 4 59-ФЗ"


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
