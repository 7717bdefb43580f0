"""The rules of registering: each a function that yields what a draft lacks, with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from .intake_case import (
    CONTACTS,
    ELECTRONIC,
    LINE_CONSULT,
    MESSAGE,
    NOT_ELECTRONIC,
    PHONE,
    REQUEST,
    WRITTEN,
    Case,
    is_anonymous,
    reply_fields,
)
from .problems import BLOCK, WARN, Problem

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


def _dates(case: Case) -> Iterator[Problem]:
    """REG-3: registration follows receipt; a late one is coloured, never blocked."""
    received, registered = case.fields.get("received_on"), case.fields.get("registered_on")
    if received and registered and registered < received:
        names = ("received_on", "registered_on")
        yield Problem("registered_before_received", ART_8_2, BLOCK, names, "REG-3", "fix_dates")


def _substance(case: Case) -> Iterator[Problem]:
    """Nothing can be registered without its substance."""
    if not case.has("appeal_text"):
        article = ART_7_1 if case.is_appeal else ""
        yield Problem("no_text", article, BLOCK, ("appeal_text",), "REQ-W", "write_text")


def _channel(case: Case) -> Iterator[Problem]:
    """REG-CH: e-mail, social networks and telephone carry no 59-FZ appeal since 30.03.2025."""
    closed = case.origin in NOT_ELECTRONIC and case.is_under_547
    if case.is_appeal and closed and not case.is_oral:
        names = ("kind", "origin")
        yield Problem("not_an_electronic_appeal", ART_1_4, BLOCK, names, "REG-CH", "make_message")


def _identification(case: Case) -> Iterator[Problem]:
    """REG-CH: the official site and the portal need an identified or authenticated author."""
    if not (case.is_appeal and case.origin in ("portal", "site") and case.is_under_547):
        return
    if "identified" not in case.fields:
        yield Problem("identification_unknown", ART_1_4, WARN, ("origin",), "REG-CH", "check_login")
    elif case.lacks("identified"):
        yield Problem("not_identified", ART_1_4, BLOCK, ("origin",), "REG-CH", "make_message")


def _written_form(case: Case) -> Iterator[Problem]:
    """REQ-W: article 7 part 1; what is missing is asked for, not refused."""
    if not (case.is_appeal and case.origin in WRITTEN):
        return
    if not case.has("applicant_given_name"):
        yield _asked("no_given_name", ART_7_1, "applicant_given_name", "REQ-W")
    for name in ("addressee", "signed", "appeal_date"):
        if case.lacks(name):
            yield _asked(f"no_{name}", ART_7_1, name, "REQ-W")


def _electronic_form(case: Case) -> Iterator[Problem]:
    """REQ-E: article 7 part 3; a signature is not asked for."""
    electronic = case.is_appeal and case.origin in ELECTRONIC
    if electronic and not case.has("applicant_given_name"):
        yield _asked("no_given_name", ART_7_3, "applicant_given_name", "REQ-E")


def _oral_by_local_act(case: Case) -> Iterator[Problem]:
    """Mode b: the act's number and date, the full name and the address are compulsory."""
    if not case.is_oral:
        return
    needed = ("applicant_surname", "applicant_given_name", "applicant_address")
    for name in ("act_number", "act_date", *needed):
        if not case.has(name):
            yield Problem(f"no_{name}", LOCAL_ACT, BLOCK, (name,), "ORAL", "make_message")
    if case.has("is_anonymous"):
        yield Problem("oral_anonymous", LOCAL_ACT, BLOCK, ("is_anonymous",), "ORAL", "make_message")


def _consultation_line(case: Case) -> Iterator[Problem]:
    """Mode c: the line consults and helps; a message from it is an exception."""
    if case.origin == PHONE and case.line_mode == LINE_CONSULT and case.kind == MESSAGE:
        yield Problem("line_consults_only", LOCAL_ACT, WARN, ("kind",), "LINE-C", "consultation")


def _anonymous(case: Case) -> Iterator[Problem]:
    """ANON: registered and worked on, but not answered; "unlawful act?" must be answered."""
    if case.is_oral or not case.is_appeal or not is_anonymous(case.kind, case.origin, case.fields):
        return
    names: tuple[str, ...] = () if case.has("applicant_surname") else ("applicant_surname",)
    reply = reply_fields(case.kind, case.origin)
    names += () if case.has(*reply) else reply
    yield Problem("anonymous_no_answer", ART_11_1, WARN, names, "ANON", "ask_name_and_address")
    yield from _unlawful_act(case)


def _unlawful_act(case: Case) -> Iterator[Problem]:
    """ANON: "does it tell of an unlawful act?" blocks where the form asks it, else it reminds."""
    if not case.has("unlawful_act"):
        severity = BLOCK if "unlawful_act" in case.fields else WARN
        code, names = "unlawful_act_unanswered", ("unlawful_act",)
        yield Problem(code, ART_11_1, severity, names, "ANON", "answer_unlawful_act")


def _request(case: Case) -> Iterator[Problem]:
    """REQ-8FZ: an anonymous request is not considered; a reply needs an address of some kind."""
    if case.kind != REQUEST:
        return
    if not case.has("applicant_surname"):
        yield _asked("request_without_name", ART_18_8FZ, "applicant_surname", "REQ-8FZ")
    if not case.has(*CONTACTS):
        yield Problem("no_contact", ART_18_8FZ, WARN, CONTACTS, "REQ-8FZ", "ask_contact")


def _message(case: Case) -> Iterator[Problem]:
    """A message without any contact can be worked on but not answered."""
    if case.kind == MESSAGE and not case.has("is_anonymous") and not case.has(*CONTACTS):
        yield Problem("no_contact", "", WARN, CONTACTS, "MESSAGE", "ask_contact")


def _collective(case: Case) -> Iterator[Problem]:
    """Article 2 names collective appeals: somebody must be answered for all."""
    if not (case.is_appeal and case.has("is_collective")):
        return
    if not case.has("recipient"):
        yield _asked("collective_no_recipient", ART_2, "recipient", "COLLECTIVE")
    if case.lacks("signature_count"):
        yield _asked("no_signature_count", ART_2, "signature_count", "COLLECTIVE")


def _acceptance(case: Case) -> Iterator[Problem]:
    """ACCEPT: an appeal within competence must be taken."""
    if case.is_appeal and case.has("refused"):
        yield Problem("refused", ART_9_1, WARN, ("refused",), "ACCEPT", "register_anyway")


def _asked(code: str, article: str, name: str, rule: str) -> Problem:
    return Problem(code, article, WARN, (name,), rule, "ask_applicant")


Rule = Callable[[Case], Iterator[Problem]]
RULES: Final[tuple[Rule, ...]] = (
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
