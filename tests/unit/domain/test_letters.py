"""What the sheet of a letter shows."""

import pytest
from gov_hotline.domain import letters
from gov_hotline.domain.persons import PersonName

MARIA = PersonName("Иванова", "Мария", "Петровна")


def test_the_greeting_stands_apart():
    sheet = letters.sheet("Уважаемая Мария Петровна!\r\n\r\nСообщаем.\n– раз;\n– два.")
    assert sheet == letters.Sheet("Уважаемая Мария Петровна!", ("Сообщаем.", "– раз;", "– два."))


@pytest.mark.parametrize("text", ["Сообщаем.", "О" * 90 + "!", ""])
def test_not_every_letter_begins_with_one(text):
    assert letters.sheet(text).greeting == ""


def test_control_characters_do_not_reach_the_sheet():
    assert letters.sheet("Раз\x07два\x0cтри\x00\ufffe").paragraphs == ("Раздватри",)


def test_an_unbroken_word_may_break():
    (shown,) = letters.sheet("ж" * 5_000).paragraphs
    assert "\u200b" in shown


@pytest.mark.parametrize(
    ("name", "person", "shown"),
    [
        ("Иванова Мария Петровна", MARIA, "Ивановой М. П."),
        ("Ивановой Марии", MARIA, "Ивановой Марии"),
        ("ТСЖ «Мир»", PersonName(), "ТСЖ «Мир»"),
        ("Алиев Гейдар Али оглы", PersonName("Алиев", "Гейдар", "Али оглы"), "Алиев Г. А."),
    ],
)
def test_addressee(name, person, shown):
    assert letters.addressee(name, person) == shown


def test_enclosures_are_numbered_where_there_are_several():
    assert letters.enclosures(["акт.pdf"]) == ("акт.pdf",)
    assert letters.enclosures(["акт.pdf", "фото.jpg"]) == ("1. акт.pdf", "2. фото.jpg")


def test_the_position_stands_without_the_order():
    snapshot = "начальник управления, приказ № 15"
    assert letters.position("начальник управления", snapshot) == "Начальник управления"
    assert letters.position("Другая должность", snapshot) == "Начальник управления, приказ № 15"


def test_numbers_and_abbreviations_do_not_end_a_line():
    (shown,) = letters.sheet("По ч. 2 ст. 12 на № 5 до ул. Ленина").paragraphs
    assert shown == "По ч.\u00a02 ст.\u00a012 на №\u00a05 до ул.\u00a0Ленина"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Кузнецов В. А.", "В.\u00a0А.\u00a0Кузнецов"),
        ("Кузнецов В.А.", "В.\u00a0А.\u00a0Кузнецов"),
        ("Кузнецов Виктор Андреевич", "Кузнецов Виктор Андреевич"),
    ],
)
def test_signer(name, shown):
    assert letters.signer(name) == shown


def test_envelope():
    assert letters.envelope_name("Иванова Мария Петровна", MARIA) == "Ивановой Марии Петровне"
    long = "699012, Светлая область, город Светлый, улица Ленина, дом 15, квартира 3"
    assert letters.envelope_lines(long) == (
        "699012, Светлая область, город Светлый,",
        "улица Ленина, дом 15, квартира 3",
    )
    assert letters.envelope_lines("раз\nдва") == ("раз", "два")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Акт сверки.pdf", "Акт сверки"),
        (".pdf", ".pdf"),
        ("Приказ № 5. О мерах", "Приказ № 5. О мерах"),
    ],
)
def test_the_title_of_an_enclosure_has_no_ending(name, title):
    assert letters.title(name) == title
