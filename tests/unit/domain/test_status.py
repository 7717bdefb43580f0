"""A3, practice 22: who may be told the status without a code."""

from datetime import date

import pytest
from gov_hotline.domain.persons import PersonName
from gov_hotline.domain.status import (
    ADDRESS,
    CODE,
    FULL,
    GIVEN,
    MONTH,
    NONE,
    PARTIAL,
    PATRONYMIC,
    SURNAME,
    WRONG_CODE,
    WRONG_MONTH,
    Claim,
    Filed,
    Match,
    address_agrees,
    compare,
    compare_any,
    misshapen,
    missing,
    name_key,
)

MARIA = PersonName("Иванова", "Мария", "Петровна")
ADDRESS_KEPT = "г. Озёрск, ул. Ленина, д. 15, кв. 3"
NOVEMBER = (2026, 11)
CASE = Filed(MARIA, ADDRESS_KEPT, (date(2026, 10, 31), date(2026, 11, 2)))


def told(surname="Иванова", given="Мария", patronymic="Петровна", **rest):
    values = {"address": "Ленина 15-3", "month": NOVEMBER, **rest}
    return Claim(PersonName(surname, given, patronymic), **values)


@pytest.mark.parametrize(
    "claim",
    [
        told(),
        told("ИВАНОВА", "мария", "петровна"),
        told(address="озерск, улица ленина, дом 15, квартира 3"),
        told(address="ул. В. И. Ленина, д.15 кв.3"),
        told(month=(2026, 10)),  # came on the last day of October, registered in November
    ],
)
def test_all_agrees(claim):
    assert compare(claim, CASE) == Match(FULL)


@pytest.mark.parametrize(
    ("claim", "amiss"),
    [
        (told("Иванов"), (SURNAME,)),
        (told("Ивановна"), (SURNAME,)),
        (told(given="Марья"), (GIVEN,)),
        (told(patronymic=""), (PATRONYMIC,)),
        (told(patronymic="Петровная"), (PATRONYMIC,)),
        (told("Ивонова", patronymic="Петрвна"), (SURNAME, PATRONYMIC)),
        (told(address="Ленина 15"), (ADDRESS,)),
        (told(address="Ленина 15-4"), (ADDRESS,)),
        (told(address="Ленина 51-3"), (ADDRESS,)),
        (told(address="Мира 15-3"), (ADDRESS,)),
        (told(address="Лесной, ул. Ленина, 15-3"), (ADDRESS,)),
        (told(address="пер. Ленина, 15-3"), (ADDRESS,)),
        (told(month=(2026, 9)), (MONTH,)),
        (told(month=(2025, 11)), (MONTH,)),
    ],
)
def test_one_thing_amiss_is_kept_for_the_log(claim, amiss):
    assert compare(claim, CASE) == Match(PARTIAL, amiss)


@pytest.mark.parametrize(
    "claim",
    [
        told(given="Пётр"),  # the husband
        told(patronymic="Ивановна"),
        told("Сидорова"),
        told(address="Мира 1", month=(2026, 9)),
        told("Ивонова", month=(2026, 9)),
        told("Ивонова", address="Мира 1"),
    ],
)
def test_two_things_amiss_are_another_person(claim):
    assert compare(claim, CASE) == Match(NONE)


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        (told("Семенова"), PersonName("Семёнова", "Мария", "Петровна")),
        (told("Семёнова"), PersonName("Семенова", "Мария", "Петровна")),
        (told("Петрова Водкина"), PersonName("Петрова-Водкина", "Мария", "Петровна")),
        (told(given="Анна-Мария"), PersonName("Иванова", "Анна Мария", "Петровна")),
        (told("Д'Артаньян"), PersonName("Д Артаньян", "Мария", "Петровна")),
        (told(patronymic="Гасан кызы"), PersonName("Иванова", "Мария", "Гасан Кызы")),
        (told(), PersonName("Иванова", "Мария")),  # the case knows less
        (told(patronymic=""), PersonName("Иванова", "Мария")),
    ],
)
def test_spellings_of_one_name(claim, kept):
    assert compare(claim, Filed(kept, ADDRESS_KEPT, CASE.days)).level == FULL


