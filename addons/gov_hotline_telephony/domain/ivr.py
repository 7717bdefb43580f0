"""What the voice menu is keyed in and what it says: numbers of cases by digits, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LETTERS: Final = (*"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ", "КОЛ", "АНОНИМ")
_YEAR: Final = re.compile(r"20\d\d")
LONGEST: Final = 20
_DIGITS: Final = tuple("0123456789")
CLOSED: Final = "Сейчас операторы не работают."
# What became of a reading. An earlier reading is never told: whoever dials may be anybody.
READINGS: Final = {
    "not_number": "Это не число.",
    "too_long": "Цифр больше, чем у счётчика.",
    "before_last": "Уже есть более позднее показание.",
    "closed": "Лицевой счёт закрыт.",
    "meter_off": "Этот счётчик больше не используется.",
    "less": "Оно меньше прежнего.",
    "not_turned": "Оно меньше прежнего.",
    "too_much": "Оно намного больше обычного. Проверьте цифры на счётчике.",
}
# Why it may be right all the same, as the caller says by a key (the places in this order).
REASONS: Final = {
    "confirmed": "Если всё верно",
    "replaced": "Если счётчик заменили",
    "turned_over": "Если счётчик начал отсчёт заново",
}
_KEYS: Final = (
    "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять",
)  # fmt: skip


def digits(typed: str | None) -> str:
    """Return the digits of what was keyed; at most so many as can be meant."""
    return "".join(filter(str.isdecimal, typed or ""))[:LONGEST]


def number_keys(typed: str | None) -> tuple[str, ...]:
    """Return the keys (`lookup.number_key`) that a number keyed by digits alone may have.

    A telephone has no letters and no dashes: `4012026` is `И-401/2026` of any letter. The year is
    the last four digits, or the last two.
    """
    code = digits(typed)
    tails = {code.lstrip("0") or code}
    if len(code) > 4 and _YEAR.fullmatch(code[-4:]):
        tails.add(f"{_bare(code[:-4])}-{code[-4:]}")
    if len(code) > 2:
        tails.add(f"{_bare(code[:-2])}-{_bare(code[-2:])}")
    plain = sorted(filter(None, tails))
    return (*plain, *(f"{letter}-{tail}" for tail in plain for letter in LETTERS))


def _bare(text: str) -> str:
    return text.lstrip("0") or "0"


def meter_choice(names: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences of the choice of a meter; ten keys are all there are."""
    return tuple(f"{name}: нажмите {key}." for name, key in zip(names, _KEYS, strict=False))


def reasons(allowed: Iterable[str]) -> tuple[str, ...]:
    """Return the reasons of a strange reading in the order of their keys."""
    there = frozenset(allowed)
    return tuple(reason for reason in REASONS if reason in there)


def reason_choice(code: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences that ask why a strange reading is right, with a key each."""
    choice = zip(reasons(allowed), _KEYS, strict=False)
    asked = (f"{REASONS[reason]}, нажмите {key}." for reason, key in choice)
    return (*reading_words(code), *asked)


def chosen(key: str | None, allowed: Iterable[str]) -> str:
    """Return the reason of a key; "" for a key that has none."""
    found = reasons(allowed)
    return found[int(key) - 1] if key in _DIGITS[1 : len(found) + 1] else ""


def reading_words(code: str) -> tuple[str, ...]:
    """Return why a reading was not taken."""
    return tuple(filter(None, (READINGS.get(code),)))
