"""Names of places as people type them: one form, what is the same, what cannot be.

A house and a flat are kept by their own number alone («15а», not «дом 15-А»), as registers of
companies give them.
"""

from __future__ import annotations

import re
from typing import Final

from . import addresses

LONGEST: Final = 200  # characters of a name
NAMED: Final = frozenset({"street", "house", "entrance", "flat"})  # kinds that must be called

_MARKS: Final = {
    "house": re.compile(r"(?:дом|д)\b\.?\s*(?=\d)", re.IGNORECASE),
    "entrance": re.compile(r"(?:подъезд|под)\b\.?\s*(?=\d)", re.IGNORECASE),
    "flat": re.compile(r"(?:квартира|кв)\b\.?\s*(?=\d)", re.IGNORECASE),
    "street": re.compile(r"(?:улица\s+|ул\b\.?\s*)(?=\S)", re.IGNORECASE),
}
# «д15», «кв3»: a letter and a digit are one word
_STUCK: Final = {
    "house": re.compile(r"(?:дом|д)(?=\d)", re.IGNORECASE),
    "entrance": re.compile(r"(?:подъезд|под)(?=\d)", re.IGNORECASE),
    "flat": re.compile(r"(?:квартира|кв)(?=\d)", re.IGNORECASE),
}
_NUMBER: Final = re.compile(
    r"(?:№\s*)?0*(\d+)(?:\s*/\s*(\d+))?(?:[\s-]*[«\"]?([^\W\d_])[»\"]?)?", re.IGNORECASE
)
_BUILDING: Final = re.compile(r"\d+.*\s(?:к|корп|корпус|стр|строение)\b\.?\s*\d+", re.IGNORECASE)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
_OBJECT_ID: Final = re.compile(r"\d{1,19}")
_POSTAL_CODE: Final = re.compile(r"\d{6}")


def own_name(kind: str | None, name: str | None) -> str:
    """Return the name of an object of `kind` as it is kept: «дом 15-А» → «15а», «кв. 03» → «3»."""
    name = " ".join((name or "").split())
    for marks in (_MARKS, _STUCK):
        if kind in marks:
            name = marks[kind].sub("", name, count=1) if marks[kind].match(name) else name
    if kind not in _STUCK:
        return name
    if number := _NUMBER.fullmatch(name):
        digits, part, letter = number.groups()
        return f"{digits}{f'/{part}' if part else ''}{(letter or '').lower()}"
    if kind == "house" and _BUILDING.fullmatch(name):
        return addresses.parse(f"д. {name}").house or name
    return name


def key(kind: str | None, name: str | None) -> str:
    """Return what names of one place have in common."""
    return addresses.fold(own_name(kind, name))


def is_gar_id(text: str | None) -> bool:
    """Whether it is an identifier of the state register: a UUID or its number of an object."""
    text = (text or "").strip()
    return bool(_UUID.fullmatch(text) or _OBJECT_ID.fullmatch(text))


def is_postal_code(text: str | None) -> bool:
    """Whether it has six digits."""
    return bool(_POSTAL_CODE.fullmatch((text or "").strip()))
