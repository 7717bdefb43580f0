"""Addresses: the parts of a typed line, one normal form for every spelling, order of a list.

Sources: the abbreviations of the state register of addresses (order of the Ministry of Finance
171n of 05.11.2015), as registers of management companies and people write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

# kind of part → {canonical abbreviation: other spellings}
_SPELLINGS: Final = {
    "region": {
        "обл.": "обл область",
        "край": "",
        "респ.": "респ республика",
        "р-н": "район рн",
        "г.о.": "",
        "АО": "",
    },
    "settlement": {
        "г.": "г гор город",
        "п.": "п пос поселок",
        "пгт": "",
        "рп": "",
        "с.": "с село",
        "дер.": "дер деревня",
        "ст-ца": "станица",
        "х.": "х хутор",
        "снт": "",
        "аул": "",
    },
    "street": {
        "ул.": "ул улица",
        "пр-кт": "пр просп проспект пркт пр-т",
        "пер.": "пер переулок",
        "б-р": "бульвар бул бр",
        "ш.": "ш шоссе",
        "пл.": "пл площадь",
        "наб.": "наб набережная",
        "пр-д": "проезд",
        "мкр.": "мкр мкрн микрорайон мкр-н",
        "кв-л": "квартал",
        "туп.": "туп тупик",
        "аллея": "",
        "тракт": "",
        "линия": "",
    },
    "house": {"д.": "д дом влд владение уч участок"},
    "building": {"корп.": "корп корпус к", "стр.": "стр строение", "лит.": "лит литера"},
    "entrance": {"подъезд": "под подъезда пд"},
    "flat": {
        "кв.": "кв квартира",
        "пом.": "пом помещение",
        "комн.": "комн ком комната",
        "оф.": "оф офис",
    },
}  # fmt: skip
_MARKS: Final = {
    spelling: (kind, mark)
    for kind, marks in _SPELLINGS.items()
    for mark, others in marks.items()
    for spelling in (mark.rstrip(".").replace(".", "").lower(), *others.split())
}
# The longest first: «поселок» is no «п».
_SETTLEMENT_TYPES: Final = "|".join(
    sorted(
        (re.escape(one) for one, (kind, _mark) in _MARKS.items() if kind == "settlement"),
        key=len,
        reverse=True,
    )
)
_TOKENS: Final = re.compile(
    r"\d+-(?:я|й|ая|ый|ой|го|ого|е|ое)\b|\d+(?:/\d+)?[а-яa-z]?(?![а-яёa-z])(?:/\d+)?"
    r"|[^\W\d_]+(?:-[^\W\d_]+)*|[,;-]|№",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+(?:/\d+)?[а-яa-z]?(?:/\d+)?", re.IGNORECASE)
# Types that are names of streets too: «ул. Набережная».
_ALSO_NAMES: Final = frozenset({"набережная", "аллея", "площадь", "проезд", "бульвар"})
_NAMED: Final = ("region", "settlement", "street")
_NUMBERED: Final = ("house", "building", "entrance", "flat")
_DIGITS: Final = re.compile(r"\d+")
# A line that ends in the number of a flat, after a house that ends in its number or letter.
_WITH_FLAT: Final = re.compile(r"(.*[0-9][а-яa-z]?), ?кв\.? ?([0-9]{1,5})", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """The parts of an address; what was not told is empty. `street` is without its type."""

    postal_code: str = ""
    region: str = ""
    settlement_type: str = ""
    settlement: str = ""
    street_type: str = ""
    street: str = ""
    house: str = ""
    entrance: str = ""
    flat_type: str = ""
    flat: str = ""

    @property
    def street_line(self) -> str:
        """Return «ул. Ленина»; a street whose type nobody told is one of type «ул.»."""
        return f"{self.street_type or 'ул.'} {self.street}" if self.street else ""

    @property
    def line(self) -> str:
        """Return the normal form: «Озёрск, ул. Ленина, д. 15, кв. 3»."""
        settlement = self.settlement
        if settlement and self.settlement_type not in ("", "г."):
            settlement = f"{self.settlement_type} {settlement}"
        flat = f"{self.flat_type or 'кв.'} {self.flat}" if self.flat else ""
        return join(
            settlement,
            self.street_line,
            label("д.", self.house) if self.house else "",
            label("подъезд", self.entrance) if self.entrance else "",
            flat,
        )

    @property
    def key(self) -> str:
        """Return what two spellings of one address have in common."""
        return fold(self.line)


@dataclass
class _Part:
    kind: str = ""
    mark: str = ""
    words: str = ""

    def add(self, word: str) -> None:
        self.words = f"{self.words} {word}".strip()


def normal(text: str) -> str:
    """Return the normal form of a typed line; what is no address comes back tidied."""
    return parse(text).line or " ".join((text or "").split())


def parse(text: str) -> Address:
    """Return the parts of a typed line, in any usual spelling and order of type and name.

    «ленина 15-3», «Ленина ул., дом 15, кв.3», «ул.Ленина д 15 к 2 кв 3» are understood; a name
    without a type before a street is the settlement.
    """
    of_flat = _WITH_FLAT.fullmatch(text or "")
    house = _parse(of_flat[1]) if of_flat else None
    if house and not house.flat:
        return replace(house, flat_type="кв.", flat=of_flat[2])
    return _parse(text or "")


def after_settlement(text: str, settlement: str) -> str:
    """Return what follows «г. Озёрск» in a line that begins with it, "" where it does not.

    People say «Озёрск Ленина 15», without a comma: which words are the settlement only who knows
    it can tell.
    """
    name = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", fold(settlement))))
    begins = rf"\s*(?:(?:{_SETTLEMENT_TYPES})\b\.?\s*)?{name}(?=[\s,])[\s,]*(.+)"
    found = re.match(begins, fold(text)) if settlement else None
    return found[1] if found else ""


@lru_cache(maxsize=4096)
def _parse(text: str) -> Address:
    """Kept: a register tells each house once a flat."""
    postal_code, rest = _postal_code(text)
    parts = _named(_parts([sign for sign in _TOKENS.findall(rest) if sign != "№"]))
    known = {part.kind: part for part in reversed(parts)}

    def words(kind: str) -> str:
        return known[kind].words if kind in known else ""

    def mark(kind: str) -> str:
        return known[kind].mark if kind in known else ""

    buildings = [label(part.mark, part.words) for part in parts if part.kind == "building"]
    return Address(
        postal_code=postal_code,
        region=label(mark("region"), words("region")) if "region" in known else "",
        settlement_type=mark("settlement"),
        settlement=words("settlement"),
        street_type=mark("street"),
        street=words("street"),
        house=" ".join(filter(None, [words("house"), *buildings])),
        entrance=words("entrance"),
        flat_type=mark("flat"),
        flat=words("flat"),
    )


def label(prefix: str | None, name: str | None) -> str:
    """Return «д. 15»; a name that brings its own type («пр-кт Мира») keeps it."""
    name = " ".join((name or "").split())
    first = name.partition(" ")[0].lower().rstrip(".").replace("ё", "е")
    own = _MARKS.get(first, ("", ""))[0] in ("street", "settlement") and " " in name
    return name if own or not prefix else f"{prefix} {name}".strip()


def join(*parts: str | None) -> str:
    """Return the parts that there are, one after another."""
    return ", ".join(part for part in parts if part)


def of_part(above: str | None, prefix: str | None, name: str | None, kind: str | None = "") -> str:
    """Return the address of a part of what stands at `above`; `kind` names one without a name."""
    return join(above, label(prefix, name) or kind)


def fold(text: str | None) -> str:
    """Return the text for comparing: small letters, «ё» as «е», single spaces."""
    return " ".join((text or "").lower().replace("ё", "е").split())


def sort_key(address: str | None) -> str:
    """Return what a list is ordered by: flat 2 before flat 10, «ё» beside «е»."""
    return _DIGITS.sub(lambda digits: digits.group().zfill(6), fold(address))


def above(parent_path: str | None) -> list[int]:
    """Return the ids of a stored path, the record itself first: «1/5/9/» → [9, 5, 1]."""
    return [int(one) for one in reversed((parent_path or "").split("/")) if one]


def _postal_code(text: str) -> tuple[str, str]:
    found = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    if not found:
        return "", text
    return found.group(), text[: found.start()] + text[found.end() :]


def _parts(signs: list[str]) -> list[_Part]:
    parts = [_Part()]
    for index, sign in enumerate(signs):
        follows = signs[index + 1] if index + 1 < len(signs) else ""
        _take(parts, sign, follows)
    return [part for part in parts if part.words]


def _take(parts: list[_Part], sign: str, follows: str) -> None:
    part = parts[-1]
    if sign in ",;":
        parts.append(_Part())
    elif sign == "-":
        if part.kind == "house" and part.words:
            parts.append(_Part("flat", "кв."))
    elif _NUMBER.fullmatch(sign):
        _take_number(parts, sign, follows)
    elif mark := _mark(sign, follows, part):
        _take_mark(parts, *mark)
    elif _is_letter_of(part, sign):
        part.words += sign.lower()
    else:
        if part.kind in _NUMBERED and part.words:
            parts.append(_Part())
        parts[-1].add(_capital(sign))


def _mark(sign: str, follows: str, part: _Part) -> tuple[str, str] | None:
    """Return (kind, mark) where the sign is a type of a part and not a letter of a house."""
    found = _MARKS.get(sign.lower().replace("ё", "е"))
    if not found:
        return None
    kind, mark = found
    if sign.lower() in _ALSO_NAMES and not part.words and not _goes_on(follows):
        return None
    before_number = bool(follows[:1].isdigit())
    if kind == "house" and not before_number:
        return ("settlement", "дер.") if follows and follows[0].isalpha() else None
    if kind == "building" and not before_number and len(follows) != 1:
        return None
    if kind in _NUMBERED and not before_number and _is_letter_of(part, sign):
        return None
    return kind, mark


def _take_mark(parts: list[_Part], kind: str, mark: str) -> None:
    """Begin a part of this kind, or name the kind of the part that has just been told."""
    part = parts[-1]
    if kind in _NAMED and part.words and not part.kind:
        part.kind, part.mark = kind, mark
        parts.append(_Part())
    elif part.words or part.kind:
        parts.append(_Part(kind, mark))
    else:
        part.kind, part.mark = kind, mark


def _take_number(parts: list[_Part], sign: str, follows: str) -> None:
    part = parts[-1]
    begins_name = follows[:1].isalpha() and len(follows) > 1 and not _is_mark(follows)
    if part.kind in _NUMBERED and not part.words:
        part.words = sign.lower()
    elif (part.kind in _NAMED and not part.words) or (begins_name and not _told(parts)):
        part.add(sign)
    elif not any(one.kind == "house" for one in parts):
        parts.append(_Part("house", "д.", sign.lower()))
    elif not any(one.kind == "flat" for one in parts):
        parts.append(_Part("flat", "кв.", sign.lower()))


def _told(parts: list[_Part]) -> bool:
    """Whether a street may have been told: a number after it is a house."""
    return any(part.words for part in parts)


def _goes_on(follows: str) -> bool:
    """Whether a name comes next: «набережная Невы», not «ул. Набережная, д. 3»."""
    return follows[:1].isalpha() and not _is_mark(follows)


def _is_mark(sign: str) -> bool:
    return sign.lower().replace("ё", "е") in _MARKS


def _is_letter_of(part: _Part, sign: str) -> bool:
    """Whether it is the letter of a house: «15 а»."""
    return (
        len(sign) == 1
        and sign.isalpha()
        and part.kind in ("house", "flat")
        and part.words[-1:].isdigit()
    )


def _capital(word: str) -> str:
    """Return «Ленина» for «ленина» and for «ЛЕНИНА» of a register; «МВД» and «МакКоя» stay."""
    if word.isupper() and len(word) > 3:
        return "-".join(part.capitalize() for part in word.split("-"))
    if word.lower() != word or word in ("лет", "и", "на"):
        return word
    return word[:1].upper() + word[1:]


def _named(parts: list[_Part]) -> list[_Part]:
    """Say of names without a type what they are: the last one before the house is the street."""
    unnamed = [part for part in parts if not part.kind]
    kinds = {part.kind for part in parts}
    if unnamed and "street" not in kinds:
        unnamed.pop().kind = "street"
    if unnamed and "settlement" not in kinds:
        unnamed[-1].kind = "settlement"
    return parts
