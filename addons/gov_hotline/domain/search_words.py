"""Words to find a person, an address, an account by, however they are typed.

A text becomes small words without «ё»; a number of an address keeps what it is the number of:
«кв. 3» is found by «3», by «кв 3» and by «квартира 3», «15а» by «15» and by «15 а». What was typed
becomes words of the same kind, so that their order, their ends and their marks do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

MOST_WORDS: Final = 10
SHORTEST_KEPT, LONGEST_KEPT = 3, 32  # letters of the words that slips are mended by
LONG_NUMBER: Final = 4  # digits from which a number may be typed unfinished: it is no house
HOUSE, FLAT, BLOCK = "д", "кв", "корп"

# What stands before a number and says what it is the number of.
MARKS: Final = {
    "д": HOUSE, "дом": HOUSE, "кв": FLAT, "квартира": FLAT, "корп": BLOCK, "корпус": BLOCK,
    "к": BLOCK, "стр": "стр", "строение": "стр", "под": "под", "подъезд": "под", "п": "под",
    "эт": "эт", "этаж": "эт", "оф": "оф", "офис": "оф", "ком": "ком", "комната": "ком",
    "пом": "пом", "помещение": "пом", "вл": "вл", "владение": "вл", "уч": "уч", "участок": "уч",
    "каб": "каб", "кабинет": "каб",
}  # fmt: skip
# Kinds of streets and places: kept in full; typed, they may be left out.
KINDS: Final = {
    "ул": "улица", "просп": "проспект", "пр": "проспект", "пер": "переулок", "пл": "площадь",
    "наб": "набережная", "ш": "шоссе", "мкр": "микрорайон", "мкрн": "микрорайон",
    "бул": "бульвар", "прд": "проезд", "г": "город", "гор": "город", "обл": "область",
    "пос": "поселок", "дер": "деревня", "с": "село",
}  # fmt: skip
_KIND_WORDS: Final = frozenset({*KINDS, *KINDS.values(), "район", "проезд"})
_LITERA: Final = frozenset({"лит", "литер", "литера"})
_ENDINGS: Final = frozenset({"я", "й", "ая", "ый", "ой", "го", "ого", "му", "ти", "ми"})
_DASHED: Final = {"б-р": "бульвар", "пр-т": "проспект", "пр-кт": "проспект", "р-н": "район",
                  "пр-д": "проезд", "мкр-н": "микрорайон", "п-т": "проспект"}  # fmt: skip
_DASHED_RE: Final = re.compile(rf"\b(?:{'|'.join(_DASHED)})\b")
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+")
# A Latin letter after the number of a house is the Russian one that looks like it.
_LOOK: Final = str.maketrans("abcehkmoptxy", "авсенкмортху")

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_RUSSIAN: Final = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN: Final = str.maketrans(_RUSSIAN, _LATIN)


@dataclass(frozen=True)
class Word:
    """A name («ленина») or a number («15», «15а», «15/2»), with what it is the number of."""

    text: str
    is_number: bool = False
    mark: str = ""
    is_begun: bool = False

    @property
    def key(self) -> str:
        """How the index holds it."""
        return self.mark + self.text

    @property
    def may_be_unfinished(self) -> bool:
        """Whether longer words are meant too."""
        is_long = not self.mark and len(self.text) >= LONG_NUMBER and self.text.isdecimal()
        return not self.is_number or is_long or self.is_begun


@dataclass(frozen=True)
class Query:
    """What is looked for: every word; `initials` are single letters that some word begins with."""

    words: tuple[Word, ...] = ()
    initials: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The words that a dictionary may know."""
        return tuple(word.text for word in self.words if not word.is_number)

    @property
    def shown(self) -> str:
        """The query for people: «ленина кв 3»."""
        told = (f"{word.mark} {word.text}" if word.mark else word.text for word in self.words)
        return " ".join((*told, *self.initials))

    def unmarked(self) -> Query:
        """The same numbers whatever they are the numbers of."""
        return replace(self, words=tuple(replace(word, mark="") for word in self.words))

    def begun(self) -> Query:
        """The same where the number typed last may be only begun: «ленина 1» of house 15."""
        last = replace(self.words[-1], is_begun=self.words[-1].is_number)
        return replace(self, words=(*self.words[:-1], last))

    def without_flat(self) -> Query:
        """The house alone: without the number marked as a flat, or the last one of several."""
        numbers = [word for word in self.words if word.is_number]
        if not self.names or len(numbers) < 2:
            return self
        last = numbers[-1]
        is_flat = not last.mark and len(last.text) < LONG_NUMBER
        flats = [word for word in numbers if word.mark == FLAT] or [last] * is_flat
        return replace(self, words=tuple(word for word in self.words if word not in flats))

    def replaced(self, meant: Mapping[str, str]) -> Query:
        """The query with other names in place of some of its own."""
        mended = (
            word if word.is_number else replace(word, text=meant.get(word.text, word.text))
            for word in self.words
        )
        return replace(self, words=tuple(mended))


