"""What a call must tell before it is closed."""

import pytest
from gov_hotline.domain.calls import closing_gap


@pytest.mark.parametrize("question", ["", "  \n", "-", "?!"])
def test_a_consultation_needs_its_question(question):
    """B6: what exactly they asked."""
    assert closing_gap("consultation", question, has_addressee=True) == "question"


@pytest.mark.parametrize("question", ["Когда дадут тепло?", "ИНН", "112"])
def test_a_few_letters_are_enough(question):
    assert closing_gap("consultation", question, has_addressee=False) == ""


def test_thanks_are_for_somebody_or_something():
    assert closing_gap("thanks", "", has_addressee=False) == "addressee_or_question"
    assert closing_gap("thanks", "", has_addressee=True) == ""
    assert closing_gap("thanks", "За тепло", has_addressee=False) == ""


@pytest.mark.parametrize("group", ["redirect", "appeal", "status", "tech", "other", ""])
def test_the_other_groups_tell_it_elsewhere(group):
    assert closing_gap(group, "", has_addressee=False) == ""
