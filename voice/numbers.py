"""A number as somebody says it in Russian, digit by digit or whole: «двенадцать триста» is 12300.

Recognition writes digits, words or both. What is said in groups is joined as it is read off a
meter: «ноль ноль сто двадцать три» is 00123, «двенадцать сорок пять» is 1245.
"""

import re

UNITS = {
    "ноль": 0, "нуль": 0, "один": 1, "одна": 1, "одно": 1, "раз": 1, "два": 2, "две": 2, "три": 3,
    "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
}  # fmt: skip
TEENS = {
    "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14,
    "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
}  # fmt: skip
TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60,
    "семьдесят": 70, "восемьдесят": 80, "девяносто": 90,
}  # fmt: skip
HUNDREDS = {
    "сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600,
    "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
THOUSANDS = {"тысяча", "тысячи", "тысяч"}
COMMAS = {"запятая", "точка", "целых", "целая"}
_TOKEN = re.compile(r"\d+|[а-яё]+|(?<=\d)[.,](?=\d)")
_VALUES = {**UNITS, **TEENS, **TENS, **HUNDREDS}
WORDS = (*_VALUES, *THOUSANDS, *COMMAS)
LONGEST = 10


def parse(text: str) -> str:
    """Return the digits of what was said, a star for the comma; "" for anything that is no number.

    One unknown word, and nothing is guessed: the caller is asked again.
    """
    whole, comma, rest = _split([one for one in _TOKEN.findall(text.lower()) if one != "и"])
    digits, fraction = _digits(whole), _digits(rest)
    if digits is None or not digits or (comma and not fraction):
        return ""
    found = f"{digits}*{fraction}" if comma else digits
    return found if len(found) <= LONGEST else ""


def _split(words: list[str]) -> tuple[list[str], bool, list[str]]:
    places = [n for n, word in enumerate(words) if word in COMMAS or word in ".,"]
    if not places:
        return words, False, []
    return words[: places[0]], True, words[places[0] + 1 :]


def _digits(words: list[str]) -> str | None:
    """Return the groups said one after another, joined; None for a word that is no number."""
    groups: list[tuple[int, int]] = []  # value, the least that may still be added to it
    found = ""
    for word in words:
        if word.isdecimal():
            found += _join(groups) + word
            groups = []
        elif word in THOUSANDS:
            value = groups.pop()[0] if groups and groups[-1][0] < 1000 else 1
            groups.append((value * 1000, 1000))
        elif word in _VALUES:
            _add(groups, word)
        else:
            return None
    return found + _join(groups)


def _add(groups: list[tuple[int, int]], word: str) -> None:
    """Add a word to the group before it where it fits («двадцать» «три»), else begin another."""
    value = _VALUES[word]
    free = 100 if word in HUNDREDS else 10 if word in TENS else 1
    top = {1: 10, 10: 100, 100: 1000}[free] if word not in TEENS else 100
    if groups and value and groups[-1][1] >= top:
        before, _free = groups[-1]
        groups[-1] = (before + value, free)
    else:
        groups.append((value, free))


def _join(groups: list[tuple[int, int]]) -> str:
    return "".join(str(value) for value, _free in groups)
