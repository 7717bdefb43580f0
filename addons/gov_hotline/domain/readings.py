"""Readings of meters: what is taken, what is asked again, what is refused.

One set of checks for the operator, the portal and the voice menu. A month is thirty days; "usual"
is the average of the readings handed in, without the one being checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from itertools import pairwise
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

MONTH_DAYS: Final = 30
TIMES_TOO_MUCH: Final = 10
# Older than claims are heard (Civil Code, art. 196): such a day is a slip of the pen.
YEARS_BACK: Final = 3
LONGEST_SILENCE: Final = 366 * YEARS_BACK  # days
# A meter that measures in thousandths shows less than one unit in a quiet month.
LEAST_USUAL: Final = Decimal(1)
_THOUSANDTH: Final = Decimal("0.001")
_FIGURES: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")

Code = Literal[
    "ok", "same", "negative", "too_long", "future", "before_last", "before_meter", "too_old",
    "closed", "meter_off", "less", "not_turned", "too_much",
    "not_number", "not_day", "not_last",  # of what was typed, before the meter is looked at
]  # fmt: skip
# Why a strange reading is right all the same.
TURNED_OVER: Final = "turned_over"
REPLACED: Final = "replaced"
CONFIRMED: Final = "confirmed"
REASONS: Final = (CONFIRMED, TURNED_OVER, REPLACED)
# What is taken with a reason, and which reasons do.
ASKS: Final = {
    "less": (TURNED_OVER, REPLACED),
    "not_turned": (REPLACED,),
    "too_much": (CONFIRMED, TURNED_OVER, REPLACED),
}


@dataclass(frozen=True)
class Reading:
    """A reading handed in earlier; those struck out are not among them."""

    value: Decimal
    on: date


@dataclass(frozen=True)
class Meter:
    """What is known of a meter; `digits`: places before the comma.

    `readings` in any order of days; those of one day in the order they were handed in.
    """

    digits: int = 5
    is_active: bool = True
    account_open: bool = True
    installed_on: date | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def last(self) -> Reading | None:
        """The latest reading; of one day the one that was handed in last."""
        return max(reversed(self.readings), key=lambda one: one.on, default=None)

    @property
    def scale(self) -> Decimal:
        """The number at which the meter begins again from nought."""
        return Decimal(10) ** self.digits


@dataclass(frozen=True)
class Verdict:
    """`code` says what was found; `accepted` whether it is taken; `reasons` what would make it so.

    `used`: how much was used since the last reading, where that is known.
    """

    code: Code
    accepted: bool
    reasons: tuple[str, ...] = ()
    used: Decimal | None = None


def check(meter: Meter, value: Decimal, on: date, today: date, reason: str = "") -> Verdict:
    """Return whether `value` read on day `on` is taken from `meter`.

    `today` is the body's; `reason` one of REASONS or "". Refused whatever the reason: a closed
    account, a meter out of use, negative or too long a value, a day in the future, before the
    meter, before its last reading or more than YEARS_BACK years ago. Less than before is taken
    from a meter that turned over its digits or was replaced; ten times the usual month after it
    was confirmed.
    """
    refusal = _refusal(meter, value, on, today)
    if refusal:
        return Verdict(refusal, accepted=False)
    last = meter.last
    if last and last.on == on and last.value == value:
        return Verdict("same", accepted=True, used=Decimal(0))
    code, used = _finding(meter, value, on, reason)
    if code == "ok":
        return Verdict("ok", accepted=True, used=used)
    return Verdict(code, accepted=reason in ASKS[code], reasons=ASKS[code], used=used)


def _refusal(meter: Meter, value: Decimal, on: date, today: date) -> Code | None:
    last = meter.last
    found: tuple[tuple[Code, bool], ...] = (
        ("closed", not meter.account_open),
        ("meter_off", not meter.is_active),
        ("negative", value < 0),
        ("too_long", value >= meter.scale),
        ("future", on > today),
        ("before_meter", bool(meter.installed_on and on < meter.installed_on)),
        ("before_last", bool(last and on < last.on)),
        ("too_old", on < today - relativedelta(years=YEARS_BACK)),
    )
    return next((code for code, is_so in found if is_so), None)


def _finding(meter: Meter, value: Decimal, on: date, reason: str) -> tuple[Code, Decimal | None]:
    last = meter.last
    if last is None:
        return "ok", None
    used = value - last.value
    if used < 0:
        used = meter.scale - last.value + value
        if reason == TURNED_OVER and used > meter.scale / 2:
            return "not_turned", None
        if reason != TURNED_OVER:
            return "less", None
        return "less", used
    return ("too_much" if _is_too_much(meter, used, last.on, on) else "ok"), used


def _is_too_much(meter: Meter, used: Decimal, since: date, on: date) -> bool:
    usual = usual_month(meter.readings)
    if usual is None:
        return False
    months = max(Decimal(1), Decimal((on - since).days) / MONTH_DAYS)
    return used > TIMES_TOO_MUCH * max(usual, LEAST_USUAL) * months


def usual_month(readings: Sequence[Reading]) -> Decimal | None:
    """Return how much is used in thirty days; None while there are no two readings on two days.

    A reading less than the one before it (a new meter, digits turned over) begins the count anew;
    so does one after YEARS_BACK years of silence: such a day was a slip of the pen (year 1).
    """
    used, days = Decimal(0), 0
    ordered = sorted(readings, key=lambda one: one.on)
    for before, after in pairwise(ordered):
        between = (after.on - before.on).days
        if after.value >= before.value and between <= LONGEST_SILENCE:
            used += after.value - before.value
            days += between
    return used * MONTH_DAYS / days if days else None


def parse(text: str | float | None) -> Decimal | None:
    """Return what was typed or said as a number: «12,5», «1 204.3»; None for anything else.

    Figures of a meter alone: neither «1e3» nor the figures of other scripts. Thousandths are the
    most a meter shows: finer parts are cut off.
    """
    typed = "".join(str("" if text is None else text).split()).replace(",", ".")
    if isinstance(text, str) and not _FIGURES.fullmatch(typed):
        return None
    try:
        value = Decimal(typed).quantize(_THOUSANDTH, ROUND_DOWN)
    except InvalidOperation:  # no number, or far too long
        return None
    return value if value.is_finite() else None


def parse_day(told: str | date | None, today: date) -> date | None:
    """Return the day of a reading: ISO text or a date, `today` where none is told; None for else.

    Of a moment the day is taken.
    """
    if not told:
        return today
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return None


def shown(value: Decimal | float) -> str:
    """Return a reading as people write it: 104.5 is «104,5», 12.0 is «12»."""
    return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")
