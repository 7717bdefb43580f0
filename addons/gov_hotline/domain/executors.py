"""Executors: whose an addressee is by its name, and what the letter of an answer may say."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from .assignments import ORGANISATION, OTHER_BODY, OWN
from .problems import BLOCK, Problem

NUMBER_LIMIT: Final = 64  # characters of the number of an executor's answer
# Names of who is never subordinate: they are proposed as another body, the officer may correct it.
_OTHER_BODIES: Final = re.compile(
    r"^(администраци[яи]|прокурату|депутат|сенатор|совет |дума|суд[ьа ]|уполномоченн)"
    r"|законодательн\w* собрани|государственн\w* дум|городск\w* дум|район\w* дум|прокурату"
    r"|\b(мвд|фнс|мчс|фссп|росреестр|роспотребнадзор|следственн\w* комитет|пенсионн\w* фонд)\b"
    r"|муниципальн\w* образовани",
    re.IGNORECASE,
)


def proposed_kind(kind: str, name: str) -> str:
    """Whose an addressee is, unless its card says so: by what it is and by its name (practice 5).

    `kind`: agency, organisation or empty (a colleague).
    """
    if kind == ORGANISATION:
        return ORGANISATION
    return OTHER_BODY if kind == "agency" and _OTHER_BODIES.search(name.strip()) else OWN


def letter_problems(
    number: str, day: date | None, sent: date | None, today: date
) -> tuple[Problem, ...]:
    """What is wrong with the number and the date of an executor's answer, where they are given."""
    if len(number) > NUMBER_LIMIT:
        return (_problem("answer_number_long", "shorter_number", limit=str(NUMBER_LIMIT)),)
    if day is not None and (day > today or (sent is not None and day < sent)):
        shown = {
            "since": sent.strftime("%d.%m.%Y") if sent else "—",
            "until": today.strftime("%d.%m.%Y"),
        }
        return (_problem("answer_date_outside", "fix_executors_date", **shown),)
    return ()


def _problem(code: str, way_out: str, **params: str) -> Problem:
    return Problem(code, severity=BLOCK, way_out=way_out, params=params)
