"""The plan of the demonstration year: the same for a seed, and true to its own calendar."""

from collections import Counter
from datetime import datetime

import pytest
from gov_hotline.demo import bodies, cases, plan
from gov_hotline.demo.subjects import SUBJECTS
from gov_hotline.demo.timeline import Timeline
from gov_hotline.domain import intake

NOW = datetime.fromisoformat("2026-11-20T12:00")
TIMELINE = Timeline(NOW, lambda day: day.weekday() < 5)
FULL = plan.build(1, TIMELINE)


def test_equal_seeds_make_equal_plans_and_others_differ():
    assert plan.build(1, TIMELINE).digest == FULL.digest
    assert plan.build(2, TIMELINE).digest != FULL.digest


def test_the_full_plan_has_the_numbers_promised():
    assert (len(FULL.people), len(FULL.calls), len(FULL.cases)) == (200, 1000, 300)


@pytest.mark.parametrize("seed", range(20))
def test_the_smallest_plan_holds_every_fate_and_every_way(seed):
    small = plan.build(seed, TIMELINE, scale=0.01)
    assert set(small.fates) == {fate for fate, _ in cases.FATES}
    ways = {(case.kind, case.origin, case.line) for case in small.cases}
    assert ways == {way[:3] for way in cases.WAYS}


def test_every_way_is_open_by_law():
    """No case of the plan is one that registration would refuse."""
    line = {"act_number": "187-п", "act_date": "2025-02-03"}
    for kind, origin, mode, _weight in cases.WAYS:
        fields = {
            "applicant_surname": "Белова",
            "applicant_given_name": "Анна",
            "applicant_address": "ул. Садовая, 1",
            "applicant_email": "belova@example.org",
            "appeal_text": "Текст",
            "received_on": NOW.date(),
            **line,
        }
        problems = intake.missing(kind, origin, fields, mode or intake.LINE_MESSAGE)
        assert [one.code for one in problems if one.blocks] == [], (kind, origin)


def test_what_happens_to_a_case_happens_in_order_and_not_in_the_future():
    for case in FULL.cases:
        moments = [case.received_at, case.registered_at, case.answered_at, NOW]
        known = [moment for moment in moments if moment]
        assert known == sorted(known)
        assert TIMELINE.is_working(case.received_at.date())


def test_calls_belong_to_their_cases_and_to_nobody_else():
    for call in FULL.calls:
        assert call.at <= NOW
        if call.case is not None:
            assert call.at == FULL.cases[call.case].received_at
        if call.about is not None:
            assert call.at > FULL.cases[call.about].registered_at
    spoken = [n for n, case in enumerate(FULL.cases) if case.origin in cases.ON_THE_SPOT]
    assert Counter(call.case for call in FULL.calls if call.case is not None) == Counter(spoken)


def test_the_portals_citizen_has_three_cases():
    """Registered ones: the portal shows no drafts."""
    fates = [case.fate for case in FULL.cases if case.person == 0]
    assert sorted(fates) == ["closed", "in_work", "late"]


def test_a_year_is_covered():
    months = {(case.received_at.year, case.received_at.month) for case in FULL.cases}
    assert len(months) >= 12


def test_texts_name_agencies_and_departments_that_exist():
    agencies = {one.key for one in bodies.AGENCIES}
    departments = {one.key for one in bodies.DEPARTMENTS}
    assert len(agencies) == 12
    assert {one.agency for one in SUBJECTS} <= agencies
    assert {one.department for one in SUBJECTS} <= departments
    assert sum(len(one.appeals) for one in SUBJECTS) >= 30


def test_no_placeholder_is_left_in_a_text():
    assert not [case for case in FULL.cases if "{" in case.text + case.answer]
