"""Measures of support by a citizen's answers: what fits, what may fit, and why it is proposed.

Conditions are data: which question, which test, which values; nothing of them is evaluated as code.
An answer that was not given makes a condition unknown, never failed: the state does not refuse for
want of a question.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

YES_NO: Final = "yes_no"
NUMBER: Final = "number"
CHOICE: Final = "choice"

YES: Final = "yes"
NO: Final = "no"
AT_LEAST: Final = "at_least"
AT_MOST: Final = "at_most"
ONE_OF: Final = "one_of"
NONE_OF: Final = "none_of"
# Which tests make sense for a question of a kind.
TESTS: Final[Mapping[str, tuple[str, ...]]] = {
    YES_NO: (YES, NO),
    NUMBER: (AT_LEAST, AT_MOST),
    CHOICE: (ONE_OF, NONE_OF),
}

HOLDS: Final = "holds"
FAILS: Final = "fails"
UNKNOWN: Final = "unknown"

FITS: Final = "fits"
MAY_FIT: Final = "may_fit"
NO_FIT: Final = "no_fit"

EVERY_WAY: Final = 0  # conditions that each of the ways needs
LARGEST: Final = 1_000_000_000

Answer = bool | float | frozenset[int]


@dataclass(frozen=True)
class Question:
    """What is asked: its kind, of a choice the options there are, of a number its bounds."""

    key: int
    kind: str
    options: frozenset[int] = frozenset()
    least: float = 0
    most: float = LARGEST


@dataclass(frozen=True)
class Condition:
    """A test of one answer; conditions of one `way` hold together, one way is enough."""

    key: int
    question: int
    test: str
    number: float = 0
    options: frozenset[int] = frozenset()
    way: int = EVERY_WAY


@dataclass(frozen=True)
class Measure:
    """A measure with its conditions and the places it is for (none: everywhere)."""

    key: int
    conditions: tuple[Condition, ...] = ()
    places: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether a measure fits, and what each condition of the way taken is worth."""

    measure: int
    fit: str
    why: tuple[tuple[int, str], ...] = ()  # (condition, HOLDS or UNKNOWN)
    place: str = HOLDS
    unknown: int = field(default=0, compare=False)


def written(number: float) -> str:
    """Return a number as people write it: «3», «1,5», never «1,00»."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def clean(questions: Iterable[Question], given: Mapping[object, object]) -> dict[int, Answer]:
    """Return the answers of `given` ({key: value} as a browser sends it) that are answers at all.

    What is of no question, of another kind or out of bounds is left out, as if it was not given.
    """
    told = {str(key): value for key, value in given.items()}
    found = {}
    for question in questions:
        answer = _answer(question, told.get(str(question.key)))
        if answer is not None:
            found[question.key] = answer
    return found


def _answer(question: Question, value: object) -> Answer | None:
    if question.kind == YES_NO:
        return value if isinstance(value, bool) else None
    if question.kind == NUMBER:
        return _number(value, question.least, question.most)
    chosen = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    whole = {one for one in chosen if isinstance(one, int) and not isinstance(one, bool)}
    return frozenset(whole & question.options) or None


def _number(value: object, least: float, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or not least <= value <= most:
        return None
    if is_whole(least, most) and value != int(value):
        return None
    return float(value)


def is_whole(least: float, most: float) -> bool:
    """Whether answers are counted by ones: the bounds are whole; no upper bound says nothing."""
    return most < LARGEST and least == int(least) and most == int(most)


def test(condition: Condition, answers: Mapping[int, Answer]) -> str:
    """Return what a condition is worth: HOLDS, FAILS, or UNKNOWN without a fitting answer."""
    answer = answers.get(condition.question)
    if answer is None:
        return UNKNOWN
    if condition.test in TESTS[YES_NO]:
        holds = isinstance(answer, bool) and answer == (condition.test == YES)
        return _worth(holds, isinstance(answer, bool))
    if condition.test in TESTS[NUMBER]:
        return _test_number(condition, answer)
    if not isinstance(answer, frozenset):
        return UNKNOWN
    return _worth(bool(answer & condition.options) == (condition.test == ONE_OF), known=True)


def _test_number(condition: Condition, answer: Answer) -> str:
    if isinstance(answer, bool | frozenset):
        return UNKNOWN
    at_least = condition.test == AT_LEAST
    return _worth(answer >= condition.number if at_least else answer <= condition.number, True)


def _worth(holds: bool, known: bool) -> str:
    if not known:
        return UNKNOWN
    return HOLDS if holds else FAILS


def verdict(
    measure: Measure, answers: Mapping[int, Answer], around: frozenset[int] | None = None
) -> Verdict:
    """Return whether `measure` fits the answers; `around`: the citizen's place and those above it.

    The way with the fewest unknown conditions among those that do not fail explains the verdict.
    """
    place = _place(measure, around)
    worth = {one.key: test(one, answers) for one in measure.conditions}
    open_ways = [way for way in _ways(measure) if FAILS not in {worth[one.key] for one in way}]
    if place == FAILS or not open_ways:
        return Verdict(measure.key, NO_FIT, place=place)
    best = min(open_ways, key=lambda way: sum(worth[one.key] == UNKNOWN for one in way))
    why = tuple((one.key, worth[one.key]) for one in best)
    unknown = sum(state == UNKNOWN for _key, state in why) + (place == UNKNOWN)
    return Verdict(measure.key, MAY_FIT if unknown else FITS, why, place, unknown)


def _place(measure: Measure, around: frozenset[int] | None) -> str:
    if not measure.places:
        return HOLDS
    if around is None:
        return UNKNOWN
    return HOLDS if measure.places & around else FAILS


def _ways(measure: Measure) -> list[tuple[Condition, ...]]:
    """Return the alternatives, each with the conditions that all of them need."""
    common = tuple(one for one in measure.conditions if one.way == EVERY_WAY)
    numbers = sorted({one.way for one in measure.conditions} - {EVERY_WAY})
    if not numbers:
        return [common]
    return [
        (*common, *(one for one in measure.conditions if one.way == number)) for number in numbers
    ]


def choose(
    measures: Iterable[Measure],
    answers: Mapping[int, Answer],
    around: frozenset[int] | None = None,
) -> tuple[Verdict, ...]:
    """Return the verdicts of what fits, then of what may fit once more is known.

    What may fit must have something that speaks for it: without a condition that holds, every
    measure of the list would be proposed before the first answer. Surer ones come first.
    """
    found = [verdict(measure, answers, around) for measure in measures]
    fits = [one for one in found if one.fit == FITS]
    may = [one for one in found if one.fit == MAY_FIT and _speaks(one)]
    return (*fits, *sorted(may, key=lambda one: one.unknown))


def _speaks(found: Verdict) -> bool:
    return any(state == HOLDS for _key, state in found.why)
