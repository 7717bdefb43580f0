"""When the line works, as it is said aloud: «с восьми часов до семнадцати часов тридцати минут»."""

from __future__ import annotations

from typing import Final

# Genitive of 0 … 59, as "с … до …" wants it; feminine forms are for minutes.
_UNITS: Final = (
    "ноля", "одного", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти",
    "десяти", "одиннадцати", "двенадцати", "тринадцати", "четырнадцати", "пятнадцати",
    "шестнадцати", "семнадцати", "восемнадцати", "девятнадцати",
)  # fmt: skip
_TENS: Final = {20: "двадцати", 30: "тридцати", 40: "сорока", 50: "пятидесяти"}
ROUND_THE_CLOCK: Final = "Линия работает круглосуточно."
DAY: Final = 24 * 60


def genitive(number: int, *, feminine: bool = False) -> str:
    """Return «двадцати одного», «двадцати одной»."""
    tens, units = (0, number) if number < 20 else (number - number % 10, number % 10)
    unit = "одной" if feminine and units == 1 else _UNITS[units]
    return " ".join(filter(None, (_TENS.get(tens), unit if units or not tens else "")))


def clock(minutes: int) -> str:
    """Return a moment of the day in the genitive: «восьми часов», «девяти часов тридцати минут»."""
    hour, minute = divmod(minutes, 60)
    text = f"{genitive(hour)} {_noun(hour, 'часа', 'часов')}"
    if minute:
        text += f" {genitive(minute, feminine=True)} {_noun(minute, 'минуты', 'минут')}"
    return text


def _noun(number: int, one: str, many: str) -> str:
    return one if number % 10 == 1 and number % 100 != 11 else many


def sentence(begin: int, end: int) -> str:
    """Return the hours of a working day, minutes since midnight, as a sentence."""
    if is_always(begin, end):
        return ROUND_THE_CLOCK
    return f"Мы работаем по рабочим дням с {clock(begin)} до {clock(end)}."


def is_always(begin: int, end: int) -> bool:
    """Whether no hours are set: such a line always works."""
    return begin == end or (begin, end) == (0, DAY)


def is_open(begin: int, end: int, now: int, *, is_working_day: bool) -> bool:
    """Whether the line works at this minute of a day."""
    return is_always(begin, end) or (is_working_day and begin <= now < end)
