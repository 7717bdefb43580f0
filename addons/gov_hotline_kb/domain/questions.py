"""A caller's question as words to look up: the question knows what a word may also mean.

Each word of the question becomes a `Term`: word stems any of which an article may hold, each with
its weight (1 for the word itself, less for a synonym, a mended slip or a word only begun).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

MOST_WORDS: Final = 24
QUERY_AT_MOST: Final = 200  # characters of what is typed into a search
READ_AT_MOST: Final = 2000  # characters of a longer text in which a question is looked for
LONGEST_WORD: Final = 60  # letters: the longest of dictionaries has fewer
SYNONYM: Final = 0.7
MENDED: Final = 0.8
WEAK: Final = 0.25
BEGUN: Final = 0.6
SHORTEST_BEGUN: Final = 3  # letters: «ко» begins half of the language
SHORTEST_UNKNOWN: Final = 4  # «кот» is no beginning of «котёл»
_WORD: Final = re.compile(r"[^\W_]+")
# They say nothing of what the question is about.
IDLE: Final = frozenset({
    "алло", "будет", "будут", "бы", "был", "была", "были", "было", "быть", "вам", "вас", "ваш",
    "вашей", "вашу", "весь", "вообще", "вот", "всего", "всем", "всех", "вы", "где", "да", "даже",
    "дайте", "день", "для", "до", "добрый", "должен", "должна", "должны", "едва", "если", "есть",
    "еще", "же", "за", "здравствуйте", "значит", "знаю", "из", "или", "им", "их", "как", "какая",
    "какие", "каким", "какими", "каких", "какого", "какое", "какой", "какую", "когда", "кого",
    "кому", "которая", "которые", "который", "кто", "куда", "ли", "либо", "меня", "мне", "мной",
    "могу", "моего", "моей", "моему", "может", "можете", "можно", "моих", "мой", "мою", "моя",
    "мы", "на", "надо", "нам", "нас", "наш", "наша", "нашей", "нашем", "нашу", "не", "него",
    "нее", "нельзя", "нет", "ни", "них", "но", "ну", "нужен", "нужна", "нужно", "нужны", "об",
    "обязательно", "он", "она", "они", "оно", "от", "очень", "по", "под", "подскажите",
    "пожалуйста", "пока", "помогите", "после", "потом", "почему", "при", "про", "просто", "раз",
    "разве", "сам", "сама", "сами", "свое", "своего", "своей", "свои", "свою", "себе", "себя",
    "сейчас", "скажите", "сколько", "стало", "так", "такая", "также", "такие", "такое", "такой",
    "там", "тебе", "то", "тогда", "того", "тоже", "только", "том", "тот", "тут", "ты", "уж",
    "уже", "хотела", "хотелось", "хотим", "хочет", "хочется", "хочу", "чего", "чем", "через",
    "что", "чтоб", "чтобы", "эта", "эти", "это", "этого", "этой", "этом", "этот", "эту", "я",
})  # fmt: skip
# Stems of what is done with anything: they tell little beside the word that names the thing.
WEAK_STEMS: Final = frozenset({
    "взят", "взять", "возможн", "выда", "выдач", "дават", "дад", "дадут", "дальш", "дат",
    "действ", "дел", "дела", "делат", "день", "дне", "имет", "иска", "куд", "лет", "мног", "нача",
    "начат", "нужд", "обрат", "обязан", "обязательн", "одн", "оформ", "перв", "пода", "подат",
    "пойт", "полож", "положен", "получ", "пользова", "поч", "пошл", "прав", "правильн", "прид",
    "придт", "прийт", "присла", "присыла", "пришл", "пройт", "проход", "реша", "решен", "сдела",
    "сделат", "скольк", "случ", "собира", "сообщ", "стат", "сто", "стоит", "требова", "требу",
    "узна", "указа", "установ", "ход", "числ",
})  # fmt: skip

# Fingers run along a row of keys, or strike three of them again and again.
_ROWS: Final = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS: Final = (*_ROWS, *(row[::-1] for row in _ROWS))
_SHORTEST_RUN: Final = 5  # letters: «мить» stands in a row of keys, too
_VOWELS: Final = frozenset("аеиоуыэюяaeiouy")
_SILENT_AT_MOST: Final = 5  # letters of «гбпоу», an abbreviation without a vowel
_CLUSTER: Final = re.compile(r"[бвгджзйклмнпрстфхцчшщъь]{8}|[аеиоуыэюя]{5}")
_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC: Final = str.maketrans(dict(zip(_LATIN, "йцукенгшщзхъфывапролджэячсмитьбю", strict=True)))


@dataclass(frozen=True)
class Term:
    """A word of the question: stems that mean it, with their weights."""

    stems: Mapping[str, float]


@dataclass(frozen=True)
class Synonyms:
    """Words that mean one thing: of each the stems it is made of («детский сад» of two)."""

    terms: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Thesaurus:
    """The groups of synonyms, found by a stem."""

    groups: Sequence[Synonyms]
    by_stem: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def thesaurus(groups: Iterable[Iterable[Iterable[str]]]) -> Thesaurus:
    """Return the thesaurus of groups of terms, each term given by its stems."""
    made = tuple(Synonyms(tuple(frozenset(stems) for stems in group if stems)) for group in groups)
    places: dict[str, list[int]] = {}
    for place, group in enumerate(made):
        for stem in frozenset().union(*group.terms):
            places.setdefault(stem, []).append(place)
    return Thesaurus(made, {stem: tuple(known) for stem, known in places.items()})


def typed(query: str | None) -> str:
    """Return what is looked for of a query that somebody typed."""
    return (query or "")[:QUERY_AT_MOST]


def words(text: str | None) -> tuple[str, ...]:
    """Return the words of a question that tell something, small, without «ё», each once."""
    plain = (text or "")[:READ_AT_MOST].casefold().replace("ё", "е")
    found = dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(plain))
    telling = [word for word in found if word not in IDLE and len(word) > 1]
    return tuple((telling or list(found))[:MOST_WORDS])


def is_told(text: str | None) -> bool:
    """Whether a text of a stranger asks something: a word in it tells, and is none by chance."""
    return any(word not in IDLE and not _is_chance(word) for word in words(text))


def _is_chance(word: str) -> bool:
    """Whether fingers made the word: «zzzz», «ааа», «йцукен», «12», a letter; not a rare word."""
    if len(word) < 2 or not word.isalpha() or len(set(word)) == 1:
        return True
    unit = _unit(word)
    if any(run.startswith(unit) for run in _RUNS[: len(_ROWS)]) and len(unit) > 2:
        return True
    if len(unit) >= _SHORTEST_RUN and any(unit in run for run in _RUNS):
        return True
    if len(unit) < len(word) and len(word) // len(unit) > 2:
        return True
    meant = word.translate(_CYRILLIC)  # the layout may have been forgotten
    silent = len(word) > _SILENT_AT_MOST and not _VOWELS & {*word, *meant}
    return silent or bool(_CLUSTER.search(word))


def _unit(word: str) -> str:
    """Return what the word is made of when it is said again and again: «йцу» of «йцуйцу»."""
    return next(
        word[:size]
        for size in range(1, len(word) + 1)
        if len(word) % size == 0 and word[:size] * (len(word) // size) == word
    )


def may_be_begun(word: str, known: bool) -> bool:
    """Whether the last word may be the beginning of a longer one; `known`: articles have it."""
    return len(word) >= (SHORTEST_BEGUN if known else SHORTEST_UNKNOWN)


def terms(
    asked: Sequence[str],
    stems: Mapping[str, Sequence[str]],
    known: Thesaurus,
    other: Mapping[str, Mapping[str, float]],
) -> tuple[Term, ...]:
    """Return what to look up for the words `asked`.

    `stems`: of each word; `other`: stems with weights that a mistyped or unfinished word may be.
    Synonyms are one step away, so groups that point at each other do no harm.
    """
    own = {stem for word in asked for stem in (*stems.get(word, ()), *other.get(word, ()))}
    made = []
    for word in asked:
        weights = {**other.get(word, {}), **dict.fromkeys(stems.get(word, ()), 1.0)}
        for stem in list(weights):
            for meant, weight in _synonyms(stem, own, known).items():
                weights[meant] = max(weights.get(meant, 0), weight)
        if weights:
            force = WEAK if WEAK_STEMS & set(stems.get(word, ())) else 1
            made.append(Term({stem: force * weight for stem, weight in weights.items()}))
    return tuple(made)


def _synonyms(stem: str, own: set[str], known: Thesaurus) -> dict[str, float]:
    """Return stems that mean what `stem` does; a term of several words only where all are there."""
    found: dict[str, float] = {}
    for place in known.by_stem.get(stem, ()):
        group = known.groups[place].terms
        if not any(stem in term and term <= own for term in group):
            continue
        for term in group:
            for other in term - own:
                weight = SYNONYM / len(term)
                found[other] = max(found.get(other, 0), weight)
    return found


def is_slip(typed: str, other: str, slips: Callable[[str, str], int]) -> bool:
    """Whether two whole stems differ by slips only: one from four letters on, two from eight on.

    `slips` forgives an unfinished word, so it is asked both ways.
    """
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    return max(slips(typed, other), slips(other, typed)) <= allowed


def doubles(groups: Mapping[int, Iterable[str]]) -> tuple[tuple[str, int, int], ...]:
    """Return (word, group, other group) for words that stand in two groups."""
    seen: dict[str, int] = {}
    return tuple(
        (word, seen[word], key)
        for key, group in groups.items()
        for word in group
        if seen.setdefault(word, key) != key
    )


def listed(line: str | None) -> tuple[str, ...]:
    """Return the terms of a line «квартплата, коммуналка, плата за жильё»."""
    plain = (line or "").casefold().replace("ё", "е")
    parts = (" ".join(_WORD.findall(one)) for one in re.split(r"[,;\n]", plain))
    return tuple(dict.fromkeys(filter(None, parts)))
