"""Which column of a company's register holds what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

ACCOUNT_FIELDS: Final = (
    *("number", "holder", "surname", "given_name", "patronymic", "phone"),
    *("address", "locality", "street", "house", "building", "flat", "postal_code"),
    *("services", "opened_on", "closed_on", "meter", "meter_service", "key"),
)

# How companies head their columns: small letters, ё as е, without marks.
_USUAL: Final = {
    "number": "лицевой счет;номер лицевого счета;№ лицевого счета;лс;л с;номер лс;№ лс;л сч;"
    "лиц счет;номер счета;account;счет;единый лицевой счет;елс;номер л с;№ л с",
    "holder": "фио;ф и о;фамилия имя отчество;владелец;собственник;абонент;плательщик;"
    "ответственный квартиросъемщик;квартиросъемщик;наниматель;потребитель;фио абонента;"
    "фио собственника;фио плательщика;holder;на кого открыт",
    "surname": "фамилия",
    "given_name": "имя",
    "patronymic": "отчество",
    "phone": "телефон;номер телефона;тел;мобильный;мобильный телефон;контактный телефон;сотовый",
    "address": "адрес;адрес помещения;адрес объекта;адрес абонента;полный адрес;address",
    "locality": "населенный пункт;город;нас пункт;поселок;село;поселение;город село",
    "street": "улица;наименование улицы;название улицы;street;ул",
    "house": "дом;номер дома;№ дома;д;house",
    "building": "корпус;корп;строение;корпус строение;литера",
    "flat": "квартира;кв;номер квартиры;№ квартиры;№ кв;помещение;flat;номер помещения",
    "postal_code": "индекс;почтовый индекс",
    "services": "услуги;услуга;вид услуги;виды услуг;перечень услуг",
    "opened_on": "дата открытия;открыт;счет открыт;дата открытия счета;дата открытия лс",
    "closed_on": "дата закрытия;закрыт;счет закрыт;дата закрытия счета;дата закрытия лс",
    "meter": "прибор;"
    "прибор учета;счетчик;номер счетчика;номер прибора;заводской номер;№ счетчика;ипу;"
    "номер пу;номер ипу;номер прибора учета",
    "meter_service": "услуга счетчика;вид счетчика;тип счетчика;ресурс;вид прибора учета;тип пу;"
    "вид прибора;тип прибора;тип прибора учета",
    "key": "код абонента;ид абонента;id абонента;guid;id;ключ;внешний код",
}


def usual_field(name: str) -> str:
    """Return the field that a column of this name usually holds, or ""."""
    plain = re.sub(r"[\s._:/\\()\"«»-]+", " ", name.casefold().replace("ё", "е")).strip()
    return _BY_NAME.get(plain, "")


_BY_NAME: Final = {
    name: one for one, names in _USUAL.items() for name in re.sub(r"\s*;\s*", ";", names).split(";")
}


def proposed(
    columns: Sequence[str],
    saved: Mapping[str, str],
    usual: Callable[[str], str] = usual_field,
) -> list[str]:
    """Return a field for each column: the saved choice, else the usual one; none of them twice.

    `saved` is {name of the column: field or ""} of the source's last load; `usual` tells the field
    of a usual name.
    """
    chosen: list[str] = []
    for name in columns:
        one = saved[name] if name in saved else usual(name)
        chosen.append("" if one in chosen else one)
    return chosen


def mapping_problems(fields: Sequence[str]) -> tuple[str, ...]:
    """What the mapping lacks or has twice: codes no_number, no_place, twice."""
    used = [one for one in fields if one]
    lacks = ["no_number"] if "number" not in used else []
    if not {"address", "house"} & set(used):
        lacks.append("no_place")
    if len(set(used)) < len(used):
        lacks.append("twice")
    return tuple(lacks)
