"""X9: the table of what a changed calendar moves and what it does not."""

from datetime import date

import pytest
from gov_hotline.domain import recalculation as recounting
from gov_hotline.domain.calendars import WorkCalendar
from gov_hotline.domain.certificate import Certificate, Recount
from gov_hotline.domain.recalculation import Recounter, Running, Verdict
from gov_hotline.domain.terms import Term, compute

# 2027: the fixed holidays first, then the Government's calendar with 8 November made a day off
# (for Saturday 13 November), and a region that works on Friday 5 November all the same.
START = date(2027, 10, 9)  # 30 days: Monday 8 November
RAW = date(2027, 11, 8)
TODAY = date(2027, 10, 20)
BEFORE = WorkCalendar({date(2027, 11, 4): False, date(2027, 11, 5): False})
OFF = WorkCalendar({**BEFORE.days, RAW: False, date(2027, 11, 13): True})
PRELIMINARY = WorkCalendar({})
MAIN = Term("MAIN-30", "ч. 1 ст. 12 59-ФЗ", 30)
WORKING = Term("MSG-15", "локальный акт", 15, unit="working")


def running(calendar=BEFORE, term=MAIN, extension=0, **values):
    certificate = compute(term, START, calendar, extension)
    return Running(due=certificate.due, certificate=certificate.as_dict(), **values)


def verdict(one, calendar=OFF, today=TODAY):
    return Recounter(calendar).verdict(one, today)


def summary(found: Verdict):
    due = found.counted and found.counted.due.isoformat()
    return found.outcome, found.why or due, found.notes, found.is_proposed


