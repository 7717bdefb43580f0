"""The plan of the demonstration data: everything is decided here, from a seed and a moment."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass

from . import calls, cases, people, tasks
from .calls import Call
from .cases import Case
from .people import Citizen
from .tasks import Task
from .timeline import Timeline

CITIZENS, CALLS, CASES = 200, 1000, 300
LEAST_CASES = len(cases.WAYS)


@dataclass(frozen=True)
class Plan:
    """Citizens, cases, calls and tasks; they refer to each other by index."""

    people: list[Citizen]
    cases: list[Case]
    calls: list[Call]
    tasks: list[Task]

    @property
    def digest(self) -> str:
        """SHA-256 of the whole plan: equal for an equal seed, moment, scale and calendar."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def fates(self) -> Counter:
        """How many cases end up as draft, in_work, overdue, late, closed."""
        return Counter(case.fate for case in self.cases)


def build(seed: int, timeline: Timeline, scale: float = 1.0) -> Plan:
    """Make the plan. `scale` shrinks all numbers; every fate and way of a case stays."""
    rng = random.Random(seed)  # noqa: S311 - a demonstration, not a secret
    citizens = people.make(rng, max(10, round(CITIZENS * scale)))
    drafted = cases.make(rng, max(LEAST_CASES, round(CASES * scale)), citizens, timeline)
    spoken = calls.make(rng, max(30, round(CALLS * scale)), drafted, citizens, timeline)
    return Plan(citizens, drafted, spoken, tasks.make(rng, spoken, timeline))
