"""What must be there to register: by kind, origin, date and mode of the line.

`missing` gives problems; those that block name the article and the way out. Which rule blocks and
which warns follows how surely the text of the law is known (docs/legal.md); a body's settings may
turn warnings into blocks by rule (`strict`). The fields carry the names of the ticket's columns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from .problems import BLOCK, WARN, Problem

MESSAGE: Final = "message"
APPEAL: Final = "appeal_59"
REQUEST: Final = "request_8fz"
TECH_SUPPORT: Final = "tech_support"
KINDS: Final = (MESSAGE, APPEAL, REQUEST, TECH_SUPPORT)

PHONE: Final = "phone"
WRITTEN: Final = frozenset({"paper", "visit", "forwarded"})
ELECTRONIC: Final = frozenset({"portal", "epgu", "site"})
# Since 547-FZ none of these carries an appeal in electronic form.
NOT_ELECTRONIC: Final = frozenset({"email", "social", PHONE})
ORIGINS: Final = (PHONE, "visit", "paper", "portal", "epgu", "site", "email", "social", "forwarded")

# Modes of a line: a message, an oral appeal by a local act, consultation only.
LINE_MESSAGE: Final = "message"
LINE_ORAL: Final = "oral"
LINE_CONSULT: Final = "consult"
LINE_MODES: Final = (LINE_MESSAGE, LINE_ORAL, LINE_CONSULT)

# 547-FZ of 28.12.2024 is in force from this day of receipt.
ELECTRONIC_ONLY_FROM: Final = date(2025, 3, 30)

ART_1_4: Final = "п. 1 ст. 4 59-ФЗ"
ART_2: Final = "ст. 2 59-ФЗ"
ART_7_1: Final = "ч. 1 ст. 7 59-ФЗ"
ART_7_3: Final = "ч. 3 ст. 7 59-ФЗ"
ART_8_2: Final = "ч. 2 ст. 8 59-ФЗ"
ART_9_1: Final = "ч. 1 ст. 9 59-ФЗ"
ART_11_1: Final = "ч. 1 ст. 11 59-ФЗ"
ART_18_8FZ: Final = "ст. 18 8-ФЗ"
LOCAL_ACT: Final = "локальный акт"

# Every code that `missing` can give: the add-on has words for each.
CODES: Final = frozenset(
    {
        *("registered_before_received", "no_text", "refused", "no_contact"),
        *("not_an_electronic_appeal", "identification_unknown", "not_identified"),
        *("no_given_name", "no_addressee", "no_signed", "no_appeal_date"),
        *("no_act_number", "no_act_date", "oral_anonymous", "line_consults_only"),
        *("no_applicant_surname", "no_applicant_given_name", "no_applicant_address"),
        *("anonymous_no_answer", "unlawful_act_unanswered", "request_without_name"),
        *("collective_no_recipient", "no_signature_count"),
    }
)
WAYS_OUT: Final = frozenset(
    {
        *("fix_dates", "write_text", "make_message", "check_login", "ask_applicant"),
        *("ask_name_and_address", "answer_unlawful_act", "ask_contact", "consultation"),
        "register_anyway",
    }
)

_CONTACTS: Final = ("applicant_phone", "applicant_email", "applicant_address", "account_id")


@dataclass(frozen=True)
class _Case:
    kind: str
    origin: str
    fields: Mapping[str, Any]
    line_mode: str

    def has(self, *names: str) -> bool:
        """Whether one of the fields has content."""
        return any(_filled(self.fields.get(name)) for name in names)

    def lacks(self, name: str) -> bool:
        """Whether the form asks for this field and it was left empty."""
        return name in self.fields and not _filled(self.fields[name])

    @property
    def is_appeal(self) -> bool:
        return self.kind == APPEAL

    @property
    def is_oral(self) -> bool:
        """An oral appeal by the body's local act: a telephone line in that mode."""
        return self.is_appeal and self.origin == PHONE and self.line_mode == LINE_ORAL

    @property
    def is_under_547(self) -> bool:
        """Received since 30.03.2025, or just now."""
        received = self.fields.get("received_on")
        return not received or received >= ELECTRONIC_ONLY_FROM


