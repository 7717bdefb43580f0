"""An invented region and telephone numbers that belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass

CITY, VILLAGE = "Светлоозёрск", "посёлок Заречный"
# The territories, each after the one it is a part of: name, kind, part of what.
TERRITORIES = (
    ("Озёрный край", "region", ""),
    ("Светлоозёрский район", "district", "Озёрный край"),
    (CITY, "settlement", "Светлоозёрский район"),
    (VILLAGE, "settlement", "Светлоозёрский район"),
    ("село Родниковое", "settlement", "Светлоозёрский район"),
    ("Луговской район", "district", "Озёрный край"),
    ("село Луговое", "settlement", "Луговской район"),
    ("деревня Мельничная", "settlement", "Луговской район"),
)
# No post office of Russia has an index that begins with 699.
INDEXES = {CITY: ("699001", "699002", "699010", "699014"), VILLAGE: ("699030",)}
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
    """A flat in an invented settlement."""

    city: str
    index: str
    street: str
    house: str
    flat: int

    @property
    def line(self) -> str:
        """«ул. Садовая, д. 12, кв. 40»."""
        return f"ул. {self.street}, д. {self.house}, кв. {self.flat}"
