"""Words of dates and numbers: one list for all."""

import pytest
from gov_hotline.domain import russian
from gov_hotline_channels.domain import letterhead


def test_months_are_the_same_everywhere():
    """The pure packages do not import each other; their lists are one nevertheless."""
    assert tuple(letterhead._MONTHS) == russian.MONTHS


@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "one"), (3, "few"), (5, "many"), (11, "many"), (21, "one"), (112, "many"), (0, "many")],
)
def test_plural_form(number, form):
    assert russian.plural_form(number) == form
