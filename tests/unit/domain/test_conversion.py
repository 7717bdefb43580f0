"""What turns a message into an appeal (practice, 4)."""

import pytest
from gov_hotline.domain import conversion


@pytest.mark.parametrize(
    ("origin", "codes"),
    [
        ("paper", []),
        ("visit", []),
        ("portal", []),
        ("epgu", []),
        ("phone", ["not_converted"]),
        ("email", ["not_converted"]),
        ("social", ["not_converted"]),
        ("site", ["not_converted"]),
        ("", ["not_converted"]),
    ],
)
def test_only_writing_converts(origin, codes):
    """A4: a call, an e-mail and a network post convert nothing."""
    assert [problem.code for problem in conversion.problems(origin)] == codes
