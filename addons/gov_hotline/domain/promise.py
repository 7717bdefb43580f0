"""When a promise to call back counts as kept: by evidence, never by a tick.

A talk proves it, or a letter, or tries: somebody who was not reached at three hours of the day
cannot be said to have been forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

TRIES: Final = 3
APART: Final = timedelta(hours=1)  # three tries in a row are one: the line was busy
REMIND: Final = timedelta(minutes=15)


def hours_tried(moments: Iterable[datetime]) -> int:
    """Count tries that lie an hour or more apart; those in between are the same hour."""
    counted, last = 0, None
    for moment in sorted(moments):
        if last is None or moment - last >= APART:
            counted, last = counted + 1, moment
    return counted


def is_kept_by_tries(moments: Iterable[datetime]) -> bool:
    """Say whether tries at so many different hours stand for the talk."""
    return hours_tried(moments) >= TRIES


def is_to_remind(due: datetime, now: datetime) -> bool:
    """Say whether the time of the promise is so near that its keeper is told."""
    return due - REMIND <= now
