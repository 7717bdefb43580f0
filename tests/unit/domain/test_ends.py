"""The end of a case from the ends of its questions (practice, 17)."""

import pytest
from gov_hotline.domain import ends

CASES = (
    ("appeal", [""], "closed"),
    ("appeal", ["", ""], "closed"),
    ("appeal", ["returned"], "returned"),
    ("appeal", ["returned", "returned"], "returned"),
    ("appeal", ["returned", "", ""], "closed"),  # one court question beside two others
    ("appeal", ["", "returned", ""], "closed"),
    ("appeal", ["returned", "returned", "forwarded"], "closed"),
    ("appeal", ["forwarded"], "forwarded"),
    ("appeal", ["forwarded", "forwarded"], "forwarded"),
    ("appeal", ["forwarded", ""], "closed"),
    ("appeal", ["no_answer"], "no_answer"),
    ("appeal", ["no_answer", "stopped"], "closed"),
    ("appeal", ["stopped"], "stopped"),
    ("appeal", ["withdrawn", "withdrawn"], "withdrawn"),
    ("appeal", ["withdrawn", "forwarded"], "closed"),
    ("appeal", ["converted"], "closed"),
    ("appeal", [], "closed"),
    ("message", ["forwarded"], "forwarded"),
    ("message", ["returned"], "closed"),
    ("message", [""], "closed"),
    ("letter", ["forwarded"], "closed"),
)


@pytest.mark.parametrize(("track", "questions", "expected"), CASES)
def test_the_end_follows_from_the_questions(track, questions, expected):
    """B3, X2: one end of all questions is the end of the case, whatever is mixed is closed."""
    assert ends.final_state(track, questions) == expected


@pytest.mark.parametrize("others", [1, 2, 9])
def test_a_court_question_beside_others_never_returns_the_letter(others):
    """X2: grounds of article 11 are those of a question."""
    for at in range(others + 1):
        questions = [""] * others
        questions.insert(at, "returned")
        assert ends.final_state("appeal", questions) == "closed"
