"""The cases of the plan: what comes in, how, when, and what becomes of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .bodies import OFFICERS, OPERATORS
from .people import Citizen
from .subjects import REQUESTS_8FZ, SUBJECTS, TECH_SUPPORT, Subject
from .timeline import Timeline

# (kind, origin, mode of the line, weight): every way the law leaves open.
WAYS = (
    ("message", "phone", "message", 30),
    ("message", "email", None, 7),
    ("message", "social", None, 7),
    ("message", "site", None, 5),
    ("message", "visit", None, 3),
    ("appeal_59", "phone", "oral", 12),
    ("appeal_59", "paper", None, 12),
    ("appeal_59", "portal", None, 9),
    ("appeal_59", "epgu", None, 8),
    ("appeal_59", "site", None, 4),
    ("appeal_59", "visit", None, 5),
    ("appeal_59", "forwarded", None, 4),
    ("request_8fz", "paper", None, 2),
    ("request_8fz", "email", None, 3),
    ("tech_support", "phone", "message", 3),
)
FATES = (("draft", 4), ("in_work", 22), ("overdue", 5), ("late", 6), ("closed", 63))
# Ages in days at receipt by fate: of an appeal (30 days), of a message (10 working days).
AGES = {
    "draft": ((0, 2), (0, 1)),
    "in_work": ((1, 24), (1, 9)),
    "overdue": ((40, 95), (22, 60)),
    "late": ((75, 364), (60, 364)),
    "closed": ((32, 364), (16, 364)),
}
# Days from registration to the answer.
ANSWERED = {"closed": ((6, 27), (1, 9)), "late": ((33, 60), (17, 45))}
OF_THE_PORTALS_CITIZEN = ("in_work", "late", "closed")
# Information resources; information systems.
TOPICS = {"request_8fz": "0003.0012.0134.0000", "tech_support": "0003.0012.0135.0000"}
ON_THE_SPOT = ("phone", "visit")
BY_OPERATOR = (*ON_THE_SPOT, "email", "social", "site")
CHANNELS = {
    "phone": "phone",
    "visit": "hand",
    "email": "email",
    "social": "email",
    "site": "email",
    "portal": "email",
    "epgu": "email",  # what came electronically is answered so
}


@dataclass(frozen=True)
class Case:
    """One ticket as it is to be made; moments are naive UTC, None where it never comes to it."""

    person: int
    kind: str
    origin: str
    line: str | None
    topic: str
    department: str
    text: str
    operator: str
    officer: str
    received_at: datetime
    fate: str
    registered_at: datetime | None = None
    answered_at: datetime | None = None
    outcome: str = ""
    answer: str = ""
    channel: str = "post"

    @property
    def registered_by(self) -> str:
        """Who presses the button: letters are the officer's."""
        return self.operator if self.origin in BY_OPERATOR else self.officer


def make(rng: random.Random, count: int, people: list[Citizen], line: Timeline) -> list[Case]:
    """`count` cases in order of receipt. Every fate and, in turn, every way is there."""
    fates = _spread(rng, FATES, count)
    ways = _spread(rng, WAYS, count)
    persons = _persons(rng, [fate for fate, _ in fates], people)
    found = zip(fates, ways, persons, strict=True)
    cases = [_case(rng, fate, way, person, people, line) for (fate, _), way, person in found]
    return sorted(_asked_twice(cases), key=lambda case: case.received_at)


def _asked_twice(cases: list[Case]) -> list[Case]:
    """Somebody's answered appeal is sent once more and answered again: a repeat may follow.

    A small plan may have a single answered appeal: then nobody asks twice.
    """
    answered = [
        place
        for place, case in enumerate(cases)
        if case.kind == "appeal_59" and case.person and case.answered_at
    ]
    if len(answered) < 2:
        return cases
    first, second = sorted(answered, key=lambda place: cases[place].received_at)[:2]
    names = ("person", "topic", "department", "text", "outcome", "answer")
    same = {name: getattr(cases[first], name) for name in names}
    cases[second] = replace(cases[second], **same)
    return cases


def _spread(rng: random.Random, choices: tuple, count: int) -> list[tuple]:
    """Each choice once, the rest by weight (the last column), shuffled."""
    rest = rng.choices(choices, [choice[-1] for choice in choices], k=max(0, count - len(choices)))
    found = [*choices, *rest][:count]
    rng.shuffle(found)
    return found


def _persons(rng: random.Random, fates: list[str], people: list[Citizen]) -> list[int]:
    """Who writes: the portal's citizen three times, others once to five times."""
    often = rng.sample(range(1, len(people)), k=max(1, len(people) // 10))
    found = [
        rng.choice(often) if rng.random() < 0.3 else rng.randrange(1, len(people)) for _ in fates
    ]
    for fate in OF_THE_PORTALS_CITIZEN:
        found[fates.index(fate)] = 0
    return found


def _case(
    rng: random.Random, fate: str, way: tuple, person: int, people: list[Citizen], line: Timeline
) -> Case:
    kind, origin, mode, _weight = way
    is_message = kind in ("message", "tech_support")
    day = line.working_day(rng, *AGES[fate][is_message])
    subject = rng.choice(SUBJECTS)
    text, outcome, answer = _texts(rng, kind, subject, people[person])
    case = Case(
        person=person,
        kind=kind,
        origin=origin,
        line=mode,
        topic=TOPICS.get(kind, subject.topic),
        department="common" if kind in ("request_8fz", "tech_support") else subject.department,
        text=text,
        operator=rng.choice(OPERATORS),
        officer=rng.choice(OFFICERS),
        received_at=line.moment(rng, day, 8, 18),
        fate=fate,
        outcome=outcome,
        answer=answer,
        channel=CHANNELS.get(origin, "post"),
    )
    return case if fate == "draft" else _registered(rng, case, is_message, line)


def _registered(rng: random.Random, case: Case, is_message: bool, line: Timeline) -> Case:
    """When the number was given and the answer went out."""
    registered_at = _registration(rng, case, line)
    if case.fate not in ANSWERED:
        return replace(case, registered_at=registered_at)
    delay = timedelta(days=rng.randint(*ANSWERED[case.fate][is_message]))
    day = line.previous_working((registered_at + delay).date())
    answered_at = max(line.moment(rng, day, 10, 17), registered_at + timedelta(hours=1))
    return replace(case, registered_at=registered_at, answered_at=answered_at)


def _registration(rng: random.Random, case: Case, line: Timeline) -> datetime:
    """At once while the citizen is there, within three days otherwise, rarely too late."""
    soon = case.received_at + timedelta(minutes=rng.randint(3, 11))
    if case.origin in ON_THE_SPOT or rng.random() < 0.5:
        return min(soon, line.now)
    late = rng.random() < 0.04
    day = line.next_working(
        case.received_at.date() + timedelta(days=rng.randint(4, 6) if late else rng.randint(1, 2))
    )
    return soon if day > line.today else max(line.moment(rng, day, 9, 12), soon)


def _texts(
    rng: random.Random, kind: str, subject: Subject, citizen: Citizen
) -> tuple[str, str, str]:
    """(text, outcome, answer) of a case."""
    if kind == "request_8fz":
        return _plain(rng.choice(REQUESTS_8FZ))
    if kind == "tech_support":
        return _plain(rng.choice(TECH_SUPPORT))
    home = citizen.address
    text, outcome, answer = rng.choice(subject.appeals)
    text = text.format(street=home.street, house=home.house, address=home.line)
    return text, outcome, answer


def _plain(pair: tuple[str, str]) -> tuple[str, str, str]:
    return pair[0], "answered", pair[1]
