"""An invented town and telephone numbers that belong to nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass

CITY = "Светлоозёрск"
# No post office of Russia has an index that begins with 699.
INDEXES = ("699001", "699002", "699010", "699014")
STREETS = (
    "Озёрная",
    "Садовая",
    "Школьная",
    "Набережная",
    "Кленовая",
    "Рябиновая",
    "Строителей",
    "Энергетиков",
    "Железнодорожная",
    "Луговая",
    "Северная",
    "Полевая",
    "Парковая",
    "Мельничная",
    "Родниковая",
    "Заречная",
)
# The mobile code 976 of the numbering plan is given to no operator: such a call reaches nobody.
MOBILE = "+7976555{:04}"
OFFICE = "+7976550{:04}"


@dataclass(frozen=True)
class Address:
    """A flat in the invented town."""

    index: str
    street: str
    house: str
    flat: int

    @property
    def line(self) -> str:
        """«ул. Садовая, д. 12, кв. 40»."""
        return f"ул. {self.street}, д. {self.house}, кв. {self.flat}"


def address(rng: random.Random) -> Address:
    """Somewhere in the town."""
    street = rng.choice(STREETS)
    house = f"{rng.randint(1, 90)}{rng.choice(('', '', '', 'а', 'б', '/2'))}"
    return Address(rng.choice(INDEXES), street, house, rng.randint(1, 120))
