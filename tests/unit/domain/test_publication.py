"""ANS-PUB: what keeps a text from the site, and who is known from it."""

from __future__ import annotations

import pytest
from gov_hotline.domain.publication import Text, problems, tells_of

CLEAN = {
    "text": "Отопление в районе восстановлено.",
    "is_given": True,
    "is_of_public_interest": True,
    "is_personal_data_removed": True,
}
WHO = {
    "surname": "Иванова",
    "phone": "8 (913) 555-01-01",
    "email": "maria@example.com",
    "address": "ул. Ленина, 15, кв. 3",
}


def test_a_clean_text_passes() -> None:
    assert problems(Text(**CLEAN, **WHO)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_given": False}, "publication_not_given"),
        ({"text": "  "}, "publication_empty"),
        ({"is_of_public_interest": False}, "publication_private_matter"),
        ({"is_personal_data_removed": False}, "publication_not_cleaned"),
    ],
)
def test_each_block(change: dict[str, object], code: str) -> None:
    """ANS-PUB: every one of them blocks, with its article."""
    (found,) = problems(Text(**{**CLEAN, **change}))
    assert (found.code, found.blocks, found.rule) == (code, True, "ANS-PUB")
    assert "59-ФЗ" in found.article


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Уважаемая ИВАНОВА!", ["ИВАНОВА"]),
        ("Ответ Ивановой дан.", ["Ивановой"]),
        ("Звоните +7 913 555-01-01.", ["8 (913) 555-01-01"]),
        ("Писали на Maria@Example.com", ["maria@example.com"]),
        ("Дом: УЛ. ЛЕНИНА, 15, КВ. 3", ["ул. Ленина, 15, кв. 3"]),
        ("Улица Ленина освещена.", []),
        ("Телефон горячей линии 8 800 100-00-00", []),
    ],
)
def test_who_is_known_from_it(text: str, found: list[str]) -> None:
    given = Text(**{**CLEAN, "text": text}, **WHO)
    assert list(tells_of(given)) == found
    assert [one.blocks for one in problems(given)] == [False] * bool(found)


def test_nobody_is_known_of_nobody() -> None:
    """An anonymous author: empty names match nothing; neither do two letters."""
    assert list(tells_of(Text("Ли пришёл", is_given=True, surname="Ли"))) == []
