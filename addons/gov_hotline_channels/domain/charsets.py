"""Bytes of a letter into text, whatever charset the sender claims."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import Final

CYRILLIC: Final = ("cp1251", "koi8-r", "cp866")
# Old mail programmes write these over Russian letters.
_OFTEN_WRONG: Final = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_COMMON: Final = frozenset("оеаинтсрвлкмдпу")
_RARE: Final = frozenset("ъщэфюёцж")
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def known(charset: str) -> str:
    """Return Python's name of a charset that turns bytes into text, "" for any other."""
    try:
        codec = codecs.lookup(charset.strip().strip("\"'") or "?")
    except (LookupError, ValueError, UnicodeError):
        return ""
    # rot13 and zlib are codecs too
    return codec.name if getattr(codec, "_is_text_encoding", True) else ""


def decode(content: bytes, charset: str = "") -> tuple[str, str]:
    """Return the text and, where the claimed charset was not what it is in, the one it is in.

    Nothing claimed and nothing but ASCII or UTF-8 there is no mistake: the second is "".
    """
    claimed = known(charset)
    text = _strict(content, claimed)
    if text is not None and not (claimed in _OFTEN_WRONG and _looks_russian(content)):
        return printable(text), ""
    text = _strict(content, "utf-8")
    if text is not None:
        return printable(text), "utf-8" if claimed and not content.isascii() else ""
    best = max(CYRILLIC, key=lambda name: _score(content, name))
    return printable(content.decode(best, "replace")), best


def printable(text: str) -> str:
    """Return the text without what no screen and no database takes; line ends are `\\n`."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _strict(content: bytes, charset: str) -> str | None:
    if not charset:
        return None
    try:
        return content.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _looks_russian(content: bytes) -> bool:
    """Whether the high bytes stand in a row, as in words of another alphabet."""
    return any(len(run) > 3 for run in _HIGH.findall(content))


def _score(content: bytes, charset: str) -> int:
    """How Russian it reads: frequent letters against rare ones, no capitals within words."""
    text = content[:20_000].decode(charset, "replace")
    common = sum(letter in _COMMON for letter in text.lower())
    rare = sum(letter in _RARE for letter in text.lower())
    strange = sum(letter > "\x7f" and not letter.isalpha() for letter in text)
    odd = sum(before.islower() and after.isupper() for before, after in pairwise(text))
    return common - 2 * rare - 2 * strange - 2 * odd
