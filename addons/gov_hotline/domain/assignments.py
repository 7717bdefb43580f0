"""Assignments of a resolution: who may do what in which state, and until when.

Three kinds of addressee (practice of article 8 of 59-FZ): ours or a subordinate one (assignment),
another body (forwarding), an organisation (request). All dates are dates of the body; nothing here
reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from .calendars import WorkCalendar
from .problems import BLOCK, WARN, Problem

DRAFT: Final = "draft"
SENT: Final = "sent"
ANSWERED: Final = "answered"
ACCEPTED: Final = "accepted"
RETURNED: Final = "returned"
WITHDRAWN: Final = "withdrawn"
STATES: Final = (DRAFT, SENT, ANSWERED, ACCEPTED, RETURNED, WITHDRAWN)

OWN: Final = "own"
OTHER_BODY: Final = "other_body"
ORGANISATION: Final = "organisation"
KINDS: Final = (OWN, OTHER_BODY, ORGANISATION)

MAIN: Final = "main"
CO: Final = "co"

US: Final = "us"
EXECUTOR: Final = "executor"
OFFICER: Final = "officer"

FULL: Final = "full"
NO_PERSONAL_DATA: Final = "no_personal_data"
LINK_ONLY: Final = "link_only"
PD_MODES: Final = (FULL, NO_PERSONAL_DATA, LINK_ONLY)

# Practice: an executor says «not ours» on the day of receipt or on the next working day.
NOT_OURS_DAYS: Final = 1
_DAY: Final = timedelta(days=1)

Act = tuple[frozenset[str], str]
_OFFICER: Final = frozenset({OFFICER})
_EXECUTOR: Final = frozenset({EXECUTOR})
_BOTH: Final = _OFFICER | _EXECUTOR

# state → act → (who may, next state)
TABLE: Final[Mapping[str, Mapping[str, Act]]] = MappingProxyType(
    {
        DRAFT: MappingProxyType({"send": (_OFFICER, SENT)}),
        SENT: MappingProxyType(
            {
                "answer_part": (_BOTH, SENT),
                "answer": (_BOTH, ANSWERED),
                "not_ours": (_BOTH, RETURNED),
                "ask_time": (_BOTH, SENT),
                "decide_time": (_OFFICER, SENT),
                "withdraw": (_OFFICER, WITHDRAWN),
            }
        ),
        ANSWERED: MappingProxyType(
            {
                "accept": (_OFFICER, ACCEPTED),
                "redo": (_OFFICER, SENT),
                "withdraw": (_OFFICER, WITHDRAWN),
            }
        ),
        ACCEPTED: MappingProxyType({"redo": (_OFFICER, SENT)}),
        RETURNED: MappingProxyType(
            {"agree_return": (_OFFICER, WITHDRAWN), "insist": (_OFFICER, SENT)}
        ),
        WITHDRAWN: MappingProxyType({}),
    }
)


@dataclass(frozen=True)
class Addressee:
    """One addressee of a resolution, as the checks see it; `key` tells partners apart."""

    key: int
    kind: str = OWN
    role: str = MAIN
    questions: frozenset[int] = frozenset()
    name: str = ""
    outgoing: bool = True
    control_on: date | None = None


def may(act: str, state: str, who: str) -> bool:
    """Whether `who` (officer or executor) may do `act` in `state`; unknown states allow nothing."""
    return who in TABLE.get(state, {}).get(act, (frozenset(), ""))[0]


def next_state(act: str, state: str) -> str:
    """The state that `act` leads to. Raises `KeyError` for an act that is not in the table."""
    return TABLE[state][act][1]


def is_open(state: str, kind: str) -> bool:
    """Whether the case still waits for this assignment: what is open blocks its closing.

    A forwarding is done once it has left: the other body answers the citizen itself.
    """
    if kind == OTHER_BODY:
        return state == DRAFT
    return state in (DRAFT, SENT, ANSWERED, RETURNED)


def latest_control(due: date | None, parent: date | None, today: date) -> date | None:
    """The latest lawful control date: the parent's, else the due date of the case; None: no limit.

    Once the due date has passed it limits nothing: the case is late, the executor needs a date.
    """
    limits = [day for day in (parent, due) if day is not None]
    latest = min(limits, default=None)
    return None if latest is not None and latest < today else latest


def is_beyond(control: date, due: date | None, parent: date | None, today: date) -> bool:
    """Whether a control date once lawful is later than its limit now: the limit has moved up."""
    latest = latest_control(due, parent, today)
    return latest is not None and control > latest


def default_control(
    proposed: date | None, latest: date | None, today: date, calendar: WorkCalendar
) -> date:
    """The control date put into the dialog: `proposed` (due − 5 working days) where it still fits.

    Where it is not after `today`, the next working day; never later than `latest`.
    """
    soonest = calendar.next_working(today + _DAY)
    wanted = proposed if proposed is not None and proposed > today else soonest
    return min(wanted, latest) if latest is not None else wanted


def control_problems(control: date | None, latest: date | None, today: date) -> tuple[Problem, ...]:
    """What is wrong with a control date: missing, past, later than the parent's or the case's."""
    if control is None:
        return (_problem("no_control_date", way_out="set_control_date"),)
    if control < today:
        return (_problem("control_in_the_past", way_out="set_control_date"),)
    if latest is not None and control > latest:
        return (
            _problem(
                "control_after_due",
                way_out="earlier_control_date",
                latest=latest.strftime("%d.%m.%Y"),
            ),
        )
    return ()


def ask_problems(
    asked: date | None, control: date, latest: date | None, reason: str, pending: bool
) -> tuple[Problem, ...]:
    """What is wrong with a wish for more time: no reason, not later, later than the limit."""
    if pending:
        return (_problem("time_asked_already", way_out="await_decision"),)
    if asked is None:
        return (_problem("no_asked_date", way_out="ask_date"),)
    if asked <= control:
        return (_problem("asked_not_later", way_out="ask_later_date"),)
    if latest is not None and asked > latest:
        shown = latest.strftime("%d.%m.%Y")
        return (_problem("asked_after_due", way_out="earlier_control_date", latest=shown),)
    return reason_problems(reason)


def not_ours_until(sent: date, calendar: WorkCalendar, days: int = NOT_OURS_DAYS) -> date:
    """The last day on which an executor may say «not our competence»."""
    return calendar.add_working_days(sent, days)


def not_ours_problems(
    sent: date, today: date, reason: str, calendar: WorkCalendar
) -> tuple[Problem, ...]:
    """What stands against «not our competence»: too late, no reason."""
    until = not_ours_until(sent, calendar)
    if today > until:
        shown = until.strftime("%d.%m.%Y")
        return (_problem("not_ours_too_late", way_out="ask_officer", until=shown),)
    return reason_problems(reason)


def addressee_problems(
    new: Iterable[Addressee], standing: Iterable[Addressee] = ()
) -> tuple[Problem, ...]:
    """What is wrong with the addressees of one resolution beside those that stand already."""
    new, standing = tuple(new), tuple(standing)
    if not new:
        return (_problem("no_addressee_of_resolution", way_out="choose_addressee"),)
    return (*_repeated(new, standing), *_mains(new, standing), *_unnumbered(new))


def _repeated(new: tuple[Addressee, ...], standing: tuple[Addressee, ...]) -> Iterable[Problem]:
    seen: set[tuple[int, int]] = {(one.key, q) for one in standing for q in one.questions or {0}}
    for one in new:
        pairs = {(one.key, question) for question in one.questions or {0}}
        if pairs & seen:
            yield _problem("addressee_twice", way_out="take_off_addressee", name=one.name)
        seen |= pairs


def _mains(new: tuple[Addressee, ...], standing: tuple[Addressee, ...]) -> Iterable[Problem]:
    """One question has one main executor; co-executors help a main one (practice)."""
    ours = [one for one in (*standing, *new) if one.kind == OWN]
    for question in sorted({q for one in ours for q in one.questions or {0}}):
        here = [one for one in ours if question in (one.questions or {0})]
        mains = [one for one in here if one.role == MAIN]
        if len(mains) > 1:
            yield _problem("several_main", way_out="make_co", name=mains[-1].name)
            return
        if here and not mains:
            yield _problem("no_main", way_out="make_main", name=here[0].name)
            return


def _unnumbered(new: tuple[Addressee, ...]) -> Iterable[Problem]:
    for one in new:
        if one.kind == OTHER_BODY and not one.outgoing:
            yield _problem(
                "forwarding_unnumbered",
                article="ч. 3 ст. 8 59-ФЗ",
                rule="FWD-7",
                way_out="number_forwarding",
                name=one.name,
            )


def forwarding_problems(bodies: int, grounds: frozenset[str]) -> tuple[Problem, ...]:
    """What the grounds of the questions say about forwarding them to `bodies` other bodies.

    `grounds` are codes of `term_choice.GROUNDS`. FWD-MIG: art. 8 p. 3.1, two addressees (one, where
    our own body serves the head of the region); UNREAD-7, SENSE-7: art. 11 p. 4 and 4.1.
    """
    if not bodies:
        return ()
    if "unreadable" in grounds:
        return (_never_forwarded("ч. 4 ст. 11 59-ФЗ", "UNREAD-7"),)
    if "senseless" in grounds:
        return (_never_forwarded("ч. 4.1 ст. 11 59-ФЗ", "SENSE-7"),)
    if "migration" in grounds and "migration_head" not in grounds and bodies < 2:
        return (
            _problem(
                "migration_two_addressees",
                article="ч. 3.1 ст. 8 59-ФЗ",
                rule="FWD-MIG",
                way_out="add_second_addressee",
            ),
        )
    return ()


def _never_forwarded(article: str, rule: str) -> Problem:
    return _problem("not_forwarded", article=article, rule=rule, way_out="leave_without_answer")


def forwarding_ground(grounds: frozenset[str], own_part: bool) -> str:
    """The ground whose term a forwarding runs under: FWD-MIG, COPY-7 or FWD-7."""
    if "migration" in grounds:
        return "migration"
    return "several_bodies" if own_part else "out_of_competence"


def default_pd_mode(kind: str, email: str, own_domains: frozenset[str]) -> str:
    """What an addressee is shown of the citizen, unless said otherwise.

    Another body gets the appeal itself (forwarding is no disclosure: art. 6 p. 2 of 59-FZ), an
    organisation address and problem, our own people all. Outside the body's own mail domains
    nothing of the citizen goes into a mail: the link only.
    """
    if kind == ORGANISATION:
        return NO_PERSONAL_DATA
    if kind == OTHER_BODY:
        return FULL
    domain = email.rpartition("@")[2].strip().lower()
    return FULL if not domain or domain in own_domains else LINK_ONLY


def disclosure_problems(kind: str, pd_mode: str, agreed: bool, name: str) -> tuple[Problem, ...]:
    """CONF (art. 6): an organisation is told of the citizen only with the citizen's consent.

    Bodies are not meant: sending an appeal to the competent one is no disclosure (art. 6 p. 2).
    """
    if kind != ORGANISATION or pd_mode == NO_PERSONAL_DATA or agreed:
        return ()
    return (
        _problem(
            "personal_data_disclosed",
            article="ч. 2 ст. 6 59-ФЗ",
            rule="CONF",
            way_out="ask_consent",
            name=name,
        ),
    )


def own_answer_problems(
    number: str, day: date | None, signer: str, files: int
) -> tuple[Problem, ...]:
    """What an executor's own answer to the citizen lacks to stand in place of ours (art. 10)."""
    missing = [
        name
        for name, given in (
            ("outgoing_number", number),
            ("outgoing_date", day),
            ("signer_name", signer),
            ("attachment_ids", files),
        )
        if not given
    ]
    if not missing:
        return ()
    return (
        Problem(
            code="executor_answer_incomplete",
            article="ч. 3 ст. 10 59-ФЗ",
            severity=BLOCK,
            fields=tuple(missing),
            rule="ANS-SIGN",
            way_out="complete_executor_answer",
        ),
    )


