"""Which terms a case is under: for each purpose, the rule that fits it most closely.

Rules are data (`hotline.term`), a changed law is a new edition of a row. The model loads the rows,
this module chooses among them; nothing here knows an article by name.

A condition that no column expresses yet (the category of an applicant, as the bill on soldiers
and their families wants) is a ground known at registration: a code in `Case.grounds`, and a row
of that ground.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

# The event whose date a term is counted from.
RECEIVED: Final = "received"
REGISTERED: Final = "registered"
DUE: Final = "due"  # the unshifted due date of the answer: extensions
OTHER_RECEIVED: Final = "other_received"  # another body received our request
TRIGGERS: Final = (RECEIVED, REGISTERED, DUE, OTHER_RECEIVED)

# What must be done within it. One rule a purpose: the closest one.
ANSWER: Final = "answer"
OTHER: Final = "other"  # a body's own, told apart by its code
PURPOSES: Final = (
    "register",
    ANSWER,
    "forward",
    "return",
    "notify",
    "request",
    "extend",
    OTHER,
)

# What must have been stated about the case or one of its questions for the term to run.
GROUNDS: Final = (
    "out_of_competence",
    "several_bodies",
    "migration",
    "migration_head",
    "complaint_return",
    "anonymous_unlawful",
    "court_decision",
    "unreadable",
    "senseless",
    "published",
    "postponed",
    "not_an_appeal",
)


@dataclass(frozen=True)
class Rule:
    """An edition of a term, as far as its choice needs it; empty means any.

    `topic` holds for the topic and all below it. `body` None is a federal rule. Both dates of
    validity are inclusive. `sequence` settles what nothing else does: the lower one stands.
    """

    key: int
    code: str
    purpose: str
    trigger: str
    track: str
    kind: str = ""
    ground: str = ""
    topic: int | None = None
    body: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    sequence: int = 10


@dataclass(frozen=True)
class Case:
    """What of a case decides its terms.

    `on` is the day whose law holds (a date of the body); `topics` lead from the root of the
    classifier down to the case's own topic; `grounds` are those known so far.
    """

    track: str
    kind: str
    body: int
    on: date
    topics: tuple[int, ...] = ()
    grounds: frozenset[str] = field(default_factory=frozenset)


def law_day(start: date, registered: date | None) -> date:
    """The day whose editions hold for a clock that starts on `start`.

    A registered case keeps the law of its registration, so that a clock started later (forwarding,
    extension) does not mix two editions; what began before registration keeps its own day.
    """
    return start if registered is None else min(start, registered)


def choose(rules: Iterable[Rule], case: Case, trigger: str, stated: str = "") -> tuple[Rule, ...]:
    """The rules that `trigger` starts for `case`: the closest one for each purpose, by code.

    With `stated`, only those of this ground, just stated: the others run already.
    """
    fitting = [
        rule
        for rule in sorted(rules, key=lambda rule: rule.code)
        if rule.trigger == trigger
        and applies(rule, case, stated)
        and (not stated or rule.ground == stated)
    ]
    best: dict[str, Rule] = {}
    for rule in fitting:
        rival = best.get(_field(rule))
        if rival is None or closeness(rule, case) > closeness(rival, case):
            best[_field(rule)] = rule
    return tuple(sorted(best.values(), key=lambda rule: rule.code))


def applies(rule: Rule, case: Case, stated: str = "") -> bool:
    """Whether the case meets every condition of the rule on the day of `case.on`."""
    return (
        rule.track == case.track
        and rule.kind in ("", case.kind)
        and rule.body in (None, case.body)
        and (rule.topic is None or rule.topic in case.topics)
        and (not rule.ground or rule.ground == stated or rule.ground in case.grounds)
        and (rule.valid_from is None or rule.valid_from <= case.on)
        and (rule.valid_to is None or case.on <= rule.valid_to)
    )


def closeness(rule: Rule, case: Case) -> tuple[bool, int, bool, bool, date, int]:
    """How closely a rule that applies fits, best last.

    Ground, then topic (the nearest ancestor), then kind, then the body's own before the federal
    one, then the newer edition. Kind stands over body: an act on appeals leaves 8-FZ alone.
    """
    return (
        bool(rule.ground),
        0 if rule.topic is None else case.topics.index(rule.topic) + 1,
        bool(rule.kind),
        rule.body is not None,
        rule.valid_from or date.min,
        -rule.sequence,
    )


def _field(rule: Rule) -> str:
    """What rules compete for; a body's own purposes are as many as its codes."""
    return f"{OTHER}:{rule.code}" if rule.purpose == OTHER else rule.purpose
