"""The shapes of cases, acted out as their users do: by the acts of the product, under its clock.

A shape takes an `Input` and plays on the days `days[0]`, `days[1]` … (working days from the
registration on). The share is out of a million; `open` shapes belong to the last weeks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from odoo.addons.gov_hotline.demo import clock

from .ground import QUIET, at, case_text


@dataclass(frozen=True)
class Input:
    """What differs from case to case of one shape."""

    n: int
    partner: object
    topic: object
    days: list[date]


@dataclass(frozen=True)
class Shape:
    """How a case went, and how many of a million went so."""

    name: str
    share: int
    play: Callable
    is_open: bool = False


def _draft(ground, given, kind, day=0):
    """The operator's draft of the morning of a day."""
    partner = given.partner
    moment = at(given.days[day], 6, 30)
    with clock.at(moment):
        return ground.as_user("operator", "helpdesk.ticket").create(
            {
                "kind": kind,
                "origin": "paper",
                "received_at": moment,
                "partner_id": partner.id,
                "topic_id": given.topic.id,
                "applicant_surname": partner.surname,
                "applicant_given_name": partner.given_name,
                "applicant_patronymic": partner.patronymic,
                "applicant_address": partner.street,
                "applicant_phone": partner.phone,
                "appeal_text": case_text(given.n),
            }
        )


def _registered(ground, given, kind, questions=1, terms=()):
    case = _draft(ground, given, kind)
    with clock.at(at(given.days[0], 7)):
        case.action_register()
        case = case.with_user(ground.officer)
        for number in range(1, questions):
            ground.as_user("officer", "hotline.question").create(
                {
                    "ticket_id": case.id,
                    "sequence": number + 1,
                    "topic_id": given.topic.id,
                    "text": "Второй вопрос обращения",
                }
            )
        for ground_code in terms:
            case._start_deadlines("registered", case.registered_on, stated=ground_code)
    return case


def _assigned(ground, given, case, count=1):
    """One assignment a question, sent on the next working day."""
    made = ground.env["hotline.assignment"]
    with clock.at(at(given.days[1], 7)):
        for question in case.question_ids.sorted("id")[:count]:
            dialog = ground.as_user("officer", "hotline.resolution")
            dialog = dialog.with_context(**case.action_resolution()["context"], **QUIET)
            before = case.assignment_ids
            dialog.create(
                {
                    "addressee_ids": [(6, 0, ground.department.ids)],
                    "question_ids": [(6, 0, question.ids)],
                    "control_on": given.days[5],
                    "text": "Прошу рассмотреть и направить материалы для ответа.",
                }
            ).action_sign_and_send()
            made |= case.assignment_ids - before
    return made


def _answered(ground, given, assignments, day=3):
    with clock.at(at(given.days[day], 7)):
        for one in assignments:
            _act(ground, one, "answer", text="Работы выполнены, материалы направляем.")


def _accepted(ground, given, assignments, day=4):
    with clock.at(at(given.days[day], 7)):
        for one in assignments:
            _act(ground, one, "accept")


def _act(ground, assignment, act, **vals):
    opened = getattr(assignment.with_user(ground.officer), f"action_open_{act}", None)
    if opened is None:
        getattr(assignment.with_user(ground.officer).with_context(**QUIET), f"action_{act}")()
        return
    dialog = ground.as_user("officer", "hotline.assignment.act")
    dialog.with_context(**opened()["context"], **QUIET).create(vals).action_apply()


def _given(ground, given, case, day=5):
    """The signed answer, then the end of the case."""
    supported = ground.env.ref("gov_hotline.outcome_supported")
    with clock.at(at(given.days[day], 7)):
        case.question_ids.with_context(**QUIET).outcome_id = supported
        answer = ground.as_user("officer", "hotline.answer").create(
            {
                "ticket_id": case.id,
                "text": "Сообщаем о принятых мерах: работы выполнены.",
                "outgoing_number": f"И/{case.id}",
                "outgoing_date": given.days[day],
                "authority_id": ground.authority.id,
            }
        )
        answer.action_give()
        case.with_context(**QUIET).action_close()
    return case


def message_closed(ground, given):
    """A message answered by ourselves."""
    return _given(ground, given, _registered(ground, given, "message"))


def appeal_closed(ground, given):
    """An appeal with one executor."""
    case = _registered(ground, given, "appeal_59")
    sent = _assigned(ground, given, case)
    _answered(ground, given, sent)
    _accepted(ground, given, sent)
    return _given(ground, given, case)


def two_questions_closed(ground, given):
    """An appeal of two questions, an executor each; two terms beside the common ones."""
    terms = ("several_bodies", "court_decision")
    case = _registered(ground, given, "appeal_59", questions=2, terms=terms)
    sent = _assigned(ground, given, case, 2)
    _answered(ground, given, sent)
    _accepted(ground, given, sent)
    return _given(ground, given, case)


def message_open(ground, given):
    """A message in work."""
    return _registered(ground, given, "message")


def appeal_open(ground, given):
    """An appeal that waits for the officer."""
    return _registered(ground, given, "appeal_59")


def appeal_sent(ground, given):
    """An appeal of two questions, one of them with an executor who has not answered."""
    case = _registered(ground, given, "appeal_59", questions=2)
    _assigned(ground, given, case)
    return case


def appeal_answered(ground, given):
    """An appeal whose executor has answered."""
    case = _registered(ground, given, "appeal_59")
    _answered(ground, given, _assigned(ground, given, case), day=2)
    return case


def draft(ground, given):
    """A draft nobody has registered yet."""
    return _draft(ground, given, "message")


SHAPES = (
    Shape("message_closed", 230_000, message_closed),
    Shape("appeal_closed", 210_000, appeal_closed),
    Shape("two_questions_closed", 510_000, two_questions_closed),
    Shape("message_open", 8_000, message_open, is_open=True),
    Shape("appeal_open", 15_000, appeal_open, is_open=True),
    Shape("appeal_sent", 20_000, appeal_sent, is_open=True),
    Shape("appeal_answered", 5_000, appeal_answered, is_open=True),
    Shape("draft", 2_000, draft, is_open=True),
)