def reason_problems(reason: str | None) -> tuple[Problem, ...]:
    """An act against somebody's work needs words."""
    return () if (reason or "").strip() else (_problem("no_reason", way_out="write_reason"),)


def answer_problems(text: str | None, files: int) -> tuple[Problem, ...]:
    """An answer is words or files."""
    if (text or "").strip() or files:
        return ()
    return (_problem("empty_answer", way_out="write_answer"),)


def open_problem(names: Iterable[str]) -> tuple[Problem, ...]:
    """The block of closing while somebody's assignment is open."""
    listed = ", ".join(names)
    if not listed:
        return ()
    return (_problem("assignments_open", way_out="finish_assignments", names=listed),)


def result_overdue(
    awaited: bool, control: date | None, today: date, name: str = ""
) -> tuple[Problem, ...]:
    """ASK-RES (art. 8 p. 5): we asked `name` for the result of a forwarding, it has not come."""
    if not awaited or control is None or control >= today:
        return ()
    params = MappingProxyType({"name": name})
    return (Problem("result_not_come", "ч. 5 ст. 8 59-ФЗ", WARN, (), "ASK-RES", "remind", params),)


def _problem(
    code: str, article: str = "", rule: str = "", way_out: str = "", **params: str
) -> Problem:
    return Problem(
        code=code,
        article=article,
        severity=BLOCK,
        rule=rule,
        way_out=way_out,
        params=MappingProxyType(params),
    )
