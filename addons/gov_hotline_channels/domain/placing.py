"""Where a letter that came in lands: by what it answers and by whom it is (practice 9, 10).

Nothing here throws a letter away. A letter that lands by itself is one that answers a letter of
ours from the address that it went to, or a stranger's first letter. What an automaton wrote makes
no card. Everything else waits for a person, with words why and a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from . import body_letter

# Where it lands; the codes of hotline.incoming.mail
PLACED: Final = "placed"
QUARANTINE: Final = "quarantine"
NOISE: Final = "noise"

# What it is
EXECUTOR_ANSWER: Final = "executor_answer"
ADDITION: Final = "addition"
COVERING: Final = "covering"
MESSAGE: Final = "message"
REQUEST_8FZ: Final = "request_8fz"
AUTO_REPLY: Final = "auto_reply"
SPAM: Final = "spam"
UNKNOWN: Final = "unknown"
REQUEST_REPLY: Final = "request_reply"
REPORT_REPLY: Final = "report_reply"

# Of whom a letter of ours was answered
EXECUTOR: Final = "executor"
APPLICANT: Final = "applicant"
ASKED: Final = "asked"  # a body or an organisation that a request went to
HIGHER: Final = "higher"  # a body that a report on its covering letter went to
OTHER: Final = "other"

AGENCY: Final = "agency"
ORGANISATION: Final = "organisation"
SUBORDINATE: Final = "subordinate"

_REPLY_KINDS: Final = {
    EXECUTOR: EXECUTOR_ANSWER,
    APPLICANT: ADDITION,
    ASKED: REQUEST_REPLY,
    HIGHER: REPORT_REPLY,
}

HOURLY_LIMIT: Final = 20  # letters of one address about one thing; more is a loop of programmes

_REPLIES: Final = frozenset({"auto-replied", "auto-notified"})
_REPLY_HEADERS: Final = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoreply-from")
_BULK: Final = frozenset({"bulk", "junk", "list"})
_LISTS: Final = ("list-id", "list-unsubscribe", "list-post")
_REQUEST_8FZ: Final = re.compile(
    r"\b8[-–— ]?ФЗ\b|\bинформаци\w+ о деятельности (?:государственн|органов|орган)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:№|\bN[оo]?\.?)\s*([^\s,;:«»\"()]{1,64})", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """What the rules look at. `headers`: names in small letters; `content_type` likewise."""

    from_address: str = ""
    subject: str = ""
    body: str = ""
    files: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""
    from_name: str = ""

    @property
    def speaks_as_body(self) -> bool:
        """Whether it is a body's by its own words, whoever's mailbox it came from."""
        return body_letter.speaks(self.from_name, self.from_address, self.subject, self.body)


@dataclass(frozen=True)
class Reply:
    """The letter of ours that this one answers, or returns.

    `of`: EXECUTOR, APPLICANT, ASKED, HIGHER or OTHER; `is_from_addressee`: the sender is whom it
    went to, or a known address of the same executor or body; `is_open`: what it is about still
    takes such a letter.
    """

    of: str = OTHER
    is_from_addressee: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Facts:
    """What the body knows of a letter.

    `is_ours`: its Message-ID is that of a letter of ours; `is_own_address`: the sender is the body
    itself or of its domains; `case_named`: its subject names a case; `sender`: AGENCY (another
    body), SUBORDINATE, ORGANISATION or empty for whom nobody knows; `recent`: letters of the last
    hour from this address about the same thing; `named_as_body`: the sender's name is that of a
    body of the directory, the address is not.
    """

    is_ours: bool = False
    is_own_address: bool = False
    reply: Reply | None = None
    case_named: bool = False
    sender: str = ""
    recent: int = 0
    named_as_body: bool = False

    @property
    def is_from_addressee(self) -> bool:
        """Whether the sender is whom our letter went to."""
        return bool(self.reply and self.reply.is_from_addressee)


@dataclass(frozen=True)
class Verdict:
    """Where a letter lands, what it is, and the code of the words why."""

    state: str
    kind: str
    why: str


def place(letter: Letter, facts: Facts) -> Verdict:
    """Decide where a letter lands, by the first rule that speaks."""
    steps = (_loop, _automaton, _flood, _spam, _reply, _of_a_case, _of_a_body, _first)
    return next(verdict for step in steps if (verdict := step(letter, facts)))


def is_bounce(letter: Letter) -> bool:
    """Whether a mail server reports that it could not deliver a letter (RFC 3464)."""
    is_report = letter.content_type.startswith("multipart/report")
    return is_report and "disposition-notification" not in letter.content_type


def is_auto_reply(letter: Letter) -> bool:
    """Whether a programme answered for a person: «out of office», a report, a receipt."""
    submitted = _first_word(letter, "auto-submitted")
    return (
        submitted in _REPLIES
        or letter.content_type.startswith("multipart/report")
        or letter.headers.get("return-path", "").strip() == "<>"
        or _first_word(letter, "precedence") == "auto_reply"
        or any(name in letter.headers for name in _REPLY_HEADERS)
    )


def is_bulk(letter: Letter) -> bool:
    """Whether a programme sent it of itself: a mailing, a notice of a document system."""
    submitted = _first_word(letter, "auto-submitted")
    return (
        submitted not in ("", "no")
        or _first_word(letter, "precedence") in _BULK
        or any(name in letter.headers for name in _LISTS)
    )


def is_automatic(letter: Letter) -> bool:
    """Whether a programme wrote it: nothing is ever sent back to such a letter."""
    return is_auto_reply(letter) or is_bulk(letter)


def numbers(subject: str) -> tuple[str, ...]:
    """What the subject names by «№»: perhaps numbers of cases."""
    found = (number.rstrip(".…!?»") for number in _NUMBER.findall(subject))
    return tuple(dict.fromkeys(number for number in found if re.search(r"\d", number)))


def _first_word(letter: Letter, header: str) -> str:
    return letter.headers.get(header, "").partition(";")[0].strip().lower()


def _loop(_letter: Letter, facts: Facts) -> Verdict | None:
    return Verdict(NOISE, AUTO_REPLY, "own_letter") if facts.is_ours else None


def _automaton(letter: Letter, facts: Facts) -> Verdict | None:
    if is_auto_reply(letter):
        return Verdict(NOISE, AUTO_REPLY, "bounce" if is_bounce(letter) else "auto_reply")
    if not is_bulk(letter):
        return None
    # A document system of a body marks its letters so too: a person looks at those.
    if facts.is_from_addressee or facts.sender or letter.files or letter.speaks_as_body:
        return Verdict(QUARANTINE, _proposed(facts), "marked_automatic")
    return Verdict(NOISE, AUTO_REPLY, "bulk")


def _flood(_letter: Letter, facts: Facts) -> Verdict | None:
    if facts.recent < HOURLY_LIMIT:
        return None
    if facts.sender:
        return Verdict(QUARANTINE, _proposed(facts), "many_from_body")
    return Verdict(NOISE, AUTO_REPLY, "flood")


def _spam(letter: Letter, facts: Facts) -> Verdict | None:
    marked = _first_word(letter, "x-spam-flag") == "yes"
    if marked and not facts.is_from_addressee:
        return Verdict(QUARANTINE, SPAM, "marked_spam")
    return None


def _reply(_letter: Letter, facts: Facts) -> Verdict | None:
    reply = facts.reply
    if not reply:
        return None
    kind = _proposed(facts)
    if reply.of == OTHER:
        return Verdict(QUARANTINE, kind, "reply_to_other")
    if not reply.is_from_addressee:
        return Verdict(QUARANTINE, kind, "strange_address")
    if reply.of == HIGHER:  # thanks, a question, a new control: a person reads it
        return Verdict(QUARANTINE, kind, "higher_replied")
    if not reply.is_open:
        return Verdict(QUARANTINE, kind, f"{reply.of}_too_late")
    return Verdict(PLACED, kind, f"{reply.of}_replied")


def _of_a_case(_letter: Letter, facts: Facts) -> Verdict | None:
    return Verdict(QUARANTINE, _proposed(facts), "case_named") if facts.case_named else None


def _of_a_body(_letter: Letter, facts: Facts) -> Verdict | None:
    if facts.sender == AGENCY:
        return Verdict(QUARANTINE, COVERING, "known_body")
    if facts.sender == SUBORDINATE:
        return Verdict(QUARANTINE, EXECUTOR_ANSWER, "known_executor")
    if facts.is_own_address:
        return Verdict(QUARANTINE, UNKNOWN, "own_address")
    if facts.sender:
        return Verdict(QUARANTINE, UNKNOWN, "known_organisation")
    return None


def _first(letter: Letter, facts: Facts) -> Verdict:
    """A letter of somebody who is nobody's correspondent yet: a citizen, until a person says no."""
    if not letter.from_address:
        return Verdict(QUARANTINE, UNKNOWN, "no_sender")
    if not letter.body.strip() and not letter.files:
        return Verdict(QUARANTINE, UNKNOWN, "empty")
    if facts.named_as_body or letter.speaks_as_body:
        return Verdict(QUARANTINE, COVERING, "speaks_as_body")
    if _REQUEST_8FZ.search(f"{letter.subject}\n{letter.body}"):
        return Verdict(QUARANTINE, REQUEST_8FZ, "request_8fz")
    return Verdict(PLACED, MESSAGE, "citizens_letter")


def _proposed(facts: Facts) -> str:
    """What a letter about something of ours seems to be."""
    if facts.reply and facts.reply.of != OTHER:
        return _REPLY_KINDS[facts.reply.of]
    if facts.case_named:
        return EXECUTOR_ANSWER if facts.sender else ADDITION
    return {AGENCY: COVERING, SUBORDINATE: EXECUTOR_ANSWER}.get(facts.sender, UNKNOWN)
