"""Extension of the answer: article 12 part 2 of 59-FZ, article 18 part 6 of 8-FZ, practice 14.

Decided once, by somebody with the right, for a reason, by the last day of the term (23:59 of the
body's time), with a notice to the applicant in the same act. After midnight there is no extension,
only an overdue case and its cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from .calendars import WorkCalendar
from .clock import WARNING_DAYS, body_date, days_left
from .problems import BLOCK, Problem

ARTICLE: Final = "ч. 2 ст. 12 59-ФЗ"
ARTICLE_8FZ: Final = "ч. 6 ст. 18 8-ФЗ"
RULE: Final = "EXT-30"
RULE_8FZ: Final = "REQ-EXT-15"
RULE_8FZ_NOTICE: Final = "REQ-POST-7"

EXCEPTIONAL: Final = "exceptional"
REQUEST: Final = "request"
GROUNDS: Final = (EXCEPTIONAL, REQUEST)
REASON_LENGTH: Final = 10

# What the officer is told of a case that may still be extended.
NOTHING: Final = ""
SOON: Final = "soon"
LAST_DAY: Final = "last_day"
TOO_LATE: Final = "too_late"


@dataclass(frozen=True)
class Proposal:
    """A decision on extension as it is checked.

    `longest`: days the law allows, 0 where it allows none. `earlier`: extensions decided before.
    `due`: date the answer is due without this one. `notify_by`: last day of the notice, where the
    law sets one of its own. `requests`: requests sent to other bodies. `is_notified`: a numbered
    notice goes out with the decision (or nobody is to be told). `has_right`: the signer may extend.
    `signed_on`: date on a paper decision, None for one taken now.
    """

    days: int
    longest: int
    reason: str
    due: date | None
    earlier: int = 0
    ground: str = EXCEPTIONAL
    requests: int = 0
    notify_by: date | None = None
    is_notified: bool = True
    has_right: bool = True
    is_request_8fz: bool = False
    registered_on: date | None = None
    signed_on: date | None = None


def check(proposal: Proposal, moment_utc: datetime, tz: str) -> tuple[Problem, ...]:
    """What forbids the decision at `moment_utc` (naive means UTC) for a body in time zone `tz`."""
    article = ARTICLE_8FZ if proposal.is_request_8fz else ARTICLE
    if not proposal.longest or proposal.due is None:
        return (_problem("extension_unknown", article, "answer_in_term"),)
    if proposal.earlier:
        return (_problem("extended_before", article, "answer_in_term"),)
    today = body_date(moment_utc, tz)
    return (
        *_time(proposal, today, article),
        *_length(proposal, article),
        *_words(proposal, article),
        *_acts(proposal, article),
    )


def alert(due: date, today: date, calendar: WorkCalendar) -> str:
    """What to tell of a case due on `due` that was not extended: NOTHING, SOON, LAST_DAY, TOO_LATE.

    SOON is three working days before and on; on the last day itself the decision is needed.
    """
    if today > due:
        return TOO_LATE
    if today == due:
        return LAST_DAY
    return SOON if days_left(due, today, calendar) <= WARNING_DAYS else NOTHING


def _time(proposal: Proposal, today: date, article: str) -> Iterator[Problem]:
    if proposal.due is not None and today > proposal.due:
        yield _problem("extension_too_late", article, "write_cause", due=proposal.due)
    elif proposal.notify_by is not None and today > proposal.notify_by:
        yield Problem(
            "postponement_too_late", article, BLOCK, (), RULE_8FZ_NOTICE, "answer_in_term",
            _params(due=proposal.notify_by),
        )  # fmt: skip
    if proposal.signed_on and not _began(proposal) <= proposal.signed_on <= today:
        yield _problem("extension_signed_on", article, "fix_signing_date", "signed_on")


def _began(proposal: Proposal) -> date:
    return proposal.registered_on or date.min


def _length(proposal: Proposal, article: str) -> Iterator[Problem]:
    if proposal.days < 1:
        yield _problem("extension_no_days", article, "set_days", "days", longest=proposal.longest)
    elif proposal.days > proposal.longest:
        yield _problem("extension_too_long", article, "set_days", "days", longest=proposal.longest)


def _words(proposal: Proposal, article: str) -> Iterator[Problem]:
    if len(proposal.reason.strip()) < REASON_LENGTH:
        yield _problem("extension_no_reason", article, "write_extension_reason", "reason")
    if proposal.ground == REQUEST and not proposal.requests:
        yield _problem("extension_no_request", article, "send_request", "ground")


def _acts(proposal: Proposal, article: str) -> Iterator[Problem]:
    if not proposal.has_right:
        yield _problem("extension_no_right", article, "choose_signer", "authority_id")
    if not proposal.is_notified:
        yield _problem("extension_no_notice", article, "issue_notice")


def _problem(
    code: str, article: str, way_out: str, name: str = "", **params: date | int
) -> Problem:
    names = (name,) if name else ()
    rule = RULE_8FZ if article == ARTICLE_8FZ else RULE
    return Problem(code, article, BLOCK, names, rule, way_out, _params(**params))


def _params(**params: date | int) -> MappingProxyType[str, str]:
    return MappingProxyType({name: _word(value) for name, value in params.items()})


def _word(value: date | int) -> str:
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)
