"""The ordered steps of a day, whom to remind when, and how late is late enough for whom.

Order and escalation are the body's own arrangements; the days before a date are those of
`control` (practice: 10, 5, 3, 1 working days). Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from . import clock
from .calendars import WorkCalendar

REGISTRATION: Final = "registration"
FORWARDING: Final = "forwarding"
REMINDERS: Final = "reminders"
ESCALATION: Final = "escalation"
DRAFTS: Final = "drafts"
DIGEST: Final = "digest"
ORDER: Final = (REGISTRATION, FORWARDING, REMINDERS, ESCALATION, DRAFTS, DIGEST)

QUEUED: Final = "queued"
RUNNING: Final = "running"
WAITING: Final = "waiting"
DONE: Final = "done"
PARTLY: Final = "partly"
FAILED: Final = "failed"
STATES: Final = (QUEUED, RUNNING, WAITING, DONE, PARTLY, FAILED)
# A case that failed is shown and stops nothing: its step has succeeded all the same.
SUCCEEDED: Final = frozenset({DONE, PARTLY})

START: Final = "start"
EARLY: Final = "early"

OFFICER, HEAD_OF_DEPARTMENT, HEAD = LEVELS = (1, 2, 3)
_FAR: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """Whether a step starts now: START, EARLY, DONE or WAITING (then `waits_for` is the step)."""

    what: str
    waits_for: str = ""


@dataclass(frozen=True)
class Reminder:
    """Of a term that ends on `due` so much is reminded today: `mark` working days; due on `on`."""

    due: date
    mark: int
    on: date


@dataclass(frozen=True)
class Band:
    """Terms that ended from `first` to `last` have reached `level`."""

    level: int
    first: date
    last: date


def predecessor(code: str, active: Collection[str]) -> str:
    """The step that must succeed before `code`; '' for none. Steps switched off are passed over."""
    before = ORDER[: ORDER.index(code)]
    return next((step for step in reversed(before) if step in active), "")


def may_start(
    code: str,
    states: Mapping[str, str],
    active: Collection[str],
    is_time: bool,
    waits: bool = True,
) -> Verdict:
    """Whether `code` starts now; `states`: those of the day's runs, by code.

    What was asked for by hand (QUEUED) or broke off (RUNNING, FAILED) starts again; nothing starts
    before its predecessor has succeeded on the same day, unless it `waits` no longer.
    """
    state = states.get(code, "")
    if state in SUCCEEDED:
        return Verdict(DONE)
    if not is_time and state != QUEUED:
        return Verdict(EARLY)
    before = predecessor(code, active)
    if waits and before and states.get(before, "") not in SUCCEEDED:
        return Verdict(WAITING, before)
    return Verdict(START)


def patience_ends(hour: datetime, begun: datetime | None, minutes: int) -> datetime:
    """When the digest stops waiting: `minutes` after its `hour`, or after the day's chain began.

    `begun`: the first start of the day, None where nothing began. Begun late (the server was down),
    the chain is given the same time as on any morning.
    """
    return max(hour, begun or hour) + timedelta(minutes=minutes)


def unfinished(code: str, states: Mapping[str, str], active: Collection[str]) -> tuple[str, ...]:
    """The steps before `code` that have not succeeded on the day, in order: the first is why."""
    before = ORDER[: ORDER.index(code)]
    return tuple(
        step for step in before if step in active and states.get(step, "") not in SUCCEEDED
    )


def reminders(today: date, days: Iterable[int], calendar: WorkCalendar) -> tuple[Reminder, ...]:
    """What to remind of today, by due date: every date that has a mark, the nearest first.

    The mark is the least of `days` that is not below the working days left, so a reminder that the
    system missed is caught up. A term that began on `Reminder.on` or later gets none of it.
    """
    marks = sorted(set(days))
    found: list[Reminder] = []
    due = today
    while marks and due < today + _FAR:
        left = clock.days_left(due, today, calendar)
        if left > marks[-1]:
            break
        mark = next(mark for mark in marks if mark >= left)
        found.append(Reminder(due, mark, _day_of(due, mark, calendar)))
        due += _DAY
    return tuple(found)


def _day_of(due: date, mark: int, calendar: WorkCalendar) -> date:
    """The working day with `mark` working days left, as `clock.days_left` counts them."""
    return calendar.add_working_days(calendar.previous_working(due), -mark)


def bands(today: date, days: Sequence[int | None], calendar: WorkCalendar) -> tuple[Band, ...]:
    """Which ends of terms have reached which level today, the highest level first.

    `days`: for each of LEVELS after how many working days past the due date it is told; 0 is the
    last day itself, None switches the level off.
    """
    found: list[Band] = []
    taken = date.min
    told = [(days[level - 1], level) for level in LEVELS]
    for late, level in sorted(((d, n) for d, n in told if d is not None), reverse=True):
        last = today if not late else last_past(today, late, calendar)
        if last >= taken:
            found.append(Band(level, taken, last))
            taken = last + _DAY
    return tuple(found)


def last_past(today: date, late: int, calendar: WorkCalendar) -> date:
    """The latest date that is `late` working days ago today."""
    due = today
    while calendar.working_days_between(due, today) < late:
        due -= _DAY
    return due
