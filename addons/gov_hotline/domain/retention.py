"""How long a closed case is kept, and the act by which it is destroyed afterwards.

The term of storage counts from 1 January of the year after the closing (rules of archives: a file
is counted from the year after its end), in whole years: closed on any day of 2020, five years,
kept until 31.12.2025. Whose edition: the one in force on the last day of the year of closing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

DRAFT: Final = "draft"
PROPOSED: Final = "proposed"
APPROVED: Final = "approved"
RUNNING: Final = "running"
DONE: Final = "done"
CANCELLED: Final = "cancelled"
STATES: Final = (DRAFT, PROPOSED, APPROVED, RUNNING, DONE, CANCELLED)
# act → (from, to); whoever is not in the table does not go
STEPS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = MappingProxyType(
    {
        "propose": ((DRAFT,), PROPOSED),
        "send_back": ((PROPOSED, APPROVED), DRAFT),
        "approve": ((PROPOSED,), APPROVED),
        "start": ((APPROVED,), RUNNING),
        "finish": ((RUNNING,), DONE),
        "cancel": ((DRAFT, PROPOSED, APPROVED), CANCELLED),
    }
)
# Of a line: waits for the act, is no more, was left alone.
PLANNED: Final = "planned"
DESTROYED: Final = "destroyed"
KEPT: Final = "kept"

# What has a term of its own beside the cases.
CALL: Final = "call"
RECEPTION: Final = "reception"
INCOMING: Final = "incoming"
TASK: Final = "task"
CITIZEN: Final = "citizen"
EXTERNAL: Final = "external"
OTHERS: Final = (CALL, RECEPTION, INCOMING, TASK, CITIZEN, EXTERNAL)

APPEAL: Final = "appeal_59"
LEAST_YEARS: Final = 5  # appeals of citizens: art. 154 of the list of 2019; longer is allowed
# Journals of reception: art. 182 of the same list. What is not named here: a local act decides.
_LEAST: Final = MappingProxyType({"": LEAST_YEARS, APPEAL: LEAST_YEARS, RECEPTION: 3})
LEAST_COMMISSION: Final = 2  # beside the chair nobody decides alone

TERM_RUNS: Final = "term_runs"
NO_TERM: Final = "no_term"
NOT_CLOSED: Final = "not_closed"
ON_HOLD: Final = "on_hold"
TASK_OPEN: Final = "task_open"
STOP_RESTS: Final = "stop_rests"
LINKED_OPEN: Final = "linked_open"
NAMED: Final = "named"
HAS_ACCOUNT: Final = "has_account"
OPEN_ACCOUNT: Final = "open_account"
# Why a case or another record is left alone, in the order in which it is said.
REASONS: Final = (
    NOT_CLOSED, NO_TERM, TERM_RUNS, ON_HOLD, TASK_OPEN, STOP_RESTS, LINKED_OPEN, NAMED, HAS_ACCOUNT,
    OPEN_ACCOUNT,
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """An edition of a term of storage; empty `kind`: every case; empty `body`: every one."""

    key: int
    years: int
    kind: str = ""
    body: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def next_state(act: str, state: str) -> str | None:
    """Return where `act` brings the act of destruction, None where it is not possible."""
    sources, target = STEPS[act]
    return target if state in sources else None


def least_years(kind: str) -> int:
    """Return the shortest term that the law leaves for `kind`; empty: every case."""
    return _LEAST.get(kind, 1)


def choose(rules: Iterable[Rule], kind: str, body: int, year: int) -> Rule | None:
    """Return the edition for what is of `kind` and `body` ended in `year`, None where none holds.

    The common edition is that of cases; calls, tasks, cards have their own or none. The kind's own
    stands over the common one, the body's own over the federal one, a newer edition over an older
    one; of two alike the longer term: never too early.
    """
    day = date(year, 12, 31)
    holding = [
        rule
        for rule in rules
        if _is_of(rule, kind) and rule.body in (None, body) and _in_force(rule, day)
    ]
    return max(holding, key=_closeness, default=None)


def _is_of(rule: Rule, kind: str) -> bool:
    return rule.kind == kind or (not rule.kind and kind not in OTHERS)


def _in_force(rule: Rule, day: date) -> bool:
    return (rule.valid_from or day) <= day <= (rule.valid_to or day)


def _closeness(rule: Rule) -> tuple[bool, bool, date, int]:
    return (bool(rule.kind), rule.body is not None, rule.valid_from or date.min, rule.years)


def kept_until(closed_on: date, years: int) -> date:
    """Return the last day of storage (body's date)."""
    return date(closed_on.year + years, 12, 31)


def is_over(closed_on: date, years: int, today: date) -> bool:
    """Whether the term has ended before `today`: on its last day a case is still kept."""
    return kept_until(closed_on, years) < today


@dataclass(frozen=True)
class Facts:
    """What is known of a case, or another record, when the act comes to it."""

    is_closed: bool
    years: int | None  # None: no term of storage holds for it
    closed_on: date | None
    is_held: bool = False
    has_open_task: bool = False
    is_ground_of_stop: bool = False
    linked_open: bool = False
    is_named: bool = False  # of a citizen: something that is kept names them
    has_account: bool = False  # signs in on the portal
    has_open_account: bool = False  # a company's, for heating or light


def reasons_to_keep(facts: Facts, today: date) -> tuple[str, ...]:
    """Return why the case must stay, of REASONS; nothing: it may be destroyed."""
    if not facts.is_closed or facts.closed_on is None:
        return (NOT_CLOSED,)
    runs = facts.years is not None and not is_over(facts.closed_on, facts.years, today)
    found = {
        NO_TERM: facts.years is None,
        TERM_RUNS: runs,
        ON_HOLD: facts.is_held,
        TASK_OPEN: facts.has_open_task,
        STOP_RESTS: facts.is_ground_of_stop,
        LINKED_OPEN: facts.linked_open,
        NAMED: facts.is_named,
        HAS_ACCOUNT: facts.has_account,
        OPEN_ACCOUNT: facts.has_open_account,
    }
    return tuple(reason for reason in REASONS if found.get(reason))
