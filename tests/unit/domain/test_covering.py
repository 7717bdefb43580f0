"""Covering letters (practice 10): the earlier date leads, control ends with the report."""

from dataclasses import replace
from datetime import date

import pytest
from gov_hotline.domain.covering import (
    Lead,
    Letter,
    Report,
    check_letter,
    check_report,
    intake,
    leading,
    off_control,
)

TODAY, MAIN = date(2026, 11, 24), date(2026, 12, 18)
GOOD = Letter("Прокуратура", "7-12/2026", date(2026, 11, 18), True, date(2026, 12, 10))
REPORT = Report("ИСХ-9/2026", TODAY, "Направлен ответ заявителю")


@pytest.mark.parametrize(
    ("letters", "wanted"),
    [
        ([], Lead(MAIN)),
        ([GOOD], Lead(date(2026, 12, 10), "Прокуратура")),
        ([replace(GOOD, report_by=date(2026, 12, 25))], Lead(MAIN)),
        ([replace(GOOD, report_by=MAIN)], Lead(MAIN)),
        ([replace(GOOD, is_controlled=False)], Lead(MAIN)),
        ([replace(GOOD, report_by=None)], Lead(MAIN)),
        (
            [GOOD, replace(GOOD, sender="Депутат", report_by=date(2026, 12, 1))],
            Lead(date(2026, 12, 1), "Депутат"),
        ),
    ],
)
def test_the_earlier_date_leads(letters, wanted):
    """Practice 10: the law's date or the report's, whichever comes first."""
    assert leading(MAIN, letters) == wanted


def test_a_case_without_a_term_goes_by_the_report():
    assert leading(None, [GOOD]) == Lead(date(2026, 12, 10), "Прокуратура")
    assert leading(None, []) == Lead(None)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"report_by": None}, []),
        ({"sender": ""}, ["covering_no_sender"]),
        ({"number": ""}, ["covering_no_number"]),
        ({"dated": None}, ["covering_no_number"]),
        ({"dated": date(2026, 11, 25)}, ["covering_in_future"]),
        ({"report_by": date(2026, 11, 17)}, ["covering_report_before"]),
    ],
)
def test_letter(change, wanted):
    assert [one.code for one in check_letter(replace(GOOD, **change), TODAY)] == wanted


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"number": " "}, ["report_no_number"]),
        ({"dated": None}, ["report_no_number"]),
        ({"dated": date(2026, 11, 25)}, ["report_date"]),
        ({"dated": date(2026, 11, 17)}, ["report_date"]),
        ({"text": ""}, ["report_empty"]),
        ({"text": "", "files": 1}, []),
    ],
)
def test_report(change, wanted):
    found = check_report(GOOD, replace(REPORT, **change), date(2026, 11, 18), TODAY)
    assert [one.code for one in found] == wanted


def test_control_ends_with_the_report():
    """Practice 10: taking off control without the report is blocked; all waiting are named."""
    deputy = replace(GOOD, sender="Депутат")
    assert off_control([(GOOD, True), (replace(GOOD, is_controlled=False), False)]) == ()
    (problem,) = off_control([(GOOD, False), (deputy, False), (GOOD, True)])
    assert (problem.code, problem.rule, problem.blocks) == ("no_report", "CONTROL-10", True)
    assert problem.params["senders"] == "Прокуратура, Депутат"


def test_a_forwarded_case_wants_its_covering_letter():
    assert intake("paper", 0) == intake("forwarded", 1) == ()
    (problem,) = intake("forwarded", 0)
    assert (problem.code, problem.severity) == ("no_covering_letter", "warn")
