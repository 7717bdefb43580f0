"""Approval of an answer: what exactly is approved, by which route, and in which order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .calendars import WorkCalendar

DRAFT: Final = "draft"
APPROVAL: Final = "approval"
APPROVED: Final = "approved"
GIVEN: Final = "given"
STATES: Final = (DRAFT, APPROVAL, APPROVED, GIVEN)
# Act → states it starts from. What voids an approval leads back to the draft.
ACTS: Final = MappingProxyType(
    {
        "send": frozenset({DRAFT}),
        "decide": frozenset({APPROVAL}),
        "take_back": frozenset({APPROVAL, APPROVED}),
        "give": frozenset({DRAFT, APPROVED}),
    }
)
REASON_LENGTH: Final = 10  # characters: a refusal says what to correct


@dataclass(frozen=True)
class Content:
    """What is approved: the words, the way, the addressee, and the bytes of the files.

    `certificate`: the letter says how its term was counted.
    """

    text: str
    channel: str
    name: str
    address: str
    files: tuple[tuple[str, bytes], ...] = ()
    certificate: bool = False


def digest(content: Content, others: Iterable[tuple[str, Content]] = ()) -> str:
    """SHA-256 (hex) of the canonical form: line ends and the order of files do not matter.

    Of a file its name and the SHA-256 of its bytes count. `others`: letters approved together with
    this one, by the number of their case; without them the digest is that of the letter alone.
    """
    canonical: dict[str, object] = _canonical(content)
    together = sorted((number, digest(other)) for number, other in others)
    if together:
        canonical["together"] = together
    line = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _canonical(content: Content) -> dict[str, object]:
    files = sorted((name, hashlib.sha256(body).hexdigest()) for name, body in content.files)
    canonical = {
        "text": content.text.replace("\r\n", "\n").strip(),
        "channel": content.channel,
        "addressee": [content.name.strip(), content.address.strip()],
        "files": files,
    }
    if content.certificate:  # said only where it is so: a letter without it has the digest it had
        canonical["certificate"] = True
    return canonical


@dataclass(frozen=True)
class Route:
    """Which answers a route is for: an empty condition asks nothing, `topics` are branches."""

    topics: frozenset[int] = frozenset()
    agencies: frozenset[int] = frozenset()
    kind: str = ""

    def fits(self, case: Case) -> bool:
        """Whether every condition holds for `case`."""
        return (
            (not self.topics or bool(self.topics & case.topics))
            and (not self.agencies or bool(self.agencies & case.agencies))
            and (not self.kind or self.kind == case.kind)
        )


@dataclass(frozen=True)
class Case:
    """What a route looks at: topics with all above them, agencies that take part, the kind."""

    topics: frozenset[int]
    agencies: frozenset[int]
    kind: str


def choose(routes: Iterable[Route], case: Case) -> int | None:
    """The place of the first route that fits, None where none does: then nothing is approved."""
    return next((n for n, route in enumerate(routes) if route.fits(case)), None)


@dataclass(frozen=True)
class Substitution:
    """Who stands for whom, both days included; None is open."""

    user: int
    substitute: int
    first: date | None
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def acts_for(
    user: int,
    reviewers: Collection[int],
    substitutions: Iterable[Substitution],
    day: date,
    *,
    excluded: Collection[int] = (),
) -> int | None:
    """In whose place `user` decides on `day`: the own one, a reviewer's, or None.

    A substitute has no substitutes: nobody stands for those he stands for. `excluded`: whoever
    may not decide in any place, the author under the rule of four eyes.
    """
    if user in excluded:
        return None
    if user in reviewers:
        return user
    stood_for = (
        one.user
        for one in substitutions
        if one.substitute == user and one.user in reviewers and one.holds_on(day)
    )
    return next(stood_for, None)


def is_slow(since: date, today: date, days: int, calendar: WorkCalendar) -> bool:
    """Whether a step that came on at `since` waits for `days` working days or more; 0: never.

    The day it came on does not count: what came on a Friday waits for one day on Monday.
    """
    return days > 0 and calendar.working_days_between(since, today) >= days
