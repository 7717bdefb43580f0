"""How much text a case takes and how much of it a printed sheet shows.

A layout engine measures an unbroken word again and again: a long one costs it minutes. So what is
printed is cut and its words are broken before the engine sees them.
"""

from __future__ import annotations

import re

TEXT_LIMIT = 100_000  # characters of an appeal: some fifty pages; more is a file, not a text
SUBJECT = 120  # characters of the first line of an appeal that lists show
WORD_LIMIT = 40  # longer than any Russian word of use: addresses of pages, numbers, noise
_SPACE = "\u200b"  # a place to break the line, of no width
_LONG_WORD = re.compile(rf"[^\s{_SPACE}]{{{WORD_LIMIT}}}(?=[^\s{_SPACE}])")
_EMPTY_LINES = re.compile(r"\n\s*\n")


def tidy(text: str, multiline: bool = False) -> str:
    """Return `text` without spaces around it and, unless `multiline`, on one line."""
    return text.strip() if multiline else " ".join(text.split())


def clip(text: str, limit: int, tail: str = "…") -> str:
    """Return `text` of at most `limit` characters; what was cut ends with `tail`, within them."""
    if len(text) <= limit:
        return text
    return text[: max(limit - len(tail), 0)].rstrip() + tail


def shorten(text: str, limit: int, tail: str = "…") -> str:
    """Return `text` of at most `limit` characters, cut between words where there are any."""
    if len(text) <= limit:
        return text
    whole = text[: limit - len(tail) + 1].rpartition(" ")[0].rstrip(" ,;:–-")
    return f"{whole}{tail}" if len(whole) > limit // 2 else clip(text, limit, tail)


def printable(text: str, limit: int, lines: int, tail: str = "…") -> str:
    """Return what a sheet shows of `text`: at most `limit` characters on `lines` lines and `tail`.

    Several empty lines become one. Overlong words may break: a zero-width space for every
    `WORD_LIMIT` characters, on top of `limit`.
    """
    text = text.strip()
    begun = text[:limit].splitlines()  # cut first: nothing below looks at a text of any length
    begun = _EMPTY_LINES.sub("\n\n", "\n".join(begun)).split("\n")
    shown = "\n".join(begun[:lines])
    if len(text) > limit or len(begun) > lines:
        shown = shown[: max(limit - len(tail), 0)].rstrip() + tail
    return _LONG_WORD.sub(lambda part: part.group() + _SPACE, shown)
