"""What a changed production calendar moves in running terms, and what it does not (X9).

A term is counted anew by its own rule as it stands in its certificate: the body may have changed
how it counts since, and that changes no running term. Its start never moves: the dates of receipt
and registration are facts. An extension is counted on from the new unshifted date. Nothing moves by
itself: the verdicts are put before a manager, who confirms them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from .calendars import WorkCalendar
from .certificate import Certificate, Recount
from .terms import Term, compute

# Outcomes of a deadline.
MOVE: Final = "move"
RENEW: Final = "renew"  # the same date by another edition of the calendar
KEEP: Final = "keep"
# Why it is kept.
SAME: Final = "same"
MET: Final = "met"
CLOSED: Final = "closed"
UNCOUNTED: Final = "uncounted"
BOTH_PAST: Final = "both_past"
CHANGED: Final = "changed"
# What the manager is told of a move.
TOLD: Final = "told"
INTO_PAST: Final = "into_past"
NO_MORE_LATE: Final = "no_more_late"
REPORT_LEADS: Final = "report_leads"
CONTROLS: Final = "controls"
NOTES: Final = (TOLD, INTO_PAST, NO_MORE_LATE, REPORT_LEADS, CONTROLS)

# What the date depends on beside the calendar.
_RULE: Final = ("term_code", "article", "length", "unit", "day_one", "shift")


@dataclass(frozen=True)
class Running:
    """A deadline as it stands.

    `told`: the latest date that a letter already sent has named to the applicant; None: none has
    named this one. `report_by`: the earliest date of a report to a higher body. `controls`: control
    dates of assignments still waited for; both matter to the term of the answer alone.
    """

    due: date
    certificate: Mapping[str, Any] | None
    is_met: bool = False
    is_closed: bool = False
    told: date | None = None
    report_by: date | None = None
    controls: tuple[date, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What becomes of a deadline: `outcome`, and `why` it is kept.

    `is_proposed`: ticked for the manager beforehand. `beyond`: control dates later than the new
    date of the case.
    """

    outcome: str
    why: str = ""
    counted: Certificate | None = None
    notes: tuple[str, ...] = ()
    is_proposed: bool = False
    beyond: int = 0


@dataclass
class Recounter:
    """Counts deadlines anew by `calendar`; what starts on one day by one rule is counted once."""

    calendar: WorkCalendar
    _counted: dict[tuple, Certificate] = field(default_factory=dict)

    def count(self, stored: Mapping[str, Any]) -> Certificate:
        """The certificate of the same term by the calendar of now; `stored`: its `as_dict`."""
        key = (*(stored[name] for name in _RULE), stored["start"], stored.get("extension", 0))
        if key not in self._counted:
            *rule, start, extension = key
            term = Term(*rule)
            self._counted[key] = compute(term, date.fromisoformat(start), self.calendar, extension)
        return self._counted[key]

    def verdict(self, running: Running, today: date) -> Verdict:
        """What becomes of `running`; `today`: the date of the body."""
        if running.is_closed or running.is_met:
            return Verdict(KEEP, CLOSED if running.is_closed else MET)
        if not running.certificate:
            return Verdict(KEEP, UNCOUNTED)
        counted = self.count(running.certificate)
        if counted.due == running.due:
            is_same = counted.calendar_version == running.certificate["calendar_version"]
            return Verdict(KEEP, SAME) if is_same else Verdict(RENEW, counted=counted)
        if max(counted.due, running.due) < today:
            return Verdict(KEEP, BOTH_PAST, counted)
        return _moved(running, counted, today)


def with_recount(counted: Certificate, stored: Mapping[str, Any], recount: Recount) -> Certificate:
    """`counted` with the recounts its predecessor tells of, and the one that has made it."""
    earlier = tuple(Recount.from_dict(one) for one in stored.get("recounts", ()))
    return replace(counted, recounts=(*earlier, recount))


def renewed(counted: Certificate, stored: Mapping[str, Any]) -> Certificate:
    """`counted` by another edition of the calendar with the same date: earlier recounts stay."""
    earlier = tuple(Recount.from_dict(one) for one in stored.get("recounts", ()))
    return replace(counted, recounts=earlier)


def _moved(running: Running, counted: Certificate, today: date) -> Verdict:
    lead = min(filter(None, (counted.due, running.report_by)))
    beyond = sum(control > lead for control in running.controls) if lead >= today else 0
    found = {
        TOLD: running.told is not None,
        INTO_PAST: counted.due < today,
        NO_MORE_LATE: running.due < today <= counted.due,
        REPORT_LEADS: running.report_by is not None
        and running.report_by <= min(counted.due, running.due),
        CONTROLS: bool(beyond),
    }
    return Verdict(
        MOVE,
        counted=counted,
        notes=tuple(note for note in NOTES if found[note]),
        is_proposed=_is_proposed(running, counted, today),
        beyond=beyond,
    )


def _is_proposed(running: Running, counted: Certificate, today: date) -> bool:
    """Not beforehand: what would be overdue at once, and what was promised to the applicant.

    A date that a letter has named is kept where the new one is later: the body keeps its word.
    """
    if counted.due < today:
        return False
    return running.told is None or counted.due <= running.told
