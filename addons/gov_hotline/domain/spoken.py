"""Dates as they are said aloud: «двадцать второго ноября две тысячи двадцать шестого года».

Read by operators from the screen and by a voice menu, so no digit is left to be guessed at.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from .russian import MONTHS

# Ordinals in the genitive, as a date is said.
_UNITS: Final = (
    "", "первого", "второго", "третьего", "четвёртого", "пятого", "шестого", "седьмого",
    "восьмого", "девятого", "десятого", "одиннадцатого", "двенадцатого", "тринадцатого",
    "четырнадцатого", "пятнадцатого", "шестнадцатого", "семнадцатого", "восемнадцатого",
    "девятнадцатого",
)  # fmt: skip
_TENS: Final = {
    20: ("двадцать", "двадцатого"),
    30: ("тридцать", "тридцатого"),
    40: ("сорок", "сорокового"),
    50: ("пятьдесят", "пятидесятого"),
    60: ("шестьдесят", "шестидесятого"),
    70: ("семьдесят", "семидесятого"),
    80: ("восемьдесят", "восьмидесятого"),
    90: ("девяносто", "девяностого"),
}


def spoken_day(day: date, today: date) -> str:
    """Return «двадцать второго ноября», with the year where it is not that of `today`."""
    words = f"{_ordinal(day.day)} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {spoken_year(day.year)}"


def spoken_year(year: int) -> str:
    """Return «две тысячи двадцать шестого года»; other centuries keep their digits."""
    if not 2000 <= year < 2100:
        return f"{year} года"
    return f"две тысячи {_ordinal(year - 2000)} года" if year > 2000 else "двухтысячного года"


def _ordinal(number: int) -> str:
    """Return the ordinal of 1 … 99 in the genitive."""
    if number < 20:
        return _UNITS[number]
    before, alone = _TENS[number - number % 10]
    return f"{before} {_UNITS[number % 10]}" if number % 10 else alone
