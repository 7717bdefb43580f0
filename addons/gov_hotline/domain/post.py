"""Post: what comes back and is sent again, and the register of what has left the body.

Practice 15: a returned letter is a fact of its own; it is entered after closing too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from .problems import BLOCK, Problem

RETURNED: Final = "returned"
RESENT: Final = "resent"


@dataclass(frozen=True)
class Event:
    """A letter came back or went again on a day."""

    kind: str
    day: date | None
    address: str = ""


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
    event: Event, *, sent_on: date | None, last: Event | None, today: date
) -> tuple[Problem, ...]:
    """What is wrong with a new event of a letter that left on `sent_on`; `last`: the one before."""
    if sent_on is None:
        return (_problem("letter_not_sent", "send_letter_first", "happened_on"),)
    if (event.kind == RESENT) != bool(last and last.kind == RETURNED):
        code = "letter_not_returned" if event.kind == RESENT else "letter_returned_already"
        return (_problem(code, "look_at_post_events", "kind"),)
    if event.day is None or event.day > today:
        return (_problem("post_day_in_future", "fix_post_day", "happened_on"),)
    if event.day < (last.day if last and last.day else sent_on):
        return (_problem("post_day_too_early", "fix_post_day", "happened_on"),)
    if event.kind == RESENT and not event.address.strip():
        return (_problem("no_new_address", "fill_new_address", "address"),)
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
