"""Executors: whose they are, what their answer says."""

from datetime import date

import pytest
from gov_hotline.domain import executors

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "name", "whose"),
    [
        ("agency", "Депутат Законодательного Собрания Озёрского края", "other_body"),
        ("agency", "Администрация города Светлоозёрска", "other_body"),
        ("agency", "Прокуратура Озёрского края", "other_body"),
        ("agency", "Управление МВД по Озёрскому краю", "other_body"),
        ("agency", "Министерство здравоохранения Озёрского края", "own"),
        ("organisation", "УК «Администрация домов»", "organisation"),
        ("", "Администрация А. А.", "own"),
    ],
)
def test_whose_an_agency_is_by_its_name(kind, name, whose):
    """Practice 5: deputies, prosecutors, municipalities are never subordinate."""
    assert executors.proposed_kind(kind, name) == whose


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        ("15-04/1", date(2026, 11, 23), None),
        ("15-04/1", date(2026, 11, 20), None),
        ("", None, None),
        ("15-04/1", date(2099, 1, 1), "answer_date_outside"),
        ("15-04/1", date(1900, 1, 1), "answer_date_outside"),
        ("1" * 65, None, "answer_number_long"),
    ],
)
def test_number_and_date_of_an_executors_answer(number, day, code):
    """B9: they go into the citizen's case: from the sending to today, a number and no text."""
    found = executors.letter_problems(number, day, date(2026, 11, 20), MONDAY)
    assert [problem.code for problem in found] == ([code] if code else [])
