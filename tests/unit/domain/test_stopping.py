"""X10: stopped correspondence (59-FZ, art. 11, p. 5; practice 16)."""

from datetime import date

import pytest
from gov_hotline.domain import similar, stopping

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("answers", "least", "number", "sent", "codes"),
    [
        (2, 2, "7", DAY, []),
        (1, 2, "7", DAY, ["stop_few_answers"]),
        (1, 0, "7", DAY, ["stop_few_answers"]),
        (2, 3, "7", DAY, ["stop_few_answers"]),
        (2, 2, "", DAY, ["stop_no_notice"]),
        (2, 2, "7", None, ["stop_no_notice"]),
        (2, 2, "7", date(2026, 11, 19), ["stop_notice_early"]),
    ],
)
def test_stopping(answers, least, number, sent, codes):
    """X10: two earlier answers at the least, whatever the setting; then the notice."""
    found = stopping.stopping_problems(answers, least, number, sent, DAY)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("said", "is_left", "codes"),
    [
        ("", False, ["new_arguments_unanswered"]),
        ("", True, ["new_arguments_unanswered"]),
        ("yes", False, []),
        ("no", False, ["stopped_undecided"]),
        ("no", True, []),
    ],
)
def test_closing(said, is_left, codes):
    """X10: the question must be answered; without new arguments somebody decides."""
    found = stopping.closing_problems(said, is_left=is_left)
    assert [problem.code for problem in found] == codes


def test_registration_is_only_warned_of():
    """X10: no setting makes the warning of a new appeal a block: it has no rule."""
    problem = stopping.registration_problem()
    assert not problem.blocks
    assert not problem.rule


def test_likeness():
    """X10: as `similarity` of PostgreSQL counts: 1 for the same words, in any order."""
    one = similar.key("Холодные батареи, третий день")
    assert similar.likeness(one, similar.key("третий день — батареи холодные")) == 1
    assert similar.likeness(one, similar.key("яма у моста")) < similar.ALIKE
    assert similar.likeness("", "") == 0
