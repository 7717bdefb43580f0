"""A letter as its sheet shows it: greeting, paragraphs, addressee, enclosures.

Fields of GOST R 7.0.97-2016: 05 body, 08 reference data, 10 date, 11 number, 12 reference to the
incoming document, 15 addressee, 18 text, 19 enclosures, 22 signature, 25 executor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from . import declension, texts
from .declension import DATIVE
from .persons import PersonName

GREETING_LIMIT: Final = 80
ENVELOPE_LINE: Final = 38  # characters
_PARAGRAPH_LIMIT: Final = 20_000
# What XML forbids and what a layout engine takes for a page or a paragraph of its own.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


# What does not end a line.
_BINDING: Final = re.compile(
    r"(?:№|\b(?:ст|ч|п|г|ул|пл|пр|пер|д|кв|корп|стр|обл|тел)\.)(?= )", re.IGNORECASE
)
_ENDING: Final = 4  # letters of a file's ending
_SURNAME_FIRST: Final = re.compile(r"(\S+)\s+([А-ЯЁ]\.)\s*([А-ЯЁ]\.)?")


@dataclass(frozen=True)
class Sheet:
    """The text of a letter as a sheet sets it."""

    greeting: str
    paragraphs: tuple[str, ...]


def sheet(text: str) -> Sheet:
    """Split the text: a first short line that ends with «!» is the greeting, set in the middle."""
    lines = [line.strip() for line in plain(text).split("\n") if line.strip()]
    paragraphs = tuple(texts.printable(_bound(line), _PARAGRAPH_LIMIT, 1) for line in lines)
    if paragraphs and paragraphs[0].endswith("!") and len(paragraphs[0]) <= GREETING_LIMIT:
        return Sheet(paragraphs[0], paragraphs[1:])
    return Sheet("", paragraphs)


def _bound(line: str) -> str:
    """The line with its numbers and abbreviations kept together: «№ 5», «ст. 12», «ул. Ленина»."""
    return _BINDING.sub("\\g<0>\u00a0", line).replace("\u00a0 ", "\u00a0")


def plain(text: str) -> str:
    """The text without control characters but the end of a line."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def addressee(name: str, person: PersonName) -> str:
    """Field 15: «Ивановой М. П.»; a name written by hand, or one that is no person's, as it is."""
    if name.strip() != person.full:
        return name.strip()
    return declension.decline(person, DATIVE).short


def envelope_name(name: str, person: PersonName) -> str:
    """«Ивановой Марии Петровне»: whole, in the dative where it is sure."""
    if name.strip() != person.full:
        return name.strip()
    return declension.decline(person, DATIVE).full


def envelope_lines(address: str) -> tuple[str, ...]:
    """An address in lines for an envelope: one of one line is split at commas in the middle."""
    lines = address_lines(address)
    if len(lines) != 1 or len(lines[0]) <= ENVELOPE_LINE:
        return lines
    return tuple(_wrapped(lines[0].split(", ")))


def _wrapped(parts: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 2 <= ENVELOPE_LINE:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return [f"{line}," for line in lines[:-1]] + lines[-1:]


def title(file_name: str) -> str:
    """The title of an enclosure: the file's name without its ending."""
    stem, dot, ending = plain(file_name).rpartition(".")
    return stem if dot and stem and len(ending) <= _ENDING else plain(file_name)


def enclosures(names: Iterable[str]) -> tuple[str, ...]:
    """Field 19: the files of the letter, numbered where there is more than one."""
    listed = tuple(plain(name) for name in names)
    if len(listed) < 2:
        return listed
    return tuple(f"{n}. {name}" for n, name in enumerate(listed, 1))


def position(words: str, snapshot: str) -> str:
    """Field 22: the position without the order, where the snapshot begins with it."""
    shown = words if words and snapshot.startswith(words) else snapshot
    return shown[:1].upper() + shown[1:]


def address_lines(address: str) -> tuple[str, ...]:
    """The address as it is written on a letter and an envelope, a line a part."""
    return tuple(_bound(line.strip()) for line in plain(address).split("\n") if line.strip())


def signer(name: str) -> str:
    """Field 22: «В. А. Кузнецов»; a name that is not surname and initials stays as it is."""
    found = _SURNAME_FIRST.fullmatch(name.strip())
    if not found:
        return name.strip()
    return "\u00a0".join(filter(None, (found[2], found[3], found[1])))
