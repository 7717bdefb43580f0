"""What a call must tell before it is closed: who called and what exactly was asked (B6)."""

from __future__ import annotations

from typing import Final, Literal

Gap = Literal["", "question", "addressee_or_question"]

TEXT_LIMIT: Final = 20_000  # characters: some ten pages; more than a talk gives


def closing_gap(group: str, question: str, *, has_addressee: bool) -> Gap:
    """What a call of this group of handling still lacks; "" for nothing.

    A consultation is nothing without its question; thanks go to somebody or are for something.
    """
    if _says_something(question):
        return ""
    if group == "consultation":
        return "question"
    return "addressee_or_question" if group == "thanks" and not has_addressee else ""


def _says_something(text: str) -> bool:
    """A dash or a question mark alone is no question."""
    return any(character.isalnum() for character in text)
