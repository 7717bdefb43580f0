import pytest
from gov_hotline.domain import masking


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+7 (913) 555-01-01", "••• 0101"),
        ("4410 123456", "••• 3456"),
        ("123456", "•••"),  # four of six would tell most of it
        ("1234567", "••• 4567"),
        ("", ""),
        (None, ""),
        ("()", ""),
    ],
)
def test_end(text, shown):
    """B4: the last four, and never most of a short number."""
    assert masking.end(text) == shown
