"""Covering letters of higher bodies with their own control (practice 10, rule CONTROL-10).

The Administration of the President, a prosecutor or a deputy forwards a citizen's letter and wants
a report by a date. The earlier of the two dates leads; control ends with the report and not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from .problems import BLOCK, WARN, Problem

ARTICLE: Final = "локальный акт"
RULE: Final = "CONTROL-10"


@dataclass(frozen=True)
class Letter:
    """A covering letter: of whom, its number and date there, what it asks."""

    sender: str
    number: str
    dated: date | None
    is_controlled: bool = False
    report_by: date | None = None


@dataclass(frozen=True)
class Report:
    """The report on it: our number and date, words or files."""

    number: str
    dated: date | None
    text: str
    files: int = 0


@dataclass(frozen=True)
class Lead:
    """The date that leads a case and whose it is: `sender` empty for the law's own."""

    due: date | None
    sender: str = ""


def leading(main: date | None, controlled: Iterable[Letter]) -> Lead:
    """The earlier of the law's date and those of the letters still on control with a date."""
    dated = [
        Lead(letter.report_by, letter.sender)
        for letter in controlled
        if letter.is_controlled and letter.report_by
    ]
    law = [Lead(main)] if main else []
    return min([*law, *dated], key=_day, default=Lead(None))


def _day(lead: Lead) -> date:
    return lead.due or date.max


def check_letter(letter: Letter, today: date) -> tuple[Problem, ...]:
    """What is wrong with a letter as entered."""
    return tuple(_letter(letter, today))


def _letter(letter: Letter, today: date) -> Iterator[Problem]:
    if not letter.sender.strip():
        yield _problem("covering_no_sender", "fill_covering", "sender_id")
    if not letter.number.strip() or letter.dated is None:
        yield _problem("covering_no_number", "fill_covering", "sender_number")
    elif letter.dated > today:
        yield _problem("covering_in_future", "fix_covering_date", "sender_date")
    if letter.report_by and letter.dated and letter.report_by < letter.dated:
        yield _problem("covering_report_before", "fix_report_by", "report_by")


def check_report(
    letter: Letter, report: Report, registered: date | None, today: date
) -> tuple[Problem, ...]:
    """What is wrong with the report on the letter: unnumbered, empty, or its date out of order."""
    found = []
    begun = max(filter(None, (registered, letter.dated)), default=date.min)
    if not report.number.strip() or report.dated is None:
        found.append(_problem("report_no_number", "fill_report", "report_number"))
    elif not begun <= report.dated <= today:
        found.append(_problem("report_date", "fix_report_date", "report_date"))
    if not report.text.strip() and not report.files:
        found.append(_problem("report_empty", "fill_report", "report_text"))
    return tuple(found)


def check_letter_text(text: str) -> tuple[Problem, ...]:
    """A report that leaves as a letter has words of its own, whatever files go with it."""
    return () if text.strip() else (_problem("report_no_text", "fill_report", "report_text"),)


def off_control(letters: Iterable[tuple[Letter, bool]]) -> tuple[Problem, ...]:
    """What forbids closing or taking off control: (letter, reported) still without a report."""
    waiting = [letter.sender for letter, reported in letters if letter.is_controlled > reported]
    if not waiting:
        return ()
    params = {"senders": ", ".join(dict.fromkeys(waiting))}
    names = ("covering_letter_ids",)
    return (Problem("no_report", ARTICLE, BLOCK, names, RULE, "make_report", params),)


def intake(origin: str, letters: int) -> tuple[Problem, ...]:
    """A case forwarded by another body without its covering letter: a warning at registration."""
    if origin != "forwarded" or letters:
        return ()
    names = ("covering_letter_ids",)
    return (Problem("no_covering_letter", ARTICLE, WARN, names, RULE, "enter_covering"),)


def _problem(code: str, way_out: str, name: str) -> Problem:
    return Problem(code, ARTICLE, BLOCK, (name,), RULE, way_out)
