"""Post: what comes back and is sent again, and the register of what has left the body.

Practice 15: a returned letter is a fact of its own; it is entered after closing too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from . import mails
from .problems import BLOCK, Problem

RETURNED: Final = "returned"
RESENT: Final = "resent"
POST: Final = "post"
EMAIL: Final = "email"
HAND: Final = "hand"
# How a letter fares that is due to leave: by a wire, or on paper until somebody marks it.
QUEUED: Final = "queued"
TO_POST: Final = "to_post"
SENT: Final = "sent"
ASTRAY: Final = "failed"
DROPPED: Final = "withdrawn"
COURSE_OF_MAIL: Final[Mapping[str, str]] = MappingProxyType(
    {
        mails.QUEUED: QUEUED,
        mails.SENDING: QUEUED,
        mails.SENT: SENT,
        mails.FAILED: ASTRAY,
        mails.UNKNOWN: ASTRAY,
    }
)


@dataclass(frozen=True)
class Event:
    """A letter came back or went again on a day; sent again, it may go another way."""

    kind: str
    day: date | None
    address: str = ""
    channel: str = POST


@dataclass(frozen=True)
class Entry:
    """A line of the register: one letter that left."""

    day: date
    number: str
    what: str
    addressee: str
    address: str
    channel: str
    case: str
    signer: str


def check(
    event: Event, *, sent_on: date | None, last: Event | None, today: date, is_lost: bool = False
) -> tuple[Problem, ...]:
    """What is wrong with a new event of a letter that left on `sent_on`; `last`: the one before.

    `is_lost`: its e-mail failed or nobody knows of it; it goes again without having come back.
    """
    if sent_on is None:
        return (_problem("letter_not_sent", "send_letter_first", "happened_on"),)
    is_back = bool(last and last.kind == RETURNED)
    if (event.kind == RESENT) != is_back and not (is_lost and not is_back):
        code = "letter_not_returned" if event.kind == RESENT else "letter_returned_already"
        return (_problem(code, "look_at_post_events", "kind"),)
    if event.day is None or event.day > today:
        return (_problem("post_day_in_future", "fix_post_day", "happened_on"),)
    if event.day < (last.day if last and last.day else sent_on):
        return (_problem("post_day_too_early", "fix_post_day", "happened_on"),)
    return _check_address(event) if event.kind == RESENT else ()


def _check_address(event: Event) -> tuple[Problem, ...]:
    address = event.address.strip()
    if event.channel != HAND and not address:
        return (_problem("no_new_address", "fill_new_address", "address"),)
    if event.channel == EMAIL and not mails.is_address(address):
        return (_problem("no_mail_address", "fill_new_address", "address"),)
    return ()


def course(mail: str, posted: date | None, *, is_withdrawn: bool = False) -> str:
    """How a forwarding letter fares (59-FZ, article 8 parts 3 and 4): nothing is sent unproved.

    `mail`: state of its newest e-mail, empty for none; `posted`: the day somebody marked that it
    left on paper. What was cancelled by e-mail, or had no address, waits on paper.
    """
    if posted is not None:
        return SENT
    by_mail = COURSE_OF_MAIL.get(mail, "")
    if is_withdrawn and by_mail != SENT:
        return DROPPED
    return by_mail or TO_POST


def forwarded_on(letters: Iterable[tuple[str, date | None]]) -> date | None:
    """The day a forwarding is done (59-FZ, article 8 part 3): that of the last letter to leave.

    `letters`: (course, day it left) of each. None while one has not left; what was withdrawn before
    it left is not waited for.
    """
    awaited = [(how, day) for how, day in letters if how != DROPPED]
    left = [day for how, day in awaited if how == SENT and day is not None]
    return max(left) if left and len(left) == len(awaited) else None


def check_posting(day: date | None, numbered: date | None, today: date) -> tuple[Problem, ...]:
    """What is wrong with the day a letter numbered on `numbered` was handed to the post."""
    if day is None or day > today:
        return (_problem("post_day_in_future", "fix_post_day", "posted_on"),)
    if numbered is not None and day < numbered:
        return (_problem("post_day_too_early", "fix_post_day", "posted_on"),)
    return ()


def by_day(entries: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """The entries by day, inside a day in the order of their numbers (2 before 10)."""
    ordered = sorted(entries, key=lambda one: (one.day, _natural(one.number)))
    days: dict[date, list[Entry]] = {}
    for entry in ordered:
        days.setdefault(entry.day, []).append(entry)
    return list(days.items())


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    parts = "".join(c if c.isdigit() else f" {c} " for c in number).split()
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)


def _problem(code: str, way_out: str, name: str) -> Problem:
    return Problem(code, "", BLOCK, (name,), "", way_out)
