"""Letters to the citizen: what must be there before one is numbered and sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .intake_case import APPEAL
from .notice_text import BLANK
from .problems import BLOCK, WARN, Problem, Severity

SERIES: Final = "ИСХ"
_PREFIX: Final = re.compile(r"[^\W_](?:[^\W_]|[.-](?=[^\W_])){0,9}")
ART_10_4: Final = "ч. 4 ст. 10 59-ФЗ"

POST: Final = "post"
EMAIL: Final = "email"
PORTAL: Final = "portal"
HAND: Final = "hand"
TOLD: Final = "phone"
# Channels that need an address written in the letter; the portal and a hand need none.
ADDRESSED: Final = frozenset({POST, EMAIL})
# How the answer to an appeal of this origin goes: by the same road, where there is an address.
CHANNEL_OF: Final = MappingProxyType(
    {"portal": PORTAL, "site": EMAIL, "epgu": EMAIL, "email": EMAIL, "social": EMAIL}
)
# An appeal by a telephone line of the local act is oral: it may be answered as it was made.
_ORAL: Final = "phone"
# At a reception the applicant may agree to be answered there and then (59-FZ, art. 13, p. 3).
_RECEPTION: Final = "visit"


# What needs nobody's signature: it tells of a registration or of the ways to file.
UNSIGNED: Final = frozenset({"registration", "how_to_file"})
# Letters of decisions: where the body says so, each is signed before it leaves (practice 11).
DECISIONS: Final = frozenset(
    {"forwarding", "extension", "stopping", "no_answer", "return", "withdrawal", "postponement"}
)
EXPLANATION: Final = "explanation"
# Letters about the whole appeal; beside other questions each becomes an explanation (practice 17).
_WHOLE: Final = frozenset({"return", "no_answer"})


def kind_beside(kind: str, *, others: bool) -> str:
    """The kind of the letter of a ground; `others`: questions of the appeal that it is not about.

    One question of several never returns the letter nor leaves it without an answer as a whole.
    """
    return EXPLANATION if others and kind in _WHOLE else kind


def answers_to(kind: str) -> frozenset[str]:
    """The kinds of letters that do for a ground whose letter is `kind`."""
    return frozenset({kind, EXPLANATION}) if kind in _WHOLE else frozenset({kind})


# By which article the letter of a decision had to leave in time.
_IN_TIME: Final = MappingProxyType(
    {"extension": "ч. 2 ст. 12 59-ФЗ", "forwarding": "ч. 3 ст. 8 59-ФЗ"}
)


@dataclass(frozen=True)
class Letter:
    """What is checked of a letter before it is sent."""

    text: str
    channel: str
    address: str


def number(n: int, year: int, prefix: str = SERIES) -> str:
    """The outgoing number of the `n`-th letter of a year: «ИСХ-12/2026»; `prefix` of the body.

    The series runs on whatever the prefix is: a changed one begins no second count in a year.
    """
    return f"{prefix}-{n}/{year}"


def is_prefix(prefix: str) -> bool:
    """Whether `prefix` can stand before outgoing numbers (the body's office rule).

    It is read out, typed and searched for: at most ten letters and digits, full stops and hyphens
    between them.
    """
    return _PREFIX.fullmatch(prefix) is not None


def free_kinds(ticket_kind: str) -> tuple[str, ...]:
    """Kinds of notices that tell of no decision: whoever answers for the case writes them.

    How to file an appeal is explained to who has sent a message (practice 9).
    """
    return ("registration", "explanation", *(("how_to_file",) if ticket_kind == "message" else ()))


def check(letter: Letter) -> tuple[Problem, ...]:
    """What blocks the sending: no text, blanks left in it, no address for the channel."""
    found = []
    if not letter.text.strip():
        found.append(_problem("no_notice_text", "write_notice", "text"))
    elif BLANK in letter.text:
        found.append(_problem("notice_blank", "fill_blanks", "text"))
    if letter.channel in ADDRESSED and not letter.address.strip():
        found.append(
            _problem("no_address_for_channel", "choose_channel", "address", ART_10_4, "ANS-FORM")
        )
    return tuple(found)


def check_late(kind: str, due: date | None, today: date) -> tuple[Problem, ...]:
    """What is said of a decision's letter that leaves after the day by which it had to.

    The applicant is told of an extension before the former term ends (art. 12 p. 2), of a
    forwarding within its seven days (art. 8 p. 3). Late it still has to leave: with a reason.
    """
    if due is None or today <= due:
        return ()
    article, words = _IN_TIME.get(kind, ""), {"day": due.strftime("%d.%m.%Y")}
    return (Problem("notice_late", article, WARN, ("state",), "LATE", "write_cause_only", words),)


def check_road(channel: str, *, postal: str, email: str, has_account: bool) -> tuple[Problem, ...]:
    """ANS-FORM: an answer is not sent by a road for which the appeal has no address."""
    has = {POST: bool(postal.strip()), EMAIL: bool(email.strip()), PORTAL: has_account}
    if has.get(channel, True):
        return ()
    return (_problem("no_address_for_channel", "choose_channel", "channel", ART_10_4, "ANS-FORM"),)


def check_form(kind: str, origin: str, channel: str) -> tuple[Problem, ...]:
    """ANS-FORM: a written appeal is answered on paper, an electronic one electronically.

    Of appeals under 59-FZ alone (art. 10, p. 4). What is told by telephone is no written answer and
    nobody signs it: a block. Another written road than that of the appeal wants a reason (the
    applicant asked for it).
    """
    if kind != APPEAL or origin == _ORAL:
        return ()
    if channel == TOLD and origin == _RECEPTION:
        return (_form("answer_told_at_reception", WARN, "write_consent", "ч. 3 ст. 13 59-ФЗ"),)
    if channel == TOLD:
        return (_form("answer_not_in_writing", BLOCK, "choose_channel"),)
    if origin in CHANNEL_OF:
        fits = channel in (EMAIL, PORTAL)
        return () if fits else (_form("answer_not_electronic", WARN, "write_wish"),)
    fits = channel == POST or (channel == HAND and origin == _RECEPTION)
    return () if fits else (_form("answer_not_on_paper", WARN, "write_wish"),)


def _form(code: str, severity: Severity, way_out: str, article: str = ART_10_4) -> Problem:
    return Problem(code, article, severity, ("channel",), "ANS-FORM", way_out)


def check_post(
    outgoing: str, day: date | None, *, registered_on: date | None, today: date
) -> tuple[Problem, ...]:
    """What is wrong with a number and a date written down from the journal of outgoing post."""
    if not outgoing.strip() or day is None:
        return (_problem("no_outgoing_number", "fill_outgoing", "outgoing_number"),)
    if registered_on and day < registered_on:
        return (_problem("outgoing_before_registration", "fix_outgoing_date", "outgoing_date"),)
    if day > today:
        return (_problem("outgoing_in_future", "fix_outgoing_date", "outgoing_date"),)
    return ()


def channel(origin: str, *, postal: str, email: str, has_account: bool) -> tuple[str, str]:
    """The proposed (channel, address): that of the receipt, else whatever there is an address for.

    Anonymous callers without any address are given the letter in person.
    """
    roads = {POST: postal.strip(), EMAIL: email.strip(), PORTAL: "" if has_account else None}
    wished = CHANNEL_OF.get(origin, POST)
    others = (EMAIL, PORTAL, POST) if origin in CHANNEL_OF else (POST, EMAIL, PORTAL)
    for road in (wished, *others):
        address = roads[road]
        if address or (road == PORTAL and address is not None):
            return road, address or ""
    return HAND, ""


def _problem(code: str, way_out: str, name: str, article: str = "", rule: str = "") -> Problem:
    return Problem(code, article, BLOCK, (name,), rule, way_out)
