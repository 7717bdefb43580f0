"""The citizens of the plan."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import names, places, registers

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        names.words("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch _ y _ e yu ya"),
        strict=True,
    )
)


@dataclass(frozen=True)
class Citizen:
    """Somebody who calls; `phone` may be the whole family's."""

    person: names.Person
    address: places.Address
    phone: str
    email: str


def make(rng: random.Random, count: int) -> list[Citizen]:
    """`count` citizens with numbers of their own; one number in twenty is shared by a family."""
    found: list[Citizen] = []
    for n in range(count):
        person = names.person(rng)
        home, phone = registers.home(rng, in_town=n == 0), places.MOBILE.format(n)
        if found and n > 1 and rng.random() < 0.05:
            home, phone = found[-1].address, found[-1].phone
        found.append(Citizen(person, home, phone, _email(person, n)))
    return found


def _email(person: names.Person, n: int) -> str:
    """An address in a domain reserved for examples (RFC 2606)."""
    latin = "".join(_LATIN.get(char, "") for char in person.surname.lower()).replace("_", "")
    return f"{latin}{n}@example.org"
