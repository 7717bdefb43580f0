"""Assignments and forwardings: states, dates, addressees."""

from datetime import date

import pytest
from gov_hotline.domain import assignments as rules
from gov_hotline.domain.assignments import Addressee
from hypothesis import given
from hypothesis import strategies as st

MONDAY, DUE = date(2026, 11, 23), date(2026, 12, 23)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("state", "officer", "executor"),
    [
        ("draft", {"send"}, set()),
        (
            "sent",
            {"answer_part", "answer", "not_ours", "ask_time", "decide_time", "withdraw"},
            {"answer_part", "answer", "not_ours", "ask_time"},
        ),
        ("answered", {"accept", "redo", "withdraw"}, set()),
        ("accepted", {"redo"}, set()),
        ("returned", {"agree_return", "insist"}, set()),
        ("withdrawn", set(), set()),
        ("unknown", set(), set()),
    ],
)
def test_who_may_do_what(state, officer, executor):
    """B3, C1: each act from its states, by its role, and nothing else."""
    acts = {act for steps in rules.TABLE.values() for act in steps}
    assert {act for act in acts if rules.may(act, state, "officer")} == officer
    assert {act for act in acts if rules.may(act, state, "executor")} == executor
    assert not any(rules.may(act, state, "operator") for act in acts)


def test_every_act_leads_to_a_known_state():
    for state, steps in rules.TABLE.items():
        for act in steps:
            assert rules.next_state(act, state) in rules.STATES


@pytest.mark.parametrize(
    ("state", "kind", "is_open"),
    [
        ("draft", "own", True),
        ("sent", "own", True),
        ("sent", "organisation", True),
        ("answered", "own", True),
        ("returned", "own", True),
        ("accepted", "own", False),
        ("withdrawn", "own", False),
        ("draft", "other_body", True),
        ("sent", "other_body", False),
    ],
)
def test_what_blocks_closing(state, kind, is_open):
    """C1: a forwarding that has left is done, an assignment waits for its answer."""
    assert rules.is_open(state, kind) is is_open


def test_control_date_is_never_after_the_parents_or_the_due_date():
    """C1: the nearer of both stands; a date on the limit is lawful."""
    assert rules.latest_control(DUE, None, MONDAY) == DUE
    assert rules.latest_control(DUE, date(2026, 12, 10), MONDAY) == date(2026, 12, 10)
    assert rules.latest_control(None, None, MONDAY) is None
    assert not rules.control_problems(DUE, DUE, MONDAY)
    late = rules.control_problems(date(2026, 12, 24), DUE, MONDAY)
    assert codes(late) == ["control_after_due"]
    assert late[0].params["latest"] == "23.12.2026"
    assert codes(rules.control_problems(None, DUE, MONDAY)) == ["no_control_date"]
    assert codes(rules.control_problems(date(2026, 11, 22), DUE, MONDAY)) == ["control_in_the_past"]


def test_an_overdue_case_still_gets_an_executor():
    assert rules.latest_control(date(2026, 11, 20), None, MONDAY) is None
    assert not rules.control_problems(date(2026, 11, 25), None, MONDAY)


@pytest.mark.parametrize(
    ("proposed", "latest", "wanted"),
    [
        (date(2026, 12, 16), DUE, date(2026, 12, 16)),
        (None, DUE, date(2026, 11, 24)),
        (date(2026, 11, 19), date(2026, 11, 26), date(2026, 11, 24)),  # its day has passed
        (date(2026, 11, 19), MONDAY, MONDAY),  # due today
        (date(2026, 12, 16), date(2026, 12, 10), date(2026, 12, 10)),  # the parent's is nearer
    ],
)
def test_default_control_date(official, proposed, latest, wanted):
    """Practice 25: due − 5 working days, where it still fits."""
    assert rules.default_control(proposed, latest, MONDAY, official) == wanted


@given(proposed=st.none() | DAYS, latest=DAYS, today=DAYS)
def test_default_control_date_is_lawful(official, proposed, latest, today):
    """C1: whatever is proposed passes the check of the dialog."""
    latest = rules.latest_control(latest, None, today)
    control = rules.default_control(proposed, latest, today, official)
    assert not rules.control_problems(control, latest, today)


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        (MONDAY, date(2026, 11, 24)),
        (date(2026, 11, 20), MONDAY),  # Friday → Monday
        (date(2026, 12, 30), date(2027, 1, 11)),  # over the holidays
        (date(2027, 2, 19), date(2027, 2, 20)),  # a moved working Saturday
    ],
)
def test_not_ours_within_one_working_day(official, sent, until):
    """C1: «не наша компетенция» on the day of receipt or on the next working day."""
    assert rules.not_ours_until(sent, official) == until
    assert not rules.not_ours_problems(sent, until, "Не наш дом", official)
    after = official.add_working_days(until, 1)
    assert codes(rules.not_ours_problems(sent, after, "Не наш дом", official)) == [
        "not_ours_too_late"
    ]
    assert codes(rules.not_ours_problems(sent, sent, "  ", official)) == ["no_reason"]


