"""Telephone numbers: one key (E.164) for every spelling, and what is not a citizen's number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

Kind = Literal["number", "hidden", "internal", "service", "invalid"]
KINDS: Final[tuple[Kind, ...]] = ("number", "hidden", "internal", "service", "invalid")

# What PBXs put in place of a number that was withheld.
HIDDEN: Final = frozenset(
    {
        *("anonymous", "private", "unavailable", "unknown", "restricted", "withheld", "blocked"),
        *("hidden", "none", "null", "s", "asterisk", "noname", "privacy", "nocallerid"),
        *("скрыт", "скрытый", "скрытыйномер", "неизвестен", "неизвестный", "неизвестныйномер"),
        *("неопределен", "неопределён", "аноним", "анонимный"),
    }
)
# Emergency and state reference services of Russia: never a person, never dialled back.
SERVICE: Final = frozenset(
    {
        *("112", "101", "102", "103", "104", "01", "02", "03", "04"),
        *("115", "117", "121", "122", "123", "124", "129"),
    }
)

_LONGEST_EXTENSION: Final = 5
# `"Name" <sip:user@host;tag=1>`, `tel:user`, `"Name" <user>`, `user@host`.
_ADDRESS: Final = re.compile(
    r"(?:<(?:(?:sips?|tel):)?|^(?:sips?|tel):)([^@;>]*)|^([^@<]*)@", re.IGNORECASE
)


# A mobile of Russia in any usual spelling: every number of the code 9xx is one.
_MOBILE: Final = re.compile(r"(?:\+7|8|7)?(9[0-9]{9})")


@dataclass(frozen=True)
class Phone:
    """A number as it was understood: `e164` only for kind `number`.

    `region` is the country code of ISO 3166 («RU», «KZ»), `extension` the digits after «доб.».
    """

    e164: str | None
    kind: Kind
    raw: str = ""
    region: str = ""
    extension: str = ""


def normalise(raw: str | None, region: str = "RU") -> Phone:
    """Understand a number typed by a person or sent by a PBX.

    `8 (913) 123-45-67`, `+79131234567` and `9131234567` are one number. Hidden caller ids, short
    internal extensions and emergency services are kinds of their own; the rest is `invalid`.
    """
    return _normalise((raw or "").strip(), region)


def key(raw: str | None) -> str | None:
    """Return the E.164 of a typed number as `normalise` would, quickly for mobiles of Russia.

    A register has a hundred thousand of them, which need no tables of the world.
    """
    plain = re.sub(r"[ ()-]", "", raw or "")
    mobile = _MOBILE.fullmatch(plain)
    return f"+7{mobile[1]}" if mobile else normalise(raw).e164


def has_words(raw: str | None) -> bool:
    """Say whether words were typed where a telephone belongs: `лен 15 кв 3`, a surname.

    Digits that are no number yet, and what says that the number is hidden, are no such words.
    """
    return normalise(raw).kind == "invalid" and bool(re.search(r"[^\W\d_]", raw or ""))


def display(e164: str | None) -> str:
    """The number for the screen: `+7 913 123-45-67`; what is not E.164 comes back as it is."""
    try:
        number = phonenumbers.parse(e164 or "", None)
    except NumberParseException:
        return e164 or ""
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


@lru_cache(maxsize=4096)
def readable(raw: str | None) -> str:
    """A number as people read it; what is no number stays as it was written."""
    return display(normalise(raw).e164) or (raw or "").strip()


def shown(raw: str | None) -> str:
    """A caller's number as people read it; empty where hidden, whatever the exchange wrote."""
    return "" if normalise(raw).kind == "hidden" else readable(raw)


@lru_cache(maxsize=256)
def on_paper(raw: str | None) -> str:
    """A number as Russian letters print it: `8 (843) 555-01-01`; foreign ones internationally.

    What is no number, or several in one line, stays as it was written.
    """
    known = normalise(raw).e164
    if not (known or "").startswith("+7"):
        return readable(raw)
    return phonenumbers.format_number(phonenumbers.parse(known, None), PhoneNumberFormat.NATIONAL)


@lru_cache(maxsize=4096)  # of one call it is asked ten times
def _normalise(raw: str, region: str) -> Phone:
    text = _address_part(raw)
    if _is_hidden(text):
        return Phone(None, "hidden", raw)
    digits = re.sub(r"[\s()\-.]", "", text)
    if digits.removeprefix("+") in SERVICE:
        return Phone(None, "service", raw)
    if digits.isdecimal() and len(digits) <= _LONGEST_EXTENSION:
        return Phone(None, "internal", raw)
    number = next(filter(None, (_parse(guess, region) for guess in _guesses(text))), None)
    return _understood(number, raw) if number else Phone(None, "invalid", raw)


def _understood(number: phonenumbers.PhoneNumber, raw: str) -> Phone:
    return Phone(
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        kind="number",
        raw=raw,
        region=phonenumbers.region_code_for_number(number) or "",
        extension=number.extension or "",
    )


def _address_part(raw: str) -> str:
    """The user part of a caller's address as PBXs write it, or the text itself."""
    found = _ADDRESS.search(raw)
    return (found.group(1) or found.group(2) or "") if found else raw


def _is_hidden(text: str) -> bool:
    word = re.sub(r"[\s<>\"'_.]", "", text).casefold()
    return word in HIDDEN or not re.search(r"\w", word)


def _guesses(text: str) -> tuple[str, ...]:
    """Readings of one text, the likeliest first: PBXs drop the plus or send 00, people type +8."""
    plain = re.sub(r"^\s*\+\s*8(?=[\s(\-]*\d{3})", "8", text)
    if plain.lstrip().startswith("+"):
        return (plain,)
    zeros = re.sub(r"^\s*00", "+", plain)
    return (zeros,) if zeros != plain else (plain, f"+{plain}")


def _parse(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
