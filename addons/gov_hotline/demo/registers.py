"""Registers of four companies of the invented town, as four accountants would save them.

Nobody in them exists: names are put together by chance, telephones belong to no operator.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from . import names, places

HOUSES: Final = 200
FLATS: Final = 80  # of a house
STREETS: Final = ("Ленина", *places.STREETS[1:])
# Ленина 15, flat 3: the example of the instructions is found in the demonstration too.
_KNOWN: Final = {("Ленина", "15", 3): "Иванова Мария Петровна"}
KNOWN_PLACE: Final = 7 * len(STREETS)  # the number of that house: the smallest town has it too
LEAST: Final = 8  # houses of the smallest town
SERVICES: Final = "Холодная вода, Горячая вода, Отопление, Содержание жилья"
METERED: Final = "Холодная вода"


@dataclass(frozen=True)
class Company:
    """A company and how its programme saves the register."""

    name: str
    prefix: str
    encoding: str
    separator: str
    title: str = ""
    in_one_line: bool = False
    town: str = places.CITY


COMPANIES: Final = (
    Company("УК «Озёрная»", "10", "cp1251", ";"),
    Company("УК «Садовая»", "20", "utf-8-sig", "\t", in_one_line=True),
    Company("ТСЖ «Родник»", "30", "cp866", ";", title="Реестр лицевых счетов;;;;;;;;"),
    Company("УК «Заречье»", "40", "koi8-r", "|", town=places.VILLAGE),
)
_OF_ALL: Final = ("Услуги", "Прибор учёта", "Вид прибора")
_IN_COLUMNS: Final = ("Лицевой счёт", "ФИО", "Улица", "Дом", "Кв.", "Телефон", *_OF_ALL)
_IN_ONE_LINE: Final = ("№ л/с", "Абонент", "Адрес помещения", "Контактный телефон", *_OF_ALL)


def files(seed: int = 1, houses: int = HOUSES, flats: int = FLATS) -> dict[str, bytes]:
    """Return {name of the company: its file}: `houses` of all companies, `flats` in each of them.

    The same seed gives the same files.
    """
    rng = random.Random(seed)  # noqa: S311 - names of nobody, no secret
    blocks: dict[str, list[str]] = {one.name: _head(one) for one in COMPANIES}
    for place in _places(houses):
        company = company_of(place)
        blocks[company.name].extend(_house(company, place, flats, rng))
    return {
        one.name: ("\r\n".join(blocks[one.name]) + "\r\n").encode(one.encoding) for one in COMPANIES
    }


def _places(houses: int) -> list[int]:
    """The numbers of the houses: of a part of the town the known one, and the first others."""
    others = (place for place in range(HOUSES) if place != KNOWN_PLACE)
    return sorted((KNOWN_PLACE, *islice(others, houses - 1)))


def where(place: int) -> tuple[str, str]:
    """(street, house) of a number; the houses of a street stand on one side of it."""
    return STREETS[place % len(STREETS)], str(place // len(STREETS) * 2 + 1)


def company_of(place: int) -> Company:
    """Whose the house is."""
    return COMPANIES[place % len(COMPANIES)]


def home(rng: random.Random, *, in_town: bool = False) -> places.Address:
    """A flat of somebody: two of five with a company of the portal, two in other districts."""
    chance = 0.0 if in_town else rng.random()
    if chance > 0.6:
        return _home_elsewhere(rng)
    at_portal = [place for place in _places(LEAST) if company_of(place) in COMPANIES[:2]]
    place = rng.choice(at_portal if chance < 0.4 else range(HOUSES))
    town, (street, house) = company_of(place).town, where(place)
    return places.Address(
        town, rng.choice(places.INDEXES[town]), street, house, rng.randint(1, FLATS)
    )


def _home_elsewhere(rng: random.Random) -> places.Address:
    """A flat in one of the small houses outside of the town."""
    weights = [weight for _index, weight in places.ELSEWHERE.values()]
    [town] = rng.choices(list(places.ELSEWHERE), weights)
    street, house = rng.choice(places.STREETS), str(rng.randint(1, 12))
    return places.Address(town, places.ELSEWHERE[town][0], street, house, rng.randint(1, 16))


def _head(company: Company) -> list[str]:
    heading = company.separator.join(_IN_ONE_LINE if company.in_one_line else _IN_COLUMNS)
    return [company.title, heading] if company.title else [heading]


def _house(company: Company, place: int, flats: int, rng: random.Random) -> Iterator[str]:
    street, house = where(place)
    for flat in range(1, flats + 1):
        person = names.person(rng)
        holder = " ".join(filter(None, (person.surname, person.given, person.patronymic)))
        holder = _KNOWN.get((street, house, flat), holder)
        number = f"{company.prefix}{place:05}{flat:03}"
        # every third has given a number; the numbers of the code 976 reach nobody
        phone = f"+7976{rng.randrange(10**7):07}" if rng.random() < 1 / 3 else ""
        address = (street, house, str(flat))
        if company.in_one_line:
            address = (f"{company.town}, ул. {street}, д. {house}, кв. {flat}",)
        told = (number, holder, *address, phone, SERVICES, f"{place:03}{flat:03}", METERED)
        yield company.separator.join(told)
