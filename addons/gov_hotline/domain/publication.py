"""ANS-PUB: an answer may be published once nobody can be known from its text (59-FZ, art. 10, 6).

The text of the publication is kept apart from the answer. Nothing here publishes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .problems import BLOCK, WARN, Problem

ART_10_4: Final = "ч. 4 ст. 10 59-ФЗ"
ART_6_2: Final = "ч. 2 ст. 6 59-ФЗ"
RULE: Final = "ANS-PUB"
PHONE_DIGITS: Final = 7  # of the end of a number: however its beginning is written
STEM: Final = 4  # letters of a surname that stay in every case


@dataclass(frozen=True)
class Text:
    """What is to be published, and who must not be known from it."""

    text: str
    is_given: bool
    is_of_public_interest: bool = False
    is_personal_data_removed: bool = False
    surname: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


def problems(text: Text) -> tuple[Problem, ...]:
    """What stands in the way of marking the text as ready for publication."""
    return tuple(_problems(text))


def _problems(text: Text) -> Iterator[Problem]:
    if not text.is_given:
        yield _problem("publication_not_given", "give_answer", "answer_id")
    if not text.text.strip():
        yield _problem("publication_empty", "write_publication", "text")
    if not text.is_of_public_interest:
        yield _problem("publication_private_matter", "tick_interest", "is_of_public_interest")
    if not text.is_personal_data_removed:
        yield Problem(
            "publication_not_cleaned", ART_6_2, BLOCK, ("is_personal_data_removed",), RULE,
            "tick_removed",
        )  # fmt: skip
    found = "», «".join(dict.fromkeys(tells_of(text)))
    if found:
        yield Problem(
            "publication_tells_of_applicant", ART_6_2, WARN, ("text",), RULE, "take_out",
            {"found": found},
        )  # fmt: skip


def tells_of(text: Text) -> Iterator[str]:
    """The places of the text by which the applicant is known, as they are written there."""
    stem = text.surname.strip()[: max(STEM, len(text.surname.strip()) - 2)]
    if len(stem) >= STEM:
        yield from re.findall(rf"\b{re.escape(stem)}\w*", text.text, re.IGNORECASE)
    for words in (text.email.strip(), text.address.strip()):
        if words and words.casefold() in text.text.casefold():
            yield words
    digits = re.sub(r"\D", "", text.phone)[-PHONE_DIGITS:]
    if len(digits) == PHONE_DIGITS and digits in re.sub(r"[\s()\-–]", "", text.text):
        yield text.phone.strip()


def _problem(code: str, way_out: str, name: str) -> Problem:
    return Problem(code, ART_10_4, BLOCK, (name,), RULE, way_out)