@pytest.mark.parametrize("kept", ["", "до востребования", "г. Озёрск"])
def test_without_an_address_to_compare_only_the_code_helps(kept):
    assert compare(told(), Filed(MARIA, kept, CASE.days)) == Match(PARTIAL, (CODE,))


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("Ленина 15-3", "660049, обл. Лесная, г. Озёрск, ул. Ленина, д. 15, кв. 3", True),
        ("ленина 15 к 2 кв 3", "ул. Ленина, д. 15 корп. 2, кв. 3", True),
        ("ленина 15 кв 3", "ул. Ленина, д. 15 корп. 2, кв. 3", False),
        ("ленина 15а-3", "ул. Ленина, д. 15 А, кв. 3", True),
        ("Советская 1-я, 7", "1-я Советская, д. 7", True),
        ("2-я Советская, 7", "1-я Советская, д. 7", False),
        ("Мира 2-5", "ул. Мира, 2", True),  # the case has no flat
        ("село Покровка, дом 5", "с. Покровка, д. 5", True),
        ("село Петровка, дом 5", "с. Покровка, д. 5", False),
        ("", "ул. Мира, 2", False),
        ("Светлоозёрск Ленина 1 58", "г. Светлоозерск, ул. Ленина, д. 1, кв. 58", True),
        ("г Светлоозерск Ленина 1-58", "Светлоозёрск, ул. Ленина, д. 1, кв. 58", True),
        ("Заречный Набережная 13 78", "п. Заречный, ул. Набережная, д. 13, кв. 78", True),
        ("п. Приречный Озёрная 8 кв 2", "п. Приречный, ул. Озёрная, д. 8, кв. 2", True),
        ("Ростов-на-Дону Мира 2", "г. Ростов-на-Дону, ул. Мира, д. 2", True),
        ("Озёрск Ленина 1 58", "г. Светлоозёрск, ул. Ленина, д. 1, кв. 58", False),
        ("Светлоозёрск Мира 1 58", "г. Светлоозёрск, ул. Ленина, д. 1, кв. 58", False),
        ("Светлоозёрск", "г. Светлоозёрск, ул. Ленина, д. 1, кв. 58", False),
        ("Покровка 5", "с. Покровка, ул. Покровка, д. 5", True),  # a street of the same name
    ],
)
def test_addresses(one, other, agrees):
    assert address_agrees(one, other) is agrees


@pytest.mark.parametrize(
    ("claim", "lacks"),
    [
        (told(), ()),
        (told(patronymic=""), ()),
        (told("", month=None), (SURNAME, MONTH)),
        (Claim(PersonName()), (SURNAME, GIVEN, ADDRESS, MONTH)),
    ],
)
def test_questions_not_asked_yet(claim, lacks):
    assert missing(claim) == lacks


def test_each_signer_of_a_collective_appeal():
    """The nearest of the signers counts; an appeal that nobody signed is nobody's."""
    second = Filed(PersonName("Сидорова", "Анна", "Ильинична"), "ул. Мира, д. 2", CASE.days)
    claim = told("Сидорова", "Анна", "Ильинична", address="Мира 2")
    assert compare_any(claim, [CASE, second]) == Match(FULL)
    assert compare_any(told(month=(2026, 9)), [second, CASE]) == Match(PARTIAL, (MONTH,))
    assert compare_any(claim, [CASE]) == compare_any(claim, []) == Match(NONE)


@pytest.mark.parametrize(
    ("month", "code", "wrong"),
    [
        (NOVEMBER, "", ()),
        (NOVEMBER, "12 34 56", ()),
        ((2026, 12), "", (WRONG_MONTH,)),
        ((2027, 1), "12345", (WRONG_MONTH, WRONG_CODE)),
        (None, "абв", (WRONG_CODE,)),
    ],
)
def test_what_is_nobodys_answer(month, code, wrong):
    assert misshapen(told(month=month), code, date(2026, 11, 22)) == wrong


def test_keys():
    assert name_key("  Анна‑Мария ") == name_key("анна мария") == "анна мария"
