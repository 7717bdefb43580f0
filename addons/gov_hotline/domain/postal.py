"""Identifiers of registered post: «ШПИ» of the Russian Post and S10 of the Universal Postal Union.

Inside Russia 14 digits: the index of the office (6), the month (2), the letter (5), one to check.
Abroad and express 13 signs, «RA123456785RU»: two letters, eight digits, one to check, a country.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .problems import BLOCK, Problem

REGISTERED: Final = "registered"
PLAIN: Final = "plain"
_DOMESTIC: Final = re.compile(r"\d{14}")
_ABROAD: Final = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")
_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
_CELLS: Final = re.compile(r"[\t;]")


def cleaned(identifier: str) -> str:
    """The identifier without the spaces and hyphens that receipts print, letters large."""
    return re.sub(r"[\s\u00a0\u202f-]", "", identifier).upper()


def fault(identifier: str) -> str:
    """Code of what is wrong with a cleaned identifier, empty where it may be one."""
    if _DOMESTIC.fullmatch(identifier):
        right = _domestic_digit(identifier[:13])
        return "" if identifier[13] == right else "postal_check_digit"
    if _ABROAD.fullmatch(identifier):
        return "" if identifier[10] == _s10_digit(identifier[2:10]) else "postal_check_digit"
    return "not_postal_identifier"


def _domestic_digit(digits: str) -> str:
    """Odd places thrice, even ones once; what is missing to the next ten."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(digits))
    return str(-total % 10)


def _s10_digit(digits: str) -> str:
    """By the standard S10: 11 less the remainder; 10 is 0, 11 is 5."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return {10: "0", 11: "5"}.get(11 - total % 11, str(11 - total % 11))


def check(identifiers: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with identifiers of registered letters: {words of the letter: identifier}.

    An empty one is not given yet. Each letter has its own: one on two of them is a slip.
    """
    wrong = [
        _problem(code, letter=letter, identifier=one)
        for letter, one in identifiers.items()
        if one and (code := fault(one))
    ]
    seen: dict[str, str] = {}
    for letter, one in identifiers.items():
        if one and one in seen:
            wrong.append(taken(one, f"{seen[one]}; {letter}"))
        seen.setdefault(one, letter)
    return tuple(wrong)


def taken(identifier: str, letters: str) -> Problem:
    """The problem of an identifier that another letter has: `letters` names them."""
    return _problem("postal_identifier_taken", letter=letters, identifier=identifier)


def laid(pasted: str, numbers: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Lay a pasted column to letters by their outgoing `numbers`: ({place: identifier}, leftover).

    A row of two cells (a tab or a semicolon between) goes by the outgoing number in either of
    them, a row of one by its place; an empty row passes a letter over.
    """
    rows = pasted.rstrip().splitlines()
    if rows and rows[0].strip() and not re.search(r"\d", rows[0]):
        rows = rows[1:]  # the heading of the column
    places = {number: place for place, number in enumerate(numbers)}
    found: dict[int, str] = {}
    left: list[str] = []
    for index, row in enumerate(rows):
        cells = [cell.strip() for cell in _CELLS.split(row) if cell.strip()]
        named = next((places[cell] for cell in cells if cell in places), None)
        others = [cell for cell in cells if cell not in places]
        place = index if len(cells) == 1 and named is None else named
        if not cells:
            continue
        if place is None or place >= len(numbers) or len(others) != 1:
            left.append(row.strip())
            continue
        found[place] = cleaned(others[0])
    return found, left


def _problem(code: str, **words: str) -> Problem:
    return Problem(code, "", BLOCK, ("posted_number",), "", "look_at_receipt", words)
