"""Names: invented people only."""

import pytest
from gov_hotline.domain.persons import (
    PersonName,
    differ,
    is_patronymic,
    search_key,
    split_name,
    tidy,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "parts", "short"),
    [
        ("Иванова Мария Петровна", ("Иванова", "Мария", "Петровна"), "Иванова М. П."),
        ("  Иванова  Мария\u00a0Петровна ", ("Иванова", "Мария", "Петровна"), "Иванова М. П."),
        ("Мария Петровна Иванова", ("Иванова", "Мария", "Петровна"), "Иванова М. П."),
        ("Кузнецов Илья Ильич", ("Кузнецов", "Илья", "Ильич"), "Кузнецов И. И."),
        ("Лукин Пётр Фомич", ("Лукин", "Пётр", "Фомич"), "Лукин П. Ф."),
        ("Лукина Анна Никитична", ("Лукина", "Анна", "Никитична"), "Лукина А. Н."),
        ("Лукина Анна Ильинична", ("Лукина", "Анна", "Ильинична"), "Лукина А. И."),
        ("Петрович Анна Ивановна", ("Петрович", "Анна", "Ивановна"), "Петрович А. И."),
        ("Салтыков-Заречный Олег Львович", ("Салтыков-Заречный", "Олег", "Львович"), None),
        ("Орлова Анна-Мария Карловна", ("Орлова", "Анна-Мария", "Карловна"), "Орлова А.-М. К."),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы"), "Мамедов А. Г."),
        ("Мамедова Лейла Гасан кызы", ("Мамедова", "Лейла", "Гасан кызы"), "Мамедова Л. Г."),
        ("Мамедов Али Гасан-оглы", ("Мамедов", "Али", "Гасан-оглы"), "Мамедов А. Г."),
        ("Гарсия Лопес Хуан Петрович", ("Гарсия Лопес", "Хуан", "Петрович"), "Гарсия Лопес Х. П."),
        ("фон Берг Карл Карлович", ("фон Берг", "Карл", "Карлович"), "фон Берг К. К."),
        ("фон Берг Карл", ("фон Берг", "Карл", ""), "фон Берг К."),
        ("Ким Чен", ("Ким", "Чен", ""), "Ким Ч."),
        ("Иванова", ("Иванова", "", ""), "Иванова"),
        ("Мария Петровна", ("", "Мария", "Петровна"), "Мария Петровна"),
        ("Нгуен Ван Тхань", ("Нгуен", "Ван", "Тхань"), "Нгуен В. Т."),
        ("", ("", "", ""), ""),
        (None, ("", "", ""), ""),
    ],
)
def test_split(text, parts, short):
    name = split_name(text)
    assert (name.surname, name.given, name.patronymic) == parts
    assert short is None or name.short == short


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        (PersonName("Иванова", "Мария", "Петровна"), "Мария Петровна"),
        (PersonName("Ким", "Чен"), "Чен"),
        (PersonName("Ким"), "Ким"),
    ],
)
def test_greeting(name, greeting):
    assert name.greeting == greeting


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ИВАНОВА МАРИЯ", "Иванова Мария"),
        ("иванова  мария", "Иванова Мария"),
        ("САЛТЫКОВ-ЗАРЕЧНЫЙ", "Салтыков-Заречный"),
        ("МАМЕДОВ АЛИ ГАСАН ОГЛЫ", "Мамедов Али Гасан оглы"),
        ("мамедов али гасан-оглы", "Мамедов Али Гасан-оглы"),
        ("ФОН БЕРГ", "фон Берг"),
        ("МакДональд", "МакДональд"),
        ("", ""),
        (None, ""),
    ],
)
def test_tidy(typed, name):
    assert tidy(typed) == name


def test_search_key_forgives_case_spaces_and_yo():
    assert search_key(" ЁЛКИНА  Анна ") == search_key("елкина анна")
    assert search_key(None) == ""


@pytest.mark.parametrize("word", ["Мария", "Иванов", "Кузьмин", "Анна", "Ким", "Чен", "Марьям"])
def test_not_a_patronymic(word):
    assert not is_patronymic(word)


WORDS = st.lists(st.text("абвгдежзиклмнопрст-", min_size=1, max_size=10), max_size=6)


@given(WORDS)
def test_splitting_loses_no_word(words):
    name = split_name(" ".join(words))
    assert sorted(name.full.split()) == sorted(words)


@given(WORDS)
def test_every_name_can_be_shown(words):
    name = split_name(" ".join(words))
    assert bool(name.short) == bool(words)
    assert bool(name.greeting) == bool(words)


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        (PersonName("Мельник", "Маргарита"), PersonName("Полякова", "София"), True),
        (PersonName("Иванова", "Мария"), PersonName("Иванова", "Ольга"), True),
        (PersonName("Ивонова", "Мария"), PersonName("Иванова", "Мария"), False),
        (PersonName("Фёдорова", "Алёна"), PersonName("ФЕДОРОВА", "Алена"), False),
        (PersonName("", "Мария"), PersonName("Полякова", "София"), False),
        (PersonName("Иванова", "Мария"), split_name("Мария Иванова"), False),
        (PersonName("Иванова", "Мария", "Петровна"), split_name("Мария"), False),
        (PersonName("Иванова", "Мария"), split_name("Ольга Иванова"), True),
    ],
)
def test_two_persons_or_a_slip(one, other, two):
    """A4: another person's account is told from a name written down by ear."""
    assert differ(one, other) is two