D = date
# what stands | by which calendar anew | today | outcome, why kept or new date, notes, ticked
CASES = {
    "a met term is history": (running(is_met=True), OFF, TODAY, ("keep", "met", (), False)),
    "a closed case is locked": (running(is_closed=True), OFF, TODAY, ("keep", "closed", (), False)),
    "closed stands over met": (
        running(is_closed=True, is_met=True), OFF, TODAY, ("keep", "closed", (), False),
    ),
    "without a certificate nothing is known of its counting": (
        Running(due=RAW, certificate=None), OFF, TODAY, ("keep", "uncounted", (), False),
    ),
    "the same edition": (running(), BEFORE, TODAY, ("keep", "same", (), False)),
    "the last day has become a day off: earlier": (
        running(), OFF, TODAY, ("move", "2027-11-03", (), True),
    ),
    "the last day works again: later": (
        running(OFF), BEFORE, TODAY, ("move", "2027-11-08", (), True),
    ),
    "official instead of preliminary, the same date: the certificate alone": (
        running(PRELIMINARY), BEFORE, TODAY, ("renew", "2027-11-08", (), False),
    ),
    "working days, all before the change: the certificate alone": (
        running(term=WORKING), OFF, TODAY, ("renew", "2027-10-29", (), False),
    ),
    "working days: a holiday less": (
        running(term=Term("M", "акт", 20, unit="working")),
        WorkCalendar({D(2027, 11, 4): False}), TODAY, ("move", "2027-11-08", (), True),
    ),
    "an extended term: its days run on from the date before the shift, the extension stays": (
        running(extension=30), WorkCalendar({**BEFORE.days, D(2027, 12, 8): False}), TODAY,
        ("move", "2027-12-07", (), True),
    ),
    "an extended term whose first last day was touched: its new last day is not": (
        running(extension=30), OFF, TODAY, ("renew", "2027-12-08", (), False),
    ),
    "a letter has named the date, the new one is later: the body keeps its word": (
        running(OFF, told=D(2027, 11, 3)), BEFORE, TODAY, ("move", "2027-11-08", ("told",), False),
    ),
    "a letter has named the date, the new one is earlier: moved, and said": (
        running(told=RAW), OFF, TODAY, ("move", "2027-11-03", ("told",), True),
    ),
    "a later date than now was named (an earlier recount): that far it may go back": (
        running(OFF, told=RAW), BEFORE, TODAY, ("move", "2027-11-08", ("told",), True),
    ),
    "the new date has passed already: nobody is made late by a paper": (
        running(), OFF, D(2027, 11, 4), ("move", "2027-11-03", ("into_past",), False),
    ),
    "the new date is today": (running(), OFF, D(2027, 11, 3), ("move", "2027-11-03", (), True)),
    "late by the wrong calendar, in time by the right one": (
        running(OFF), BEFORE, D(2027, 11, 6), ("move", "2027-11-08", ("no_more_late",), True),
    ),
    "late before and after: the past is not rewritten": (
        running(), OFF, D(2027, 11, 9), ("keep", "both_past", (), False),
    ),
    "an earlier report to a higher body leads the case: said": (
        running(report_by=D(2027, 11, 1)), OFF, TODAY,
        ("move", "2027-11-03", ("report_leads",), True),
    ),
    "a report between the two dates: it led no more than it leads": (
        running(report_by=D(2027, 11, 5)), OFF, TODAY, ("move", "2027-11-03", (), True),
    ),
    "a report later than both": (
        running(report_by=D(2027, 11, 20)), OFF, TODAY, ("move", "2027-11-03", (), True),
    ),
    "control dates that would pass the new date: said, never moved alone": (
        running(controls=(D(2027, 11, 1), D(2027, 11, 5))), OFF, TODAY,
        ("move", "2027-11-03", ("controls",), True),
    ),
    "control dates within it": (
        running(controls=(D(2027, 11, 3),)), OFF, TODAY, ("move", "2027-11-03", (), True),
    ),
    "control dates once the report leads: those beyond it were beyond it before": (
        running(controls=(D(2027, 11, 2),), report_by=D(2027, 11, 2)), OFF, TODAY,
        ("move", "2027-11-03", ("report_leads",), True),
    ),
    "a date that passed limits no control date": (
        running(controls=(D(2027, 11, 5),)), OFF, D(2027, 11, 4),
        ("move", "2027-11-03", ("into_past",), False),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_table(name):
    """X9: one line a case of the law and of the office."""
    one, calendar, today, expected = CASES[name]
    found = verdict(one, calendar, today)
    assert summary(found) == expected


def test_how_many_control_dates_pass_the_new_date():
    """X9: counted against the date that leads the case."""
    controls = (date(2027, 11, 1), date(2027, 11, 4), date(2027, 11, 8))
    assert verdict(running(controls=controls)).beyond == 2


def test_the_rule_of_the_certificate_stands_not_the_bodys_of_today():
    """X9: a term counted «to the next working day» goes on so, whatever the body has set since."""
    forward = Term("MAIN-30", "ч. 1 ст. 12 59-ФЗ", 30, shift="next")
    assert verdict(running(term=forward)).counted.due == date(2027, 11, 9)


def test_the_start_never_moves():
    """X9: the day of registration has become a day off; the days are counted from it as before."""
    counted = verdict(running(), WorkCalendar({**OFF.days, START: False})).counted
    assert (counted.start, counted.raw_due) == (START, RAW)


def test_a_recount_stands_in_the_certificate():
    """X1, X9: the new certificate tells the dates before, oldest first; JSON and back."""
    stored = running().certificate
    first = Recounter(OFF).count(stored)
    once = recounting.with_recount(first, stored, Recount(date(2027, 10, 20), RAW))
    second = Recounter(BEFORE).count(once.as_dict())
    twice = recounting.with_recount(
        second, once.as_dict(), Recount(date(2027, 10, 25), date(2027, 11, 3))
    )
    assert [one.due_before for one in twice.recounts] == [RAW, date(2027, 11, 3)]
    assert Certificate.from_dict(twice.as_dict()) == twice
    assert recounting.renewed(second, twice.as_dict()).recounts == twice.recounts


def test_a_certificate_of_before_reads_without_recounts():
    stored = {name: value for name, value in running().certificate.items() if name != "recounts"}
    assert Certificate.from_dict(stored).recounts == ()
    assert summary(verdict(Running(due=RAW, certificate=stored)))[:2] == ("move", "2027-11-03")


def test_equal_starts_are_counted_once():
    """Fifty thousand deadlines have some hundred different starts."""
    counter = Recounter(OFF)
    assert counter.count(running().certificate) is counter.count(running().certificate)
