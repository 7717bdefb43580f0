"""A question in a caller's words: «ямы на дороге» is the topic whose everyday words it holds.

Endings are cut off roughly: everyday words are few, and a wrong hit only offers an agency too many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

SHORTEST: Final = 3
_REVERSED: Final = 4  # of so many letters a keyword may begin the caller's word: «пенсионер»
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDING: Final = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ах|ях|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю"
    r"|ом|ем|ам|ям|ию|ия|ии|а|я|о|е|у|ю|ы|и|ь|й)$"
)
# Words that say nothing of what it is about.
_IDLE: Final = frozenset(
    (
        *("нет", "как", "где", "кто", "что", "чем", "для", "при", "под", "над", "или", "без"),
        *("мне", "мой", "моя", "мое", "мои", "нам", "наш", "наша", "нашем", "это", "этот"),
        *("еще", "уже", "был", "была", "было", "есть", "надо", "можно", "почему", "когда"),
        *("куда", "кому", "около", "возле", "после", "перед"),
    )
)


def stem(word: str) -> str:
    """Return a word without its ending: «дороге» and «дорогах» are «дорог»."""
    folded = word.casefold().replace("ё", "е")
    cut = _ENDING.sub("", folded)
    return cut if len(cut) >= SHORTEST - (len(folded) <= SHORTEST) else folded


def stems(text: str | None) -> tuple[str, ...]:
    """Return the stems of the words that tell something, in their order, each once."""
    words = (word.casefold().replace("ё", "е") for word in _WORD.findall(text or ""))
    told = (word for word in words if len(word) >= SHORTEST and word not in _IDLE)
    return tuple(dict.fromkeys(map(stem, told)))


def best(text: str | None, keywords: Mapping[int, str]) -> tuple[int, ...]:
    """Return the keys whose keywords hold the most words of `text`; () where they hold none."""
    asked = stems(text)
    held = {key: _held(asked, stems(words)) for key, words in keywords.items()}
    most = max(held.values(), default=0)
    return tuple(key for key, count in held.items() if most and count == most)


def _held(asked: tuple[str, ...], known: tuple[str, ...]) -> int:
    return sum(any(_is_one(word, other) for other in known) for word in asked)


def _is_one(asked: str, known: str) -> bool:
    """Whether the words are one, or one is begun by the other."""
    if len(asked) < SHORTEST:
        return asked == known
    return known.startswith(asked) or (len(known) >= _REVERSED and asked.startswith(known))
