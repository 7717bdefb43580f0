"""What an executor «without personal data» reads."""

import pytest
from gov_hotline.domain.depersonal import MARK, depersonalise, tells_of

NAMES = ("Иванова", "Мария", "Петровна")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Я, Иванова Мария Петровна, прошу дать тепло.", f"Я, {MARK}, прошу дать тепло."),
        ("Прошу ответить Ивановой М. П.", f"Прошу ответить {MARK} М. П."),
        ("Звоните 8 (913) 555-01-01 вечером.", f"Звоните {MARK} вечером."),
        ("Пишите на maria.i@mail.example!", f"Пишите на {MARK}!"),
        ("ИВАНОВА: у подъезда яма.", f"{MARK}: у подъезда яма."),
        ("СНИЛС 112-233-445 95", f"СНИЛС {MARK}"),
        ("Дом 15, кв. 3 без тепла с 20.11.2026.", "Дом 15, кв. 3 без тепла с 20.11.2026."),
        ("Акт № 12345 от 2026 года", "Акт № 12345 от 2026 года"),
        ("", ""),
    ],
)
def test_names_and_contacts_are_marked_out(text, clean):
    """Practice 7: address and problem stay, the person does not."""
    assert depersonalise(text, NAMES) == clean


def test_short_names_take_no_words_along():
    assert depersonalise("Им нужно тепло, Ира.", ("Ира", "Им")) == f"Им нужно тепло, {MARK}."


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Почему у Ивановой М. П. холодно?", True),
        ("Позвоните 8 (913) 555-01-01", True),
        ("Пишите на MARIA.I@mail.example", True),
        ("Почему в доме 15 холодно? Наш телефон 8 (976) 550-00-01", False),
        ("", False),
    ],
)
def test_whether_a_text_tells_of_a_person(text, tells):
    """Practice 7: the person's own name and ways alone, not any number or address."""
    ways = ("+7 913 555-01-01", "maria.i@mail.example", "112")
    assert tells_of(text, ("Иванова",), ways) is tells
