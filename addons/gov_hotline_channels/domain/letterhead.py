"""Number, date and control that a body's letter names (practice 10): proposed, never decided.

«Исх. № 7-12-2026 от 20.11.2026», «от 20 ноября 2026 г. № ГР-15/4», «Взято на контроль, о
результатах сообщить до 15.12.2026». «На № 15/1 от …» names the letter answered and is passed over.
Where two differ, none is proposed: an empty field is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

# As in the core's `domain/russian.py`: the pure packages of two add-ons do not import each other.
_MONTH_NAMES: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_DAY: Final = (
    r"[«\"]?(?P<day>\d{1,2})[»\"]?(?:[./](?P<month>\d{1,2})[./]|\s+(?P<name>"
    + "|".join(_MONTHS)
    + r")\s+)"
    r"(?P<year>\d{4})"
)
_NUMBER: Final = r"(?:№|N[оo]?\.?)\s*(?P<number>[0-9A-Za-zА-Яа-яЁё][\w\-–/.]{0,40})"
_OUTGOING: Final = re.compile(rf"(?P<sure>исх\w*\.?\s*)?{_NUMBER}\s*от\s*{_DAY}", re.IGNORECASE)
_DATED_FIRST: Final = re.compile(
    rf"(?P<sure>исх\w*\.?\s*)?\bот\s+{_DAY}\s*(?:г\.|года|г)?\s*,?\s*{_NUMBER}", re.IGNORECASE
)
_ANSWERED: Final = re.compile(r"\bна\s*$", re.IGNORECASE)
_ELSE: Final = re.compile(
    r"(обращени\w*|поручени\w*|приказ\w*|закон\w*|карточк\w*)\s*$", re.IGNORECASE
)
_CONTROL: Final = re.compile(
    r"\b(?:на|под)\s+(?:\w+\s+)?контрол|\bвзят[оаы]?\s+на\s+контроль|"
    r"\bо\s+(?:результат|принят)\w*[^.]{0,80}?(?:сообщить|проинформир|уведомить|информировать)|"
    r"(?:сообщить|проинформир\w+|уведомить|информировать)[^.]{0,60}\bо\s+(?:результат|принят)",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(rf"\b(?:в\s+срок\s+)?(?:до|не\s+позднее)\s+{_DAY}", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"^[ \t]*(?!исп)(?P<signed>(?:[А-ЯЁ][^\n]{1,80}?[ \t]+)?"
    r"(?-i:[А-ЯЁ]\.[ \t]*[А-ЯЁ]\.[ \t]*[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?))[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD: Final = 4000  # characters: a letterhead stands at the top


@dataclass(frozen=True)
class Letterhead:
    """What a letter says of itself; what it does not say for sure is empty."""

    number: str = ""
    dated: date | None = None
    is_controlled: bool = False
    report_by: date | None = None


def read(subject: str, body: str) -> Letterhead:
    """Read number, date and control out of a letter's words."""
    text = f"{subject}\n{body}"[:_HEAD]
    number, dated = _outgoing(text)
    found = _CONTROL.search(text)
    until = _UNTIL.search(text, found.start()) if found else None
    return Letterhead(number, dated, bool(found), _date(until) if until else None)


def signer(body: str) -> str:
    """Return the last line that is a signature, «Министр П. П. Петров»; empty where there is none.

    «Исп. …» names who typed the letter, not who signed it.
    """
    found = [match["signed"] for match in _SIGNED.finditer(body)]
    return " ".join(found[-1].split()) if found else ""


def _outgoing(text: str) -> tuple[str, date | None]:
    """The number and date that the letter gives itself, («», None) for none or for several."""
    marked, plain = set(), set()
    for pattern in (_OUTGOING, _DATED_FIRST):
        for match in pattern.finditer(text):
            before = text[max(match.start() - 30, 0) : match.start()]
            day = _date(match)
            number = match["number"].rstrip(".,;-–/")
            if day and re.search(r"\d", number) and not _of_another(before):
                (marked if match["sure"] else plain).add((number, day))
    candidates = marked or plain
    return candidates.pop() if len(candidates) == 1 else ("", None)


def _of_another(before: str) -> bool:
    """Whether the words before a number say that it is not this letter's."""
    return bool(_ANSWERED.search(before) or _ELSE.search(before))


def _date(match: re.Match[str]) -> date | None:
    month = match["month"] or _MONTHS[match["name"].lower()]
    try:
        return date(int(match["year"]), int(month), int(match["day"]))
    except ValueError:
        return None
