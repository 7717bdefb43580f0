"""What turns a message into an appeal (practice, 4)."""

import pytest
from gov_hotline.domain import conversion


@pytest.mark.parametrize(
    ("confirmed_how", "codes"),
    [
        ("paper", []),
        ("visit", []),
        ("portal", []),
        ("account", ["not_converted"]),
        ("", ["not_converted"]),
    ],
)
def test_only_a_recorded_confirmation_converts(confirmed_how, codes):
    """A4: a signed paper, the reception, an identified sign-in; nothing typed, no mere account."""
    assert [problem.code for problem in conversion.problems(confirmed_how)] == codes