@dataclass(frozen=True)
class _Token:
    text: str
    before: str  # what stands between it and the one before, "" where they touch

    @property
    def is_number(self) -> bool:
        return self.text.isdecimal()


def normal(text: str | None) -> str:
    """Small letters, ё as е, one form of Unicode, no «№»."""
    plain = (text or "").replace("№", " ")
    return unicodedata.normalize("NFKC", plain).casefold().replace("ё", "е")


@lru_cache(maxsize=2**14)
def words(text: str | None) -> tuple[str, ...]:
    """All words that `text` (a name, an address line, a number) is found by, without doubles.

    Kept: an account, its flat and its holder's card are of the same few texts.
    """
    house, _comma, flat = (text or "").rpartition(", кв. ")
    if not (house and flat.isascii() and flat.isdecimal()):
        return _words(text or "")
    # the flats of a house have the words of the house in common
    own = _forms(replace(_number(flat, []), mark=FLAT))
    return tuple(dict.fromkeys((*_words(house), *own)))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    found = (form for word in _placed(_parse(text)) for form in _forms(word))
    return tuple(dict.fromkeys(found))


def account_line(number: str | None, holders: Iterable[str | None], address: str | None) -> str:
    """The line of an account: its number, the holder as the register and the card write it."""
    return line((*holders, address), codes=(number,))


def citizen_line(name: str | None, *address: str | None) -> str:
    """The line of a citizen: the name and the parts of the address."""
    return line((name, ", ".join(filter(None, address))))


def line(parts: Iterable[str | None], codes: Iterable[str | None] = ()) -> str:
    """The words of several texts and numbers in one line, as the index takes it; "" for none.

    Every text is read on its own: the house of an address follows its own street. `codes`:
    numbers of accounts, see `code_words`.
    """
    found = [*(code_words(code) for code in codes), *(words(part) for part in parts)]
    return " ".join(dict.fromkeys(word for held in found for word in held))


def code_words(code: str | None) -> tuple[str, ...]:
    """An account's or a contract's number: in one piece, and by its groups of signs."""
    groups = _TOKEN.findall(normal(code))
    return tuple(dict.fromkeys(("".join(groups), *groups))) if groups else ()


def is_kept(name: str) -> bool:
    """Whether the known words would hold a word that begins so: not a shorter or a longer one."""
    return SHORTEST_KEPT <= len(name) <= LONGEST_KEPT


def query(text: str | None) -> Query:
    """What was typed, as a question to the index."""
    parsed = _parse(text)[:MOST_WORDS]
    kept = [word for word in parsed if word.is_number or word.text not in _KIND_WORDS]
    if all(word.is_number for word in kept):  # «набережная 80» is the street itself
        kept = parsed
    initials = tuple(word.text for word in kept if not word.is_number and len(word.text) == 1)
    asked = (word for word in kept if word.is_number or len(word.text) > 1)
    return Query(tuple(dict.fromkeys(asked)), initials)


def queries(text: str | None) -> tuple[Query, ...]:
    """How the typed text may be meant: as it is, then in the other layout of the keyboard."""
    meant = (query(text), query(other_layout(text)))
    return tuple(dict.fromkeys(one for one in meant if one.words))


def other_layout(text: str | None) -> str:
    """What the same keys give in the other layout: «ktybyf 15» is «ленина 15», and back.

    A comma or a full stop after a word that is finished stays one: it is no «б» or «ю».
    """
    plain = (text or "").casefold()
    if re.search(r"[a-z]", plain):
        finished = re.sub(r"(?<=[a-z])[,.]+(?=\s)", "\n", plain)
        return finished.translate(_TO_RUSSIAN).replace("\n", " ")
    return plain.translate(_TO_LATIN) if re.search(r"[а-яё]", plain) else ""


def search_text(groups: Iterable[Iterable[tuple[str, bool]]]) -> str:
    """A tsquery: of each group (key, may be longer) at least one. Keys hold no sign of its own."""
    joined = (
        " | ".join(f"'{key}'{':*' if longer else ''}" for key, longer in group) for group in groups
    )
    return " & ".join(f"({group})" for group in joined)


def near(typed: str, known: Iterable[str], most: int = 6) -> tuple[str, ...]:
    """Of the known words those that `typed` may be a slip of, finished or not, the nearest first.

    One slip from four letters on, two from eight on; a swap of neighbours is one slip.
    """
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    measured = ((slips(typed, word), len(word), word) for word in set(known))
    close = sorted(one for one in measured if 0 < one[0] <= allowed)
    return tuple(word for _slips, _length, word in close if _slips == close[0][0])[:most]


