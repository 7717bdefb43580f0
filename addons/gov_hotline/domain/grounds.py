"""Grounds of a question: what each needs to be stated, to be closed with, and where it leads.

Articles 8 and 11 of 59-FZ and item 5 of article 5. The grounds themselves are data with validity
dates (`hotline.ground`); here is what follows from their columns. A ground is never stated by a
filter of words: a person states it, for one question (practice, 17).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from .problems import BLOCK, Problem
from .stopping import LEAST_ANSWERS
from .stopping import RULE as REPEAT_RULE
from .transitions import FORWARDED, NO_ANSWER, STOPPED

ANONYMOUS: Final = "anonymous"
MIGRATION: Final = "migration"
SEVERAL_BODIES: Final = "several_bodies"
SELF_RETURN: Final = "self_return"
RESUBMITTED: Final = "resubmitted"
LEAST_MIGRATION_BODIES: Final = 2
ART_8_31: Final = "ч. 3.1 ст. 8 59-ФЗ"


@dataclass(frozen=True)
class Ground:
    """An edition of a ground; `final` is the state it leads to, "" where the question is answered.

    `notice`: the kind of notice the applicant gets, "" for none. `earlier`: least number of earlier
    answered questions.
    """

    code: str
    article: str = ""
    rule: str = ""
    final: str = ""
    notice: str = ""
    needs_answer: bool = False
    needs_decision: bool = False
    needs_url: bool = False
    needs_statement: bool = False
    earlier: int = 0


@dataclass(frozen=True)
class Facts:
    """What is known of the question and its case.

    `bodies`: other bodies it was sent to. `serves_head`: our body serves the head of the region, so
    that in a migration case our own part stays on control (practice, 2). `unlawful_act`: «yes»,
    «no» or empty. `is_linked`: the case is linked with an earlier one that it is filed again after.
    `stop_answers`: the body's least number of answers before correspondence stops.
    """

    url: str = ""
    has_statement: bool = False
    earlier: int = 0
    bodies: int = 0
    is_anonymous: bool = False
    unlawful_act: str = ""
    has_complaint: bool = False
    serves_head: bool = False
    is_linked: bool = False
    is_notice_issued: bool = False
    stop_answers: int = 0


def end(ground: Ground, facts: Facts) -> str:
    """The final state that the ground leads its question to, "" where an answer is due."""
    if ground.code == MIGRATION and facts.serves_head:
        return ""
    if ground.code == ANONYMOUS:
        return FORWARDED if facts.unlawful_act == "yes" else NO_ANSWER
    return ground.final


def needs_answer(ground: Ground, facts: Facts) -> bool:
    """Whether the applicant is to be answered on the question all the same."""
    return ground.needs_answer or not end(ground, facts)


def stating_problems(ground: Ground, facts: Facts) -> tuple[Problem, ...]:
    """What is missing to state the ground; the decision's signature is checked by its own rule."""
    return tuple(_stating(ground, facts))


def _stating(ground: Ground, facts: Facts) -> Iterable[Problem]:
    if ground.needs_url and not is_address(facts.url):
        yield _problem(ground, "ground_no_url", "give_url", "ground_url")
    if ground.needs_statement and not facts.has_statement:
        yield _problem(ground, "ground_no_statement", "attach_statement", "statement_ids")
    wanted = wanted_answers(ground, facts.stop_answers)
    if facts.earlier < wanted:
        params = {"found": str(facts.earlier), "wanted": str(wanted)}
        yield _problem(
            ground, "ground_few_answers", "link_answers", "earlier_question_ids", **params
        )
    if ground.code == ANONYMOUS and not facts.is_anonymous:
        yield _problem(ground, "ground_not_anonymous", "other_ground")
    if ground.code == ANONYMOUS and facts.is_anonymous and not facts.unlawful_act:
        yield _problem(ground, "unlawful_act_unanswered", "say_unlawful_act", "unlawful_act")
    if ground.code == SELF_RETURN and not facts.has_complaint:
        yield _problem(ground, "ground_no_complaint", "name_complained_of", "complaint_against_id")
    yield from _resubmission(ground, facts)


def _resubmission(ground: Ground, facts: Facts) -> Iterable[Problem]:
    """RESUB (art. 11 p. 7): filed again, so there is an earlier appeal to be linked with."""
    if ground.code == RESUBMITTED and not facts.is_linked:
        yield _problem(ground, "ground_no_earlier_case", "link_earlier_case")


def wanted_answers(ground: Ground, stop_answers: int = 0) -> int:
    """Earlier answers that the ground needs; to stop the correspondence the greater setting holds.

    Never fewer than two: the law says «several times» (59-FZ, art. 11, p. 5).
    """
    if not stops(ground.code, ground.rule, ground.final):
        return ground.earlier
    return max(ground.earlier, stop_answers, LEAST_ANSWERS)


def stops(code: str, rule: str, final: str) -> bool:
    """Whether a ground of this code, rule and final state stops the correspondence."""
    return final == STOPPED or REPEAT_RULE in (rule, code.upper())


def closing_problems(ground: Ground, facts: Facts) -> tuple[Problem, ...]:
    """What is missing to close a case with a question on this ground."""
    return tuple(_closing(ground, facts))


def _closing(ground: Ground, facts: Facts) -> Iterable[Problem]:
    if ground.notice and not facts.is_anonymous and not facts.is_notice_issued:
        yield _problem(ground, "ground_no_notice", "send_notice")
    goes_out = FORWARDED in (end(ground, facts), ground.final) or ground.code == SEVERAL_BODIES
    if goes_out and not facts.bodies:
        yield _problem(ground, "ground_no_body", "name_body", "competent_body_id")
    too_few = 0 < facts.bodies < LEAST_MIGRATION_BODIES
    if ground.code == MIGRATION and too_few and not facts.serves_head:
        yield Problem(
            "migration_second_missing", ART_8_31, BLOCK, (), "FWD-MIG", "add_second_addressee"
        )
    yield from _resubmission(ground, facts)


def is_address(url: str) -> bool:
    """Whether `url` is a web address that a person can open."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc


def _problem(ground: Ground, code: str, way_out: str, name: str = "", **params: str) -> Problem:
    fields = (name,) if name else ()
    return Problem(code, ground.article, BLOCK, fields, ground.rule, way_out, params)
