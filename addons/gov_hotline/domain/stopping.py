"""Stopped correspondence (59-FZ, art. 11, p. 5; practice 16): never refused by itself.

An appeal on a stopped question is registered as any other. The officer says whether it has new
arguments or circumstances: with them the ordinary term runs on, without them an authorised person
decides to leave it, by the ground of the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from .problems import BLOCK, WARN, Problem

LEAST_ANSWERS: Final = 2  # written answers on the merits given before: «several times»
ART_11_5: Final = "ч. 5 ст. 11 59-ФЗ"
RULE: Final = "REPEAT"
YES: Final = "yes"
NO: Final = "no"


def stopping_problems(
    answers: int, least: int, notice_number: str, notice_date: date | None, since: date | None
) -> Iterator[Problem]:
    """What is missing to stop the correspondence on a question, beside the decision's signature.

    `answers`: earlier appeals on the question that were answered in writing; `least`: the body's
    setting, never below LEAST_ANSWERS.
    """
    wanted = max(least, LEAST_ANSWERS)
    if answers < wanted:
        params = {"found": str(answers), "wanted": str(wanted)}
        yield Problem(
            "stop_few_answers", ART_11_5, BLOCK, ("earlier_ticket_ids",), RULE, "link_more_answers",
            params,
        )  # fmt: skip
    if not (notice_number and notice_date):
        names = ("notice_number", "notice_date")
        yield Problem("stop_no_notice", ART_11_5, BLOCK, names, RULE, "send_stop_notice")
    elif since and notice_date < since:
        yield Problem("stop_notice_early", ART_11_5, BLOCK, ("notice_date",), RULE, "fix_stop_date")


def registration_problem() -> Problem:
    """The warning of a new appeal on a stopped question: registered all the same."""
    return Problem("stopped_topic", ART_11_5, WARN, (), "", "ask_new_arguments")


def closing_problems(new_arguments: str, *, is_left: bool) -> Iterator[Problem]:
    """What keeps an appeal on a stopped question open.

    `new_arguments`: YES, NO or empty; `is_left`: an authorised decision leaves a question of it.
    """
    if new_arguments not in (YES, NO):
        yield Problem(
            "new_arguments_unanswered", ART_11_5, BLOCK, ("new_arguments",), RULE,
            "answer_new_arguments",
        )  # fmt: skip
    elif new_arguments == NO and not is_left:
        yield Problem("stopped_undecided", ART_11_5, BLOCK, ("question_ids",), RULE, "state_repeat")
