"""Transcripts: their compact form, their text, how long recognition may take.

A line is [from, until, [[at, word], …]]: milliseconds, words with the blank before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

Line = Sequence[Any]
_LEAST: Final = 120.0  # seconds: loading the model on a busy machine
_PER_SECOND: Final = 20.0  # of sound, one thread: a slow processor under load


def text(lines: Iterable[Line]) -> str:
    """Return the words, a line each."""
    return "\n".join("".join(word for _at, word in words).strip() for *_time, words in lines)


def shown(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return what the player shows: times in seconds."""
    return [
        {
            "from": begins / 1000,
            "until": ends / 1000,
            "words": [[at / 1000, word] for at, word in words],
        }
        for begins, ends, words in lines
    ]


def patience(seconds: int, threads: int) -> float:
    """Return after how many seconds a recognition is given up."""
    return _LEAST + seconds * _PER_SECOND / max(1, threads)
