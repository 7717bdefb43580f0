"""Repeats and duplicates: which earlier case is proposed, and as what.

Cases are never merged and never refused for being alike: an officer or an operator links them by
one click. Figures are shares of common trigrams, 0…1, as PostgreSQL's `similarity` gives them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["repeat", "duplicate", "resubmission", "converted", "same_text"]
KINDS: Final = ("repeat", "duplicate", "resubmission", "converted", "same_text")
REPEAT: Final = "repeat"
DUPLICATE: Final = "duplicate"
SAME_TEXT: Final = "same_text"

ALIKE: Final = 0.3  # of one person on one topic, other words are usual
SAME: Final = 0.8  # whoever wrote it: the same letter
KEPT: Final = 500  # characters of a text that are compared
_NOT_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Earlier:
    """An earlier case beside the one at hand."""

    same_person: bool
    same_topic: bool
    is_final: bool
    likeness: float


def key(text: str) -> str:
    """The words of the beginning of `text` in small letters: what the database compares."""
    begun = text[: 2 * KEPT].lower().replace("ё", "е")
    return " ".join(_NOT_WORDS.sub(" ", begun).split())[:KEPT]


def proposed(earlier: Earlier) -> Kind | None:
    """As what an earlier case is proposed; None where it is not like the one at hand.

    One person: a case still being considered makes the new one a duplicate, a finished one makes
    it a repeat. Another person with the same words: the same text, sent by several.
    """
    if not earlier.same_person:
        return SAME_TEXT if earlier.likeness >= SAME else None
    if not earlier.same_topic and earlier.likeness < ALIKE:
        return None
    return REPEAT if earlier.is_final else DUPLICATE


def likeness(one: str, other: str) -> float:
    """The share of common trigrams of two keys, as PostgreSQL's `similarity` counts it."""
    first, second = _trigrams(one), _trigrams(other)
    together = first | second
    return len(first & second) / len(together) if together else 0.0


def _trigrams(text: str) -> set[str]:
    """Three letters of each word, two spaces before it and one after it."""
    words = (f"  {word} " for word in text.split())
    return {word[start : start + 3] for word in words for start in range(len(word) - 2)}
