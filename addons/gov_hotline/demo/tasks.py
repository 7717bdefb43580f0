"""The tasks of the plan: promises and call-backs that outlived a call."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from .calls import Call
from .timeline import Timeline

# (kind, what is to be done, what showed that it was done)
SORTS = (
    ("promise", "Перезвонить до вечера: уточнить срок подключения", "Дозвонились, срок назван"),
    ("callback", "Перезвонить: связь оборвалась", "Дозвонились со второго раза"),
    ("find_out", "Узнать в управлении номер очереди", "Ответ управления записан в звонок"),
    ("todo", "Отправить перечень документов на почту", "Письмо отправлено"),
)


@dataclass(frozen=True)
class Task:
    """Something to do after call number `call`; `evidence` empty while it is open."""

    call: int
    kind: str
    name: str
    due_at: datetime
    evidence: str


def make(rng: random.Random, calls: list[Call], line: Timeline) -> list[Task]:
    """One task in forty calls with a known citizen; the latest few are still open."""
    known = [n for n, call in enumerate(calls) if call.person is not None and not call.is_open]
    chosen = sorted(rng.sample(known, k=max(4, len(known) // 40)))
    return [_task(rng, n, calls[n], n in chosen[-4:], line) for n in chosen]


def _task(rng: random.Random, index: int, call: Call, is_open: bool, line: Timeline) -> Task:
    kind, name, evidence = rng.choice(SORTS)
    due_at = call.at + timedelta(minutes=rng.randint(60, 240))
    if is_open:
        due_at = line.now + timedelta(minutes=rng.randint(-90, 300))
    return Task(index, kind, name, due_at, "" if is_open else evidence)
