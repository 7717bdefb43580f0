"""Call-backs: who is called back, when, by which operator, and what a try has brought.

Moments are naive and of one clock unless they are called local. The database finds what waits and
writes what is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

Cause = Literal["abandoned", "wish", "dropped", "fault", ""]
End = Literal["pending", "talk", "try", "own", "nothing"]

NOBODY_TOOK: Final = 5  # times that no operator lifted the handset before a person is asked
AGAIN: Final = timedelta(minutes=1)  # after what was not the citizen's doing
SETTLE: Final = timedelta(seconds=10)  # after a dropped talk: who is quick dials again himself
IN_TIME: Final = timedelta(minutes=5)  # D1: from giving up
DISPATCH: Final = timedelta(minutes=10)  # ADS-5: from the call itself
DISPATCH_ANSWER: Final = timedelta(minutes=5)
# Ends of a command by which the own telephone, not the citizen's, was not reached.
_OWN: Final = frozenset({"no_answer", "busy", "rejected", "offline"})


@dataclass(frozen=True, slots=True)
class Rules:
    """How a line calls back. Hours are of the body's day: 8.5 is half past eight."""

    tries: int = 3
    interval: int = 10  # minutes
    opens: float = 9.0
    closes: float = 21.0
    always: bool = False  # the line works round the clock: so do its call-backs
    same_minutes: int = 2  # a dropped talk waits so long for its own operator
    dispatch: bool = False  # ADS-5


@dataclass(frozen=True, slots=True)
class Ended:
    """A call of a citizen that is over."""

    fate: str
    ended_by: str = ""
    unknown: bool = False  # a part of it was not followed
    wish: bool = False  # asked to be called back
    talked: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A call-back that waits."""

    id: int
    since: datetime
    company: int
    first: int = 0  # the operator whose talk was dropped …
    first_until: datetime | None = None  # … who is waited for until then
    missed: frozenset[int] = frozenset()  # operators who did not take the telephone for it


@dataclass(frozen=True, slots=True)
class Free:
    """An operator who may be rung."""

    user: int
    company: int
    since: datetime
    finishing: bool = False  # the card of the last talk: rung for that talk alone


def cause(call: Ended) -> Cause:
    """Return why the citizen of an incoming call that is over is to be called back; "" for no."""
    if call.talked:
        # of a crash of the PBX the ledger knows for sure; else nobody is rung by a guess
        dropped = not call.ended_by and (call.fate == "cut" or not call.unknown)
        return "dropped" if dropped else ""
    if call.wish:
        return "wish"
    if call.fate == "cut":
        return "fault"
    return "abandoned" if call.fate in ("abandoned", "no_answer") else ""


def is_day(local: datetime, rules: Rules) -> bool:
    """Say whether citizens are called at this hour."""
    hour = local.hour + local.minute / 60 + local.second / 3600
    return rules.always or rules.opens <= hour < rules.closes


def next_day(local: datetime, rules: Rules) -> datetime:
    """Return the moment itself by day, else when the next day of calls begins."""
    if is_day(local, rules):
        return local
    begins = local.replace(hour=0, minute=0, second=0, microsecond=0)
    begins += timedelta(hours=rules.opens)
    return begins if local < begins else begins + timedelta(days=1)


def due_at(started: datetime, ended: datetime, rules: Rules) -> datetime:
    """Return by when the citizen is to have been called back."""
    return started + DISPATCH if rules.dispatch else ended + IN_TIME


def end(command: str, result: str, phase: str, fate: str, *, reached: bool) -> End:
    """Return what came of a dialling: of its command, then of its call.

    reached: the citizen's own telephone was dialled. A command of unknown fate may have rung the
    citizen: it counts as a try and is never sent again.
    """
    if command in ("new", "sent"):
        return "pending"
    if command == "failed":
        return "own" if result in _OWN else "nothing"
    if phase != "over":
        return "pending"
    if fate == "answered":
        return "talk"
    return "try" if reached or command == "unknown" else "own"


def after(came: End, now: datetime, rules: Rules, tries: int, not_taken: int) -> datetime | None:
    """Return when to dial next, after so many tries; None when a person goes on."""
    if came == "try":
        return None if tries >= rules.tries else now + timedelta(minutes=rules.interval)
    if not_taken >= NOBODY_TOOK:
        return None
    return now + AGAIN


def assign(waiting: Iterable[Due], free: Iterable[Free], now: datetime) -> list[tuple[int, int]]:
    """Return [(call-back, operator)]: who waited longest first, who was idle longest first."""
    idle = sorted(free, key=lambda one: (one.since, one.user))
    found = []
    for task in sorted(waiting, key=lambda one: (one.since, one.id)):
        taker = _taker(task, idle, now)
        if taker:
            idle.remove(taker)
            found.append((task.id, taker.user))
    return found


def _taker(task: Due, idle: list[Free], now: datetime) -> Free | None:
    """The operator of the dropped talk, also while finishing its card; others when that is over.

    Who let it ring before is rung again only where nobody else is free.
    """
    near = [one for one in idle if one.company == task.company]
    if task.first and task.first_until and now < task.first_until:
        return next((one for one in near if one.user == task.first), None)
    silent = [one for one in near if not one.finishing]
    others = (one for one in silent if one.user not in task.missed)
    return next(others, next(iter(silent), None))