def missing(
    kind: str,
    origin: str,
    fields: Mapping[str, Any],
    line_mode: str = LINE_MESSAGE,
    strict: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Everything that stands in the way of registering, blocks first.

    `fields`: `applicant_surname`, `applicant_given_name`, `applicant_address`, `applicant_phone`,
    `applicant_email`, `appeal_text`, `is_anonymous`, `is_collective`, `received_on` and
    `registered_on` (dates of the body), of the line `act_number`, `act_date`; optional, checked
    only when present: `addressee`, `signed`, `appeal_date`, `account_id`, `identified`,
    `unlawful_act` («yes», «no» or empty), `recipient`, `signature_count`, `refused`.
    `strict`: rules whose warnings block by a setting. `ValueError` for an unknown kind, origin or
    mode.
    """
    _check_known(kind, origin, line_mode)
    case = _Case(kind, origin, fields, line_mode)
    found = [problem for rule in _RULES for problem in rule(case)]
    found = [replace(one, severity=BLOCK) if one.rule in strict else one for one in found]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def is_anonymous(kind: str, origin: str, fields: Mapping[str, Any]) -> bool:
    """ANON: nobody to answer. No surname, or no address of the kind that the origin answers to.

    Part 1 of article 11: on paper the postal address, in electronic form e-mail or account; for an
    8-FZ request any contact. Such a case is still registered and worked on. A message is anonymous
    only by the author's wish.
    """
    case = _Case(kind, origin, fields, LINE_MESSAGE)
    if case.has("is_anonymous"):
        return True
    if kind not in (APPEAL, REQUEST):
        return False
    return not case.has("applicant_surname") or not case.has(*_reply_fields(kind, origin))


def _check_known(kind: str, origin: str, line_mode: str) -> None:
    for value, known in ((kind, KINDS), (origin, ORIGINS), (line_mode, LINE_MODES)):
        if value not in known:
            raise ValueError(f"unknown kind, origin or mode of a line: {value!r}")


def _filled(value: Any) -> bool:  # noqa: ANN401 - any column of a ticket
    return bool(value.strip() if isinstance(value, str) else value)


def _reply_fields(kind: str, origin: str) -> tuple[str, ...]:
    """Fields of which one is enough to answer; e-mail and networks: appeals before 547-FZ."""
    if kind == REQUEST:
        return _CONTACTS
    if origin in ELECTRONIC or origin in ("email", "social"):
        return ("applicant_email", "account_id")
    return ("applicant_address",)


def _dates(case: _Case) -> Iterator[Problem]:
    """REG-3: registration follows receipt; a late one is coloured, never blocked."""
    received, registered = case.fields.get("received_on"), case.fields.get("registered_on")
    if received and registered and registered < received:
        names = ("received_on", "registered_on")
        yield Problem("registered_before_received", ART_8_2, BLOCK, names, "REG-3", "fix_dates")


def _substance(case: _Case) -> Iterator[Problem]:
    """Nothing can be registered without its substance."""
    if not case.has("appeal_text"):
        article = ART_7_1 if case.is_appeal else ""
        yield Problem("no_text", article, BLOCK, ("appeal_text",), "REQ-W", "write_text")


def _channel(case: _Case) -> Iterator[Problem]:
    """REG-CH: e-mail, social networks and telephone carry no 59-FZ appeal since 30.03.2025."""
    closed = case.origin in NOT_ELECTRONIC and case.is_under_547
    if case.is_appeal and closed and not case.is_oral:
        names = ("kind", "origin")
        yield Problem("not_an_electronic_appeal", ART_1_4, BLOCK, names, "REG-CH", "make_message")


def _identification(case: _Case) -> Iterator[Problem]:
    """REG-CH: the official site and the portal need an identified or authenticated author."""
    if not (case.is_appeal and case.origin in ("portal", "site") and case.is_under_547):
        return
    if "identified" not in case.fields:
        yield Problem("identification_unknown", ART_1_4, WARN, ("origin",), "REG-CH", "check_login")
    elif case.lacks("identified"):
        yield Problem("not_identified", ART_1_4, BLOCK, ("origin",), "REG-CH", "make_message")


def _written_form(case: _Case) -> Iterator[Problem]:
    """REQ-W: article 7 part 1; what is missing is asked for, not refused."""
    if not (case.is_appeal and case.origin in WRITTEN):
        return
    if not case.has("applicant_given_name"):
        yield _asked("no_given_name", ART_7_1, "applicant_given_name", "REQ-W")
    for name in ("addressee", "signed", "appeal_date"):
        if case.lacks(name):
            yield _asked(f"no_{name}", ART_7_1, name, "REQ-W")


def _electronic_form(case: _Case) -> Iterator[Problem]:
    """REQ-E: article 7 part 3; a signature is not asked for."""
    electronic = case.is_appeal and case.origin in ELECTRONIC
    if electronic and not case.has("applicant_given_name"):
        yield _asked("no_given_name", ART_7_3, "applicant_given_name", "REQ-E")


def _oral_by_local_act(case: _Case) -> Iterator[Problem]:
    """Mode b: the act's number and date, the full name and the address are compulsory."""
    if not case.is_oral:
        return
    needed = ("applicant_surname", "applicant_given_name", "applicant_address")
    for name in ("act_number", "act_date", *needed):
        if not case.has(name):
            yield Problem(f"no_{name}", LOCAL_ACT, BLOCK, (name,), "ORAL", "make_message")
    if case.has("is_anonymous"):
        yield Problem("oral_anonymous", LOCAL_ACT, BLOCK, ("is_anonymous",), "ORAL", "make_message")


def _consultation_line(case: _Case) -> Iterator[Problem]:
    """Mode c: the line consults and helps; a message from it is an exception."""
    if case.origin == PHONE and case.line_mode == LINE_CONSULT and case.kind == MESSAGE:
        yield Problem("line_consults_only", LOCAL_ACT, WARN, ("kind",), "LINE-C", "consultation")


def _anonymous(case: _Case) -> Iterator[Problem]:
    """ANON: registered and worked on, but not answered; "unlawful act?" must be answered."""
    if case.is_oral or not case.is_appeal or not is_anonymous(case.kind, case.origin, case.fields):
        return
    names: tuple[str, ...] = () if case.has("applicant_surname") else ("applicant_surname",)
    reply = _reply_fields(case.kind, case.origin)
    names += () if case.has(*reply) else reply
    yield Problem("anonymous_no_answer", ART_11_1, WARN, names, "ANON", "ask_name_and_address")
    yield from _unlawful_act(case)


def _unlawful_act(case: _Case) -> Iterator[Problem]:
    """ANON: "does it tell of an unlawful act?" blocks where the form asks it, else it reminds."""
    if not case.has("unlawful_act"):
        severity = BLOCK if "unlawful_act" in case.fields else WARN
        code, names = "unlawful_act_unanswered", ("unlawful_act",)
        yield Problem(code, ART_11_1, severity, names, "ANON", "answer_unlawful_act")


def _request(case: _Case) -> Iterator[Problem]:
    """REQ-8FZ: an anonymous request is not considered; a reply needs an address of some kind."""
    if case.kind != REQUEST:
        return
    if not case.has("applicant_surname"):
        yield _asked("request_without_name", ART_18_8FZ, "applicant_surname", "REQ-8FZ")
    if not case.has(*_CONTACTS):
        yield Problem("no_contact", ART_18_8FZ, WARN, _CONTACTS, "REQ-8FZ", "ask_contact")


def _message(case: _Case) -> Iterator[Problem]:
    """A message without any contact can be worked on but not answered."""
    if case.kind == MESSAGE and not case.has("is_anonymous") and not case.has(*_CONTACTS):
        yield Problem("no_contact", "", WARN, _CONTACTS, "MESSAGE", "ask_contact")


def _collective(case: _Case) -> Iterator[Problem]:
    """Article 2 names collective appeals: somebody must be answered for all."""
    if not (case.is_appeal and case.has("is_collective")):
        return
    if not case.has("recipient"):
        yield _asked("collective_no_recipient", ART_2, "recipient", "COLLECTIVE")
    if case.lacks("signature_count"):
        yield _asked("no_signature_count", ART_2, "signature_count", "COLLECTIVE")


def _acceptance(case: _Case) -> Iterator[Problem]:
    """ACCEPT: an appeal within competence must be taken."""
    if case.is_appeal and case.has("refused"):
        yield Problem("refused", ART_9_1, WARN, ("refused",), "ACCEPT", "register_anyway")


def _asked(code: str, article: str, name: str, rule: str) -> Problem:
    return Problem(code, article, WARN, (name,), rule, "ask_applicant")


_Rule = Callable[[_Case], Iterator[Problem]]
_RULES: Final[tuple[_Rule, ...]] = (
    _dates,
    _channel,
    _identification,
    _oral_by_local_act,
    _consultation_line,
    _substance,
    _written_form,
    _electronic_form,
    _anonymous,
    _request,
    _message,
    _collective,
    _acceptance,
)
