"""A text without the person who wrote it: what an executor «without personal data» is shown.

Practice 7: an organisation gets the address and the problem; who complains it need not know. Names
of the case, telephones, e-mails and numbers of documents give way to a mark. It is a help, no
guarantee: a name that is in no field of the case stays, so the officer looks before sending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MARK: Final = "[…]"
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Ten digits and more, as telephones and documents are written: 8 (913) 555-01-01, 112-233-445 95.
_NUMBER: Final = re.compile(r"(?<!\w)\+?\d(?:[\s()\-–]{0,2}\d){8,}(?!\w)")
_LEAST_NAME: Final = 3  # letters: shorter ones are words of the language too
_PHONE: Final = 10  # digits of a number without the code of the country
_ENDING: Final = 4  # letters that a case of declension may add to the stem


def depersonalise(text: str, names: Iterable[str]) -> str:
    """`text` with `names` (any part of a name, in any case) and ways to reach people marked out."""
    clean = _without_names(_NUMBER.sub(MARK, _EMAIL.sub(MARK, text)), names)
    return re.sub(rf"{re.escape(MARK)}(?:\s+{re.escape(MARK)})+", MARK, clean)


def tells_of(text: str, names: Iterable[str], ways: Iterable[str]) -> bool:
    """Whether `text` names the person or one of the `ways` to reach them (telephone, e-mail)."""
    return _without_names(text, names) != text or any(_holds(text, way) for way in ways)


def _holds(text: str, way: str) -> bool:
    if "@" in way:
        return way.strip().casefold() in text.casefold()
    number = re.sub(r"\D", "", way)[-_PHONE:]
    return len(number) == _PHONE and number in re.sub(r"\D", "", text)


def _without_names(text: str, names: Iterable[str]) -> str:
    words = {word for name in names for word in re.split(r"[\s.]+", name)}
    words = {word for word in words if len(word) >= _LEAST_NAME}
    for word in sorted(words, key=len, reverse=True):
        text = _name(word).sub(MARK, text)
    return text


def _name(word: str) -> re.Pattern[str]:
    """The word in every case: its stem and a short ending; only as a name is written."""
    stem = word[:-2] if len(word) > 5 else word[:-1] if len(word) > _LEAST_NAME else word
    spelt = re.escape(stem[0].upper()) + re.escape(stem[1:])
    spelt = re.sub("[её]", "[её]", spelt)
    return re.compile(rf"\b(?:{spelt}|{re.escape(stem.upper())})\w{{0,{_ENDING}}}\b")
