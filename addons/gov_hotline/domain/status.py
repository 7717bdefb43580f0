"""Who may be told the status of a case without its code: the comparison with what stands in it.

The algorithm of the hotline (practice 22): surname, name, patronymic, address and month of filing
must all be told, and each must agree with the case. Whatever stands in the case has to be told;
what the caller tells on top (a patronymic, a flat that the case lacks) does no harm. A slip of the
pen agrees with nothing, for «Иванов» and «Иванова» are two people. Which question failed is never
told to whoever asks, for a third person would guess the rest: it goes to the supervisor's log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final, Literal

from . import addresses, codes
from .persons import SLIP, PersonName

SURNAME: Final = "surname"
GIVEN: Final = "given_name"
PATRONYMIC: Final = "patronymic"
ADDRESS: Final = "address"
MONTH: Final = "month"
CODE: Final = "code"  # nothing in the case to compare with: only the number and the code help
NAMES: Final = (SURNAME, GIVEN, PATRONYMIC)
QUESTIONS: Final = (*NAMES, ADDRESS, MONTH)

Level = Literal["full", "partial", "none"]
FULL: Final = "full"
PARTIAL: Final = "partial"
NONE: Final = "none"
_LEVELS: Final = (NONE, PARTIAL, FULL)

WRONG_MONTH: Final = "wrong_month"
WRONG_CODE: Final = "wrong_code"

_APART: Final = re.compile(r"[\s\-‐‑–—.']+")


@dataclass(frozen=True)
class Claim:
    """What the caller told; `month` is (year, month), None while it was not told."""

    name: PersonName
    address: str = ""
    month: tuple[int, int] | None = None


@dataclass(frozen=True)
class Filed:
    """What stands in a case: whose it is, and the dates that a caller may call its filing."""

    name: PersonName
    address: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class Match:
    """How far a claim agrees with a case; `amiss`: which questions failed, for the log alone."""

    level: Level
    amiss: tuple[str, ...] = ()


def missing(claim: Claim) -> tuple[str, ...]:
    """Return the questions not asked yet. A patronymic may not exist: it is compared if it does."""
    told = {
        SURNAME: claim.name.surname,
        GIVEN: claim.name.given,
        ADDRESS: claim.address,
        MONTH: claim.month,
    }
    return tuple(question for question, answer in told.items() if not answer)


def misshapen(claim: Claim, code: str, today: date) -> tuple[str, ...]:
    """Return what can be no answer of anybody's: a month that has not come, a code of other digits.

    It says nothing of any case, so it may be told and counts as no attempt.
    """
    wrong = [WRONG_MONTH] if claim.month and claim.month > (today.year, today.month) else []
    if code and len(codes.tidy_code(code)) != codes.LENGTH:
        wrong.append(WRONG_CODE)
    return tuple(wrong)


def compare(claim: Claim, filed: Filed) -> Match:
    """Compare a whole claim with a case (practice 22).

    Partial is one thing amiss: a slip in the name, another address or another month. Two things
    amiss are another person's case.
    """
    names = _names_amiss(claim.name, filed.name)
    if names is None:
        return Match(NONE)
    amiss = [names] if names else []
    if claim.month not in {(day.year, day.month) for day in filed.days}:
        amiss.append((MONTH,))
    agrees = address_agrees(claim.address, filed.address)
    if agrees is not True:
        amiss.append((ADDRESS,) if agrees is False else (CODE,))
    if not amiss:
        return Match(FULL)
    return Match(PARTIAL, amiss[0]) if len(amiss) == 1 else Match(NONE)


def compare_any(claim: Claim, persons: Iterable[Filed]) -> Match:
    """Compare a claim with each signer of a case; the nearest counts."""
    matches = [compare(claim, filed) for filed in persons]
    return max(matches, key=lambda match: _LEVELS.index(match.level), default=Match(NONE))


def address_agrees(told: str, kept: str) -> bool | None:
    """Compare street, house and flat, and the settlement where both name it.

    None where the case holds no address that could be compared.
    """
    other = addresses.parse(kept)
    if not (other.street or other.settlement) or not other.house:
        same = bool(_bare(kept)) and _bare(told) == _bare(kept)
        return same or None
    rest = addresses.after_settlement(told, other.settlement) if other.street else ""
    return any(_places_agree(addresses.parse(text), other) for text in (told, rest) if text)


def _places_agree(one: addresses.Address, other: addresses.Address) -> bool:
    return (
        _street(one) == _street(other)
        and not _differ(one.street_type, other.street_type)
        and not _differ(one.settlement, other.settlement)
        and _bare(one.house) == _bare(other.house)
        and (not other.flat or _bare(one.flat) == _bare(other.flat))
    )


def name_key(text: str | None) -> str:
    """Return what spellings of one part of a name have in common: «Анна-Мария», «анна мария»."""
    return _APART.sub(" ", (text or "").casefold().replace("ё", "е")).strip()


def _names_amiss(told: PersonName, kept: PersonName) -> tuple[str, ...] | None:
    """Return the parts of the name to ask again; None where it is another person's."""
    pairs = zip(
        NAMES,
        (told.surname, told.given, told.patronymic),
        (kept.surname, kept.given, kept.patronymic),
        strict=True,
    )
    amiss = []
    for question, mine, theirs in pairs:
        one, other = name_key(mine), name_key(theirs)
        if not other and question == PATRONYMIC:
            continue
        if one != other:
            if one and not _alike(one, other):
                return None
            amiss.append(question)
    return tuple(amiss)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= SLIP


def _street(address: addresses.Address) -> frozenset[str]:
    """Return the words of a street in any order, without initials: «В. И. Ленина» is «Ленина»."""
    words = _APART.split(addresses.fold(address.street))
    return frozenset(word for word in words if len(word) > 1 or word.isdigit())


def _differ(one: str, other: str) -> bool:
    """Whether both are told and are not the same."""
    return bool(one and other) and _bare(one) != _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"[\s.,]+", "", addresses.fold(text))
