"""The control desk: how soon a case is due, and what it lacks.

Working days are counted once for the whole list: the dates that bound the groups are handed to the
database. Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from .calendars import WorkCalendar
from .clock import WARNING_DAYS
from .post import ASTRAY, QUEUED, TO_POST

# Groups are ordered by these names: in the database, in lists and in columns.
LATE: Final = "1_late"
TODAY: Final = "2_today"
SOON: Final = "3_soon"
AHEAD: Final = "4_ahead"
LATER: Final = "5_later"
BUCKETS: Final = (LATE, TODAY, SOON, AHEAD, LATER)
# The first reminder comes so many working days before the date (practice 25).
AHEAD_DAYS: Final = 10

# What a case lacks, the officer's own move first.
RETURNED: Final = "returned"
ASKS_TIME: Final = "asks_time"
ANSWERED: Final = "answered"
UNSENT: Final = "unsent"
EXECUTOR_LATE: Final = "executor_late"
AWAITED: Final = "awaited"
NO_RESOLUTION: Final = "no_resolution"
NO_ANSWER: Final = "no_answer"
ANSWER_DRAFT: Final = "answer_draft"
ANSWER_APPROVAL: Final = "answer_approval"
ANSWER_APPROVED: Final = "answer_approved"
LETTER_ASTRAY: Final = "letter_astray"
LETTER_TO_POST: Final = "letter_to_post"
LETTER_QUEUED: Final = "letter_queued"
TO_CLOSE: Final = "to_close"
QUESTIONS: Final = "questions"
_OF_ANSWER: Final = {
    "draft": ANSWER_DRAFT,
    "approval": ANSWER_APPROVAL,
    "approved": ANSWER_APPROVED,
    "given": TO_CLOSE,
}
# What our own hands can mend first: a letter in a queue leaves by itself.
_OF_LETTER: Final = {ASTRAY: LETTER_ASTRAY, TO_POST: LETTER_TO_POST, QUEUED: LETTER_QUEUED}


@dataclass(frozen=True)
class Bounds:
    """The last dates of the groups: `soon` and `ahead` working days from `today` on."""

    today: date
    soon: date
    ahead: date

    def bucket(self, due: date | None) -> str:
        """The group of a case due on `due`; one without a term is later than all."""
        if due is None or due > self.ahead:
            return LATER
        if due < self.today:
            return LATE
        if due == self.today:
            return TODAY
        return SOON if due <= self.soon else AHEAD


def bounds(today: date, calendar: WorkCalendar) -> Bounds:
    """The bounds of the groups as of `today` of the body."""
    soon, ahead = (last_within(today, days, calendar) for days in (WARNING_DAYS, AHEAD_DAYS))
    return Bounds(today, soon, ahead)


def last_within(today: date, days: int, calendar: WorkCalendar) -> date:
    """The last date up to which at most `days` working days are left, as `clock.days_left` counts.

    Days off after the last of these working days belong to it.
    """
    return calendar.add_working_days(today, days + 1) - timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What is known of a case in work; the numbers of assignments are of those that stand.

    `late_by`: calendar days by which the slowest executor is late. `answer`: state of the answer
    that has come farthest, empty where none was begun. `needs_answer`: nothing stands in its place.
    `letters`: how its numbered letters fare, as `post.course` tells.
    """

    questions: int = 1
    decided: int = 0
    drafts: int = 0
    awaited: int = 0
    sent: int = 0
    late_by: int = 0
    returned: int = 0
    answered: int = 0
    asks_time: bool = False
    answer: str = ""
    needs_answer: bool = True
    letters: frozenset[str] = frozenset()


def missing(facts: Facts) -> tuple[str, ...]:
    """What the case lacks: first what stops it, then the open ones of several questions.

    An answer that has left ends the waiting: then the case only wants to be closed, once its
    letters have left too (SENT).
    """
    main = _stops(facts)
    if main == TO_CLOSE:
        main = next((code for course, code in _OF_LETTER.items() if course in facts.letters), main)
    open_questions = facts.questions > 1 and facts.decided < facts.questions
    return (main, QUESTIONS) if open_questions else (main,)


def waits_for_us(facts: Facts) -> bool:
    """Whether it matters if an answer is needed: nothing that was begun stops the case."""
    return _stops(replace(facts, needs_answer=False)) == TO_CLOSE


def _stops(facts: Facts) -> str:
    moves: Iterable[tuple[str, object]] = (
        (RETURNED, facts.returned),
        (ASKS_TIME, facts.asks_time),
        (ANSWERED, facts.answered),
        (UNSENT, facts.drafts),
        (EXECUTOR_LATE, facts.late_by),
        (AWAITED, facts.awaited),
        (_OF_ANSWER.get(facts.answer, ""), facts.answer in _OF_ANSWER),
        (TO_CLOSE, not facts.needs_answer),
        (NO_ANSWER, facts.sent),
    )
    return next((code for code, holds in moves if holds), NO_RESOLUTION)
