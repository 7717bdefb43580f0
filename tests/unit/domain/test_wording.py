"""Help with the wording (A4): signs of a clear substance, the kind by article 4."""

import pytest
from gov_hotline.domain import wording


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("", ("what", "where", "when", "asked")),
        ("Холодно", ("what", "where", "when", "asked")),
        ("Третий день холодные батареи.", ("what", "where", "asked")),
        (
            "С 12 ноября в доме 15 по ул. Ленина холодные батареи. Прошу восстановить отопление.",
            (),
        ),
        ("На ул. Мира с осени не горит фонарь, темно и страшно ходить", ("when", "asked")),
        ("Предлагаю поставить скамейки во дворе нашей школы № 4", ("when",)),
        ("В поликлинике вчера отказали в приёме, требую разобраться", ()),
    ],
)
def test_what_is_unclear(text, unclear):
    assert wording.unclear(text) == unclear


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", ""),
        ("Прошу отремонтировать дорогу", "statement"),
        ("Предлагаю изменить расписание автобуса", "proposal"),
        ("Жалуюсь на действия инспектора", "complaint"),
        ("Инспектор нарушил мои права, предлагаю его уволить", "complaint"),
    ],
)
def test_kind_by_its_words(text, kind):
    assert wording.kind(text) == kind


def test_long_text_is_read_at_once():
    """A hundred thousand characters without a sign: no backtracking."""
    assert wording.unclear("а" * 100_000) == ("what", "where", "when", "asked")
    assert wording.unclear("аб " * 33_000) == ("where", "when", "asked")
