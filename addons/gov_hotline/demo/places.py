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
    ("Каменский округ", "district", "Озёрный край"),
    ("город Каменец", "settlement", "Каменский округ"),
    ("Приречный район", "district", "Озёрный край"),
    ("посёлок Приречный", "settlement", "Приречный район"),
    ("Северный округ", "district", "Озёрный край"),
    ("город Северск-Озёрный", "settlement", "Северный округ"),
    ("Боровой район", "district", "Озёрный край"),
    ("село Боровое", "settlement", "Боровой район"),
    ("Холмистый район", "district", "Озёрный край"),
    ("село Холмы", "settlement", "Холмистый район"),
    ("Ключевской район", "district", "Озёрный край"),
    ("село Ключи", "settlement", "Ключевской район"),
    ("Дальний округ", "district", "Озёрный край"),
    ("посёлок Дальний", "settlement", "Дальний округ"),
    ("Степной район", "district", "Озёрный край"),
    ("станица Степная", "settlement", "Степной район"),
)
# No post office of Russia has an index that begins with 699.
INDEXES = {CITY: ("699001", "699002", "699010", "699014"), VILLAGE: ("699030",)}
# Where people live outside of the town: the index, how many of them for each other. Of some
# districts hardly anybody writes: statistics for everybody have something to keep back.
ELSEWHERE = {
    "город Каменец": ("699101", 12),
    "посёлок Приречный": ("699110", 8),
    "город Северск-Озёрный": ("699120", 8),
    "село Луговое": ("699130", 6),
    "село Родниковое": ("699040", 4),
    "село Боровое": ("699140", 4),
    "село Холмы": ("699150", 3),
    "деревня Мельничная": ("699131", 2),
    "село Ключи": ("699160", 2),
    "посёлок Дальний": ("699170", 1),
    "станица Степная": ("699180", 1),
}
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
