"""What is told of a case, in sentences to read aloud: state, date, term, where sent, numbers.

Never the content, never a name (practice 22). Spoken Russian, whatever the language of the screen:
the caller hears it. Dates are said in words (`spoken`), numbers stay as they are printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from .spoken import spoken_day
from .transitions import (
    CONVERTED,
    DEFERRED,
    FINAL_STATES,
    FORWARDED,
    NO_ANSWER,
    RETURNED,
    STOPPED,
    WITHDRAWN,
)

MESSAGES: Final = ("message", "tech_support")  # kinds that are no appeal
UNKNOWN: Final = "unknown"
_ENDED: Final = {
    RETURNED: "Обращение возвращено вам с разъяснением",
    NO_ANSWER: "Обращение оставлено без ответа на основании закона",
    STOPPED: "Переписка по этому вопросу прекращена",
    WITHDRAWN: "Рассмотрение прекращено по вашей просьбе",
    CONVERTED: "По сообщению зарегистрировано обращение со своим номером",
}
# What a voice menu says where nothing is told; absent and wrong sound alike.
REFUSALS: Final = {
    "incomplete": ("Назовите номер обращения и код из шести цифр.",),
    "not_found": ("Обращение с таким номером и кодом не найдено.", "Проверьте номер и код."),
    "wait": ("Слишком много попыток.", "Позвоните позже или дождитесь ответа оператора."),
}
# Another system's own word for a state may tell what is nobody's to hear: it is not read aloud.
_ELSEWHERE: Final = "Его состояние уточняется."


@dataclass(frozen=True)
class Letter:
    """An answer or a forwarding that was sent: to whom, its number and date."""

    body: str = ""
    number: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Facts:
    """What may be told of a case. `state` as in `transitions`; dates are days of the body.

    `as_of` says whose data these are and of when: «по данным СЭД на 09:45». `filed_on` is told
    where the day of registration is not known: the two are not the same (part 2, art. 8).
    """

    number: str
    state: str
    today: date
    kind: str = ""
    registered_on: date | None = None
    filed_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    body: str = ""
    is_extended: bool = False
    answers: tuple[Letter, ...] = ()
    forwarded: tuple[Letter, ...] = ()
    as_of: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether nothing more is waited for."""
        return bool(self.answers) or self.state in FINAL_STATES


def sentences(facts: Facts) -> tuple[str, ...]:
    """Return what the operator reads aloud, a sentence each."""
    return tuple(filter(None, (_opening(facts), *_where_sent(facts), _state(facts), *_ends(facts))))


def short(facts: Facts) -> tuple[str, ...]:
    """Return what a voice menu says: no number, no name, nothing of the content."""
    source = (f"{_capital(facts.as_of)}.",) if facts.as_of else ()
    if facts.is_answered:
        return (*source, *_short_end(facts))
    sent = ("Обращение направлено по компетенции.",) if facts.forwarded else ()
    return tuple(filter(None, (*source, *sent, "Обращение рассматривается.", *_term(facts))))


def _opening(facts: Facts) -> str:
    noun = "сообщение" if facts.kind in MESSAGES else "обращение"
    day = facts.registered_on or facts.filed_on
    word = "зарегистрировано" if facts.registered_on else "подано"
    registered = f" {word} {spoken_day(day, facts.today)}" if day else " принято"
    text = f"ваше {noun} номер {facts.number}{registered}."
    return _capital(f"{facts.as_of}: {text}" if facts.as_of else text)


def _where_sent(facts: Facts) -> list[str]:
    return [_sent(letter, facts) for letter in facts.forwarded]


def _sent(letter: Letter, facts: Facts) -> str:
    day = f" {spoken_day(letter.day, facts.today)}" if letter.day else ""
    return f"Оно направлено{day} по компетенции: {_listed(letter.body, letter.number)}."


def _state(facts: Facts) -> str:
    if facts.state in _ENDED:
        day = f" {spoken_day(facts.closed_on, facts.today)}" if facts.closed_on else ""
        return f"{_ENDED[facts.state]}{day}."
    if facts.state == UNKNOWN:
        return _ELSEWHERE
    if facts.is_answered:
        return ""
    if facts.state == DEFERRED:
        return f"Его рассматривает {facts.body}, ответы готовят и другие ведомства."
    return f"Его рассматривает {facts.body}." if facts.body else "Оно рассматривается."


def _ends(facts: Facts) -> tuple[str, ...]:
    """Return the answers that were sent; while there are none, the term."""
    if facts.answers:
        return tuple(_answer(letter, facts) for letter in facts.answers)
    if facts.state == FORWARDED:
        return ("Ответ даст тот, кому оно направлено.",)
    if facts.state in _ENDED:
        return ()
    if facts.is_answered:
        day = f" {spoken_day(facts.closed_on, facts.today)}" if facts.closed_on else ""
        return (f"Рассмотрение завершено{day}.",)
    return _term(facts)


def _answer(letter: Letter, facts: Facts) -> str:
    day = f" {spoken_day(letter.day, facts.today)}" if letter.day else ""
    number = f", исходящий номер {letter.number}" if letter.number else ""
    return f"Ответ направлен{day}{number}."


def _term(facts: Facts) -> tuple[str, ...]:
    if not facts.due_on:
        return ()
    day = spoken_day(facts.due_on, facts.today)
    extended = ("Срок рассмотрения продлён.",) if facts.is_extended else ()
    if facts.due_on < facts.today:
        return (*extended, f"Ответ должен был быть не позднее {day}, его пока нет.")
    today = "сегодня, " if facts.due_on == facts.today else ""
    last = f"Последний день для ответа — {today}{day}." if today else f"Ответ — не позднее {day}."
    return (*extended, last)


def _short_end(facts: Facts) -> tuple[str, ...]:
    if facts.answers:
        day = facts.answers[-1].day
        return (f"Ответ направлен{f' {spoken_day(day, facts.today)}' if day else ''}.",)
    if facts.state == FORWARDED:
        return ("Обращение направлено по компетенции в другой орган.",)
    ended = _ENDED.get(facts.state, "Рассмотрение обращения завершено")
    return (f"{ended}.",)


def _listed(body: str, number: str) -> str:
    return ", исходящий номер ".join(filter(None, (body, number)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