@pytest.mark.parametrize(
    ("asked", "latest", "reason", "pending", "found"),
    [
        (date(2026, 12, 18), DUE, "Ждём экспертизу", False, []),
        (DUE, DUE, "Ждём экспертизу", False, []),
        (date(2026, 12, 24), DUE, "Ждём экспертизу", False, ["asked_after_due"]),
        (date(2026, 12, 16), DUE, "Ждём экспертизу", False, ["asked_not_later"]),
        (None, DUE, "Ждём экспертизу", False, ["no_asked_date"]),
        (date(2026, 12, 18), DUE, " ", False, ["no_reason"]),
        (date(2026, 12, 18), DUE, "Ждём экспертизу", True, ["time_asked_already"]),
    ],
)
def test_asking_for_time(asked, latest, reason, pending, found):
    """C1: later than the control date, not later than the parent's limit, with a reason, once."""
    control = date(2026, 12, 16)
    assert codes(rules.ask_problems(asked, control, latest, reason, pending)) == found


def one(key, **values):
    return Addressee(key, questions=frozenset({1}), name=f"№ {key}", **values)


@pytest.mark.parametrize(
    ("new", "standing", "found"),
    [
        ([], [], ["no_addressee_of_resolution"]),
        ([one(1)], [], []),
        ([one(1), *(one(key, role="co") for key in range(2, 12))], [], []),
        ([one(1), one(1, role="co")], [], ["addressee_twice"]),
        ([one(1, role="co")], [one(1)], ["addressee_twice"]),
        ([one(1), one(2)], [], ["several_main"]),
        ([one(2)], [one(1)], ["several_main"]),
        ([one(2, role="co")], [one(1)], []),
        ([one(2, role="co")], [], ["no_main"]),
        ([one(1), one(2, kind="other_body"), one(3, kind="organisation")], [], []),
        ([one(2, kind="other_body", outgoing=False)], [], ["forwarding_unnumbered"]),
        ([one(1), Addressee(2, questions=frozenset({5}))], [], []),  # a main for each question
    ],
)
def test_addressees_of_a_resolution(new, standing, found):
    """C1: ten and more in one step; one main for a question; nobody twice."""
    assert codes(rules.addressee_problems(new, standing)) == found


@pytest.mark.parametrize(
    ("bodies", "grounds", "found"),
    [
        (1, set(), []),
        (0, {"migration"}, []),
        (1, {"migration"}, ["migration_two_addressees"]),
        (2, {"migration"}, []),
        (1, {"migration", "migration_head"}, []),
        (1, {"unreadable"}, ["not_forwarded"]),
        (2, {"senseless"}, ["not_forwarded"]),
    ],
)
def test_what_the_grounds_say_about_forwarding(bodies, grounds, found):
    """X10: FWD-MIG wants two addressees, UNREAD and SENSE are never forwarded."""
    problems = rules.forwarding_problems(bodies, frozenset(grounds))
    assert codes(problems) == found
    assert all(problem.article and problem.rule for problem in problems)


def test_the_term_of_a_forwarding():
    """X10: migration over copies over plain forwarding."""
    assert rules.forwarding_ground(frozenset({"migration"}), own_part=True) == "migration"
    assert rules.forwarding_ground(frozenset(), own_part=True) == "several_bodies"
    assert rules.forwarding_ground(frozenset(), own_part=False) == "out_of_competence"


@pytest.mark.parametrize(
    ("kind", "email", "mode"),
    [
        ("own", "a@gov.example", "full"),
        ("own", "A@GOV.EXAMPLE", "full"),
        ("own", "a@mail.example", "link_only"),
        ("own", "", "full"),
        ("other_body", "a@mail.example", "full"),
        ("organisation", "a@gov.example", "no_personal_data"),
    ],
)
def test_personal_data_by_default(kind, email, mode):
    """Practice 7: outside the body's own mail domains the link only, to a company no names."""
    assert rules.default_pd_mode(kind, email, frozenset({"gov.example"})) == mode


def test_an_executors_own_answer():
    """Practice 5: number, date, signer and file, or it does not stand in place of ours."""
    assert not rules.own_answer_problems("15", MONDAY, "Петров П. П.", 1)
    (problem,) = rules.own_answer_problems("", MONDAY, "Петров П. П.", 0)
    assert problem.fields == ("outgoing_number", "attachment_ids")
    assert problem.blocks


def test_open_assignments_are_named():
    assert not rules.open_problem([])
    (problem,) = rules.open_problem(["Теплосеть", "Водоканал"])
    assert problem.params["names"] == "Теплосеть, Водоканал"


def test_result_of_a_forwarding():
    """ASK-RES warns, it never blocks."""
    assert not rules.result_overdue(False, date(2026, 11, 1), MONDAY)
    assert not rules.result_overdue(True, MONDAY, MONDAY)
    (problem,) = rules.result_overdue(True, date(2026, 11, 1), MONDAY)
    assert not problem.blocks


def test_more_time_needs_a_date():
    """B9: no date is «choose the date», not «not later»."""
    assert codes(rules.ask_problems(None, DUE, None, "Ждём акт", False)) == ["no_asked_date"]
