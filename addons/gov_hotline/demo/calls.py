"""The calls of the plan: those that became cases, and the many that did not."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import places
from .bodies import OPERATORS
from .cases import ON_THE_SPOT, Case
from .people import Citizen
from .subjects import SUBJECTS, TECH_SUPPORT, THANKS, Subject
from .timeline import Timeline

# (disposition code, weight) of calls without a case.
SORTS = (
    ("consult_answered", 38),
    ("consult_measures", 7),
    ("redirect_agency", 18),
    ("status_told", 22),
    ("thanks", 3),
    ("tech_support", 4),
    ("appeal_howto", 3),
    ("dropped", 3),
    ("wrong_number", 2),
)
# why a call was handed on; the usual one more often
CAUSES = ("competence", "competence", "no_access", "needs_decision", "asks_in_person")
WITHOUT_TALK = ("dropped", "wrong_number")
SHARED_PHONE = places.OFFICE.format(1010)  # a hospital ward
SERVICE_PHONE = places.OFFICE.format(1020)  # an agency's own line


@dataclass(frozen=True)
class Call:
    """One conversation as it is to be made; `case` and `about` are indexes of cases."""

    at: datetime
    operator: str
    disposition: str
    phone: str
    person: int | None
    wait: int
    talk: int
    line: str | None = "message"
    medium: str = "phone"
    direction: str = "in"
    topic: str = ""
    question: str = ""
    result: str = ""
    agency: str = ""
    cause: str = ""
    case: int | None = None
    about: int | None = None
    is_open: bool = False


def make(
    rng: random.Random, count: int, cases: list[Case], people: list[Citizen], line: Timeline
) -> list[Call]:
    """`count` calls in order of time, with those of the cases that came by voice."""
    found = [
        _of_case(rng, index, case, people)
        for index, case in enumerate(cases)
        if case.origin in ON_THE_SPOT
    ]
    sorts = rng.choices(SORTS, [weight for _, weight in SORTS], k=max(0, count - len(found) - 2))
    found += [_alone(rng, sort, cases, people, line) for sort, _ in sorts]
    found += [_running(rng, n, people, line) for n in range(2)]
    return sorted(found, key=lambda call: call.at)


def _of_case(rng: random.Random, index: int, case: Case, people: list[Citizen]) -> Call:
    is_phone = case.origin == "phone"
    return Call(
        at=case.received_at,
        operator=case.operator,
        disposition="appeal_message"
        if case.kind in ("message", "tech_support")
        else "appeal_appeal",
        phone=people[case.person].phone if is_phone else "",
        person=case.person,
        wait=_wait(rng) if is_phone else 0,
        talk=rng.randint(180, 900),
        line=case.line,
        medium=case.origin,
        topic=case.topic,
        question=case.text,
        case=index,
    )


def _alone(
    rng: random.Random, sort: str, cases: list[Case], people: list[Citizen], line: Timeline
) -> Call:
    """A call that ends without a case."""
    if sort == "status_told":
        return _status(rng, cases, people, line)
    subject = rng.choice(SUBJECTS)
    person = None if sort in WITHOUT_TALK else rng.randrange(len(people))
    phone = _phone(rng, person, people)
    is_consult = sort.startswith("consult")
    return Call(
        at=line.moment(rng, line.working_day(rng, 1, 364), 8, 19),
        operator=rng.choice(OPERATORS),
        disposition=sort,
        phone=phone,
        person=person if phone and phone == people[person or 0].phone else None,
        wait=_wait(rng),
        talk=rng.randint(3, 20) if sort in WITHOUT_TALK else rng.randint(40, 480),
        line="consult" if is_consult and rng.random() < 0.4 else "message",
        direction="out" if is_consult and rng.random() < 0.1 else "in",
        topic="" if sort in (*WITHOUT_TALK, "tech_support") else subject.topic,
        agency=subject.agency if sort in ("redirect_agency", "thanks") else "",
        cause=rng.choice(CAUSES) if sort == "redirect_agency" else "",
        **_words(rng, sort, subject),
    )


def _status(rng: random.Random, cases: list[Case], people: list[Citizen], line: Timeline) -> Call:
    """«What about my appeal?»: nearly a quarter of all calls (A3)."""
    about = rng.choice([n for n, case in enumerate(cases) if case.registered_at])
    case = cases[about]
    end = min(case.answered_at or line.now, line.now)
    asked = case.registered_at + (end - case.registered_at) * rng.random()
    day = line.previous_working(asked.date())
    at = max(line.moment(rng, day, 8, 19), case.registered_at + timedelta(minutes=20))
    return Call(
        at=min(at, line.now - timedelta(minutes=1)),
        operator=rng.choice(OPERATORS),
        disposition="status_told",
        phone=people[case.person].phone,
        person=case.person,
        wait=_wait(rng),
        talk=rng.randint(30, 160),
        topic=case.topic,
        question="В каком состоянии моё обращение и когда будет ответ?",
        result="Названы состояние, дата регистрации и срок ответа.",
        about=about,
    )


def _running(rng: random.Random, n: int, people: list[Citizen], line: Timeline) -> Call:
    """A talk that is going on while somebody looks at the demonstration."""
    person = rng.randrange(1, len(people))
    return Call(
        at=line.now - timedelta(minutes=2 + n),
        operator=OPERATORS[n],
        disposition="",
        phone=people[person].phone,
        person=person,
        wait=_wait(rng),
        talk=0,
        is_open=True,
    )


def _words(rng: random.Random, sort: str, subject: Subject) -> dict[str, str]:
    if sort == "thanks":
        return {"question": rng.choice(THANKS), "result": "Благодарность записана и передана."}
    if sort == "tech_support":
        question, result = rng.choice(TECH_SUPPORT)
        return {"question": question, "result": result}
    if sort == "appeal_howto":
        return {
            "question": "Как подать официальное обращение?",
            "result": "Названы способы: портал, письмо, личный приём; срок ответа 30 дней.",
        }
    if sort in WITHOUT_TALK:
        return {}
    question, result = rng.choice(subject.asked)
    if sort == "redirect_agency":
        result = "Вопрос другого органа: назван телефон и часы работы, предложено соединить."
    return {"question": question, "result": result}


def _phone(rng: random.Random, person: int | None, people: list[Citizen]) -> str:
    """The caller's number: mostly the own one, sometimes hidden («»), shared or a service's."""
    roll = rng.random()
    if roll < 0.04:
        return ""
    if roll < 0.06:
        return rng.choice((SHARED_PHONE, SERVICE_PHONE))
    return people[rng.randrange(len(people)) if person is None else person].phone


def _wait(rng: random.Random) -> int:
    """Seconds in the queue: most wait little, a few long."""
    return min(600, int(rng.expovariate(1 / 28)) + 3)