def slips(typed: str, word: str) -> int:
    """How many letters lack, are too many, wrong or swapped in `typed` as a beginning of `word`."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        next_row = [i]
        for j, other in enumerate(word, 1):
            cost = min(row[j] + 1, next_row[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, typed[i - 2]) == (word[j - 2], other):
                cost = min(cost, before[j - 2] + 1)
            next_row.append(cost)
        before, row = row, next_row
    return min(row)


def score(asked: Query, held: Iterable[str]) -> tuple[int, int, int]:
    """How well a found line fits, the greater the better: numbers in their place, whole words.

    `held`: the words of the line. Of «15 3» the house is meant first, then the flat.
    """
    there = tuple(held)
    numbers = [word.text for word in asked.words if word.is_number and not word.mark]
    places = zip((HOUSE, FLAT), numbers, strict=False)
    placed = sum(_fits(mark + number, there) for mark, number in places)
    whole = sum(word.key in there for word in asked.words)
    return placed, whole, -len(there)


def _fits(key: str, there: Iterable[str]) -> int:
    """2 for the very house, 1 for «15а» or «15/2» where «15» is asked, 0 for another."""
    longer = any(one.startswith(key) and not one.removeprefix(key)[:1].isdecimal()
                 for one in there if one != key)  # fmt: skip
    return 0 if key not in there else 1 if longer else 2


# Reading


def _tokens(text: str | None) -> list[_Token]:
    plain = _DASHED_RE.sub(lambda found: _DASHED[found[0]], normal(text))
    found, end = [], 0
    for match in _TOKEN.finditer(plain):
        found.append(_Token(match[0], plain[end : match.start()] if end else " "))
        end = match.end()
    return found


def _parse(text: str | None) -> list[Word]:
    """The words of a text in their order; a number with its letter, fraction and mark."""
    tokens, found = _tokens(text), []
    while tokens:
        token = tokens.pop(0)
        if token.is_number:
            found.append(_number(token.text, tokens))
        elif tokens and tokens[0].is_number and token.text in MARKS:
            found.append(replace(_number(tokens.pop(0).text, tokens), mark=MARKS[token.text]))
        else:
            found.append(Word(KINDS.get(token.text, token.text)))
    return found


def _number(digits: str, tokens: list[_Token]) -> Word:
    """The number that begins with `digits`; takes what belongs to it from `tokens`."""
    bare = digits.lstrip("0") or digits
    if tokens and tokens[0].is_number and tokens[0].before == "/":
        return Word(f"{bare}/{tokens.pop(0).text}", is_number=True)
    if len(tokens) > 1 and tokens[0].text in _LITERA and len(tokens[1].text) == 1:
        tokens.pop(0)
    elif tokens and tokens[0].before in ("", "-") and tokens[0].text in _ENDINGS:
        tokens.pop(0)
        return Word(bare, is_number=True)
    if _is_letter_of_number(tokens):
        return Word(bare + tokens.pop(0).text.translate(_LOOK), is_number=True)
    return Word(bare if len(digits) < LONG_NUMBER else digits, is_number=True)


def _is_letter_of_number(tokens: list[_Token]) -> bool:
    """Whether one letter follows that is no mark of the next number («15 к 2»)."""
    if not tokens or len(tokens[0].text) != 1 or tokens[0].is_number:
        return False
    marks_next = len(tokens) > 1 and tokens[1].is_number and tokens[0].text in MARKS
    return not marks_next and not tokens[0].before.strip(" -\"'«»")


def _placed(parsed: list[Word]) -> list[Word]:
    """The number after the street's name is the house, the next one the flat."""
    placed, named, house = [], False, any(word.mark == HOUSE for word in parsed)
    for place, word in enumerate(parsed):
        named = named or (not word.is_number and len(word.text) > 1 and not _is_kind(word))
        plain = word.is_number and not word.mark and named
        if plain and not house and not _is_of_name(parsed, place):
            placed.append(replace(word, mark=HOUSE))
            house = True
        elif plain and placed[-1].mark in (HOUSE, BLOCK):
            placed.append(replace(word, mark=FLAT))
        else:
            placed.append(word)
    return placed


def _is_kind(word: Word) -> bool:
    return word.text in _KIND_WORDS


def _is_of_name(parsed: list[Word], place: int) -> bool:
    """Whether a name follows the number: «8 Марта», «50 лет Октября»."""
    after = parsed[place + 1 : place + 2]
    return bool(after) and not after[0].is_number and len(after[0].text) > 1


def _forms(word: Word) -> Iterable[str]:
    """What a word of a text is found by."""
    if not word.is_number:
        return (word.text,)
    whole, _slash, part = word.text.partition("/")
    bare = re.match(r"\d+", whole)[0]
    forms = [bare, word.text, *([part, BLOCK + part] if part else [])]
    if word.mark:
        forms += [word.mark + bare, word.mark + word.text]
    return forms
