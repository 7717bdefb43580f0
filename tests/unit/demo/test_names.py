"""Demonstration people are put together by the rules of Russian names; nobody is meant."""

import random

import pytest
from gov_hotline.demo import names, places
from gov_hotline.domain import persons, phones


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Иванов", "Иванова"),
        ("Киселёв", "Киселёва"),
        ("Ильин", "Ильина"),
        ("Дубровский", "Дубровская"),
        ("Верховой", "Верховая"),
        ("Белый", "Белая"),
        ("Тихий", "Тихая"),
        ("Кравченко", "Кравченко"),
        ("Ковальчук", "Ковальчук"),
        ("Мельник", "Мельник"),
    ],
)
def test_a_womans_surname_follows_its_ending(man, woman):
    assert names.feminine(man) == woman


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Пётр", "Петрович", "Петровна"),
        ("Сергей", "Сергеевич", "Сергеевна"),
        ("Игорь", "Игоревич", "Игоревна"),
        ("Юрий", "Юрьевич", "Юрьевна"),
        ("Василий", "Васильевич", "Васильевна"),
        ("Дмитрий", "Дмитриевич", "Дмитриевна"),
        ("Георгий", "Георгиевич", "Георгиевна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Никита", "Никитич", "Никитична"),
        ("Павел", "Павлович", "Павловна"),
        ("Михаил", "Михайлович", "Михайловна"),
        ("Яков", "Яковлевич", "Яковлевна"),
        ("Иван", "Иванович", "Ивановна"),
    ],
)
def test_a_patronymic_follows_the_fathers_name(father, son, daughter):
    assert names.patronymic(father, is_woman=False) == son
    assert names.patronymic(father, is_woman=True) == daughter


def test_every_patronymic_is_one_for_the_domain_too():
    made = [names.patronymic(man, woman) for man in names.MEN for woman in (False, True)]
    assert [name for name in made if not persons.is_patronymic(name)] == []


def test_people_differ_and_their_parts_agree():
    rng = random.Random(3)
    people = [names.person(rng) for _ in range(500)]
    assert len({(one.surname, one.given, one.patronymic) for one in people}) > 490
    for one in people:
        assert one.patronymic.endswith("на") == one.is_woman
        assert (one.given in names.WOMEN) == one.is_woman


def test_the_numbers_are_valid_in_form_and_given_to_no_operator():
    """The form is right, so the screens work; the code 976 belongs to nobody."""
    for pattern in (places.MOBILE, places.OFFICE):
        number = pattern.format(7)
        assert phones.normalise(number).e164 == number
        assert number.startswith("+7976")
