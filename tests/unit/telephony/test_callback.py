"""D1: who is called back, when and by whom."""

from datetime import datetime, timedelta

import pytest
from gov_hotline_telephony.domain import callback
from gov_hotline_telephony.domain.callback import Due, Ended, Free, Rules

NOW = datetime.fromisoformat("2026-11-24 12:00")
RULES = Rules()


def ago(minutes):
    """A moment before now."""
    return NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("call", "cause"),
    [
        (Ended("abandoned"), "abandoned"),
        (Ended("no_answer"), "abandoned"),
        (Ended("cut"), "fault"),
        (Ended(""), ""),  # served by the machine
        (Ended("", wish=True), "wish"),
        (Ended("no_answer", wish=True), "wish"),
        (Ended("abandoned", wish=True), "wish"),
        (Ended("answered", "citizen", wish=True, talked=True), ""),
        (Ended("answered", "citizen", talked=True), ""),
        (Ended("answered", "operator", talked=True), ""),
        (Ended("answered", "", talked=True), "dropped"),
        (Ended("cut", unknown=True, talked=True), "dropped"),  # the PBX crashed in the talk
        # who hung up while nobody looked is not known: nobody is rung by a guess
        (Ended("answered", "", unknown=True, talked=True), ""),
    ],
)
def test_why_somebody_is_called_back(call, cause):
    """D1: who gave up, who asked, whose talk broke off."""
    assert callback.cause(call) == cause


@pytest.mark.parametrize(
    ("clock", "rules", "expected"),
    [
        ("12:00", RULES, "24 12:00"),
        ("09:00", RULES, "24 09:00"),
        ("08:59", RULES, "24 09:00"),
        ("00:30", RULES, "24 09:00"),
        ("20:59", RULES, "24 20:59"),
        ("21:00", RULES, "25 09:00"),
        ("23:59", RULES, "25 09:00"),
        ("23:59", Rules(always=True), "24 23:59"),
        ("08:10", Rules(opens=8.5), "24 08:30"),
    ],
)
def test_nobody_is_called_at_night(clock, rules, expected):
    """D1: but on lines that work round the clock."""
    local = datetime.fromisoformat(f"2026-11-24 {clock}")
    found = callback.next_day(local, rules)
    assert f"{found:%d %H:%M}" == expected
    assert callback.is_day(local, rules) == (found == local)


@pytest.mark.parametrize(("dispatch", "minutes"), [(False, 3 + 5), (True, 10)])
def test_by_when(dispatch, minutes):
    """D1, ADS-5: five minutes from giving up; of a dispatch service ten from the call."""
    due = callback.due_at(NOW, NOW + timedelta(minutes=3), Rules(dispatch=dispatch))
    assert due == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("command", "result", "phase", "fate", "reached", "came"),
    [
        ("new", "", "ringing", "", False, "pending"),
        ("sent", "", "ringing", "", False, "pending"),
        ("sent", "", "over", "no_answer", True, "pending"),
        ("failed", "no_answer", "over", "no_answer", False, "own"),
        ("failed", "busy", "over", "busy", False, "own"),
        ("failed", "expired", "over", "failed", False, "nothing"),
        ("failed", "denied", "over", "failed", False, "nothing"),
        ("done", "ok", "ringing", "", True, "pending"),
        ("done", "ok", "talking", "", True, "pending"),
        ("done", "ok", "over", "answered", True, "talk"),
        ("done", "ok", "over", "no_answer", True, "try"),
        ("done", "ok", "over", "busy", True, "try"),
        # the operator took the handset and laid it down before anybody was dialled
        ("done", "ok", "over", "failed", False, "own"),
        ("unknown", "restarted", "ringing", "", False, "pending"),
        ("unknown", "restarted", "over", "cut", False, "try"),
        ("unknown", "cut", "over", "answered", True, "talk"),
    ],
)
def test_what_came_of_a_dialling(command, result, phase, fate, reached, came):
    """D1: one of unknown fate counts: nobody sends it again."""
    assert callback.end(command, result, phase, fate, reached=reached) == came


@pytest.mark.parametrize(
    ("came", "tries", "not_taken", "minutes"),
    [
        ("try", 1, 0, 10),
        ("try", 2, 0, 10),
        ("try", 3, 0, None),
        ("own", 0, 1, 1),
        ("own", 2, 4, 1),
        ("own", 0, 5, None),
        ("nothing", 0, 0, 1),
        ("nothing", 2, 4, 1),
    ],
)
def test_when_the_next_try(came, tries, not_taken, minutes):
    """D1: tries and intervals by line; at the end a person goes on."""
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert callback.after(came, NOW, RULES, tries, not_taken) == expected


FIRST, SECOND = Free(1, 7, ago(9)), Free(2, 7, ago(3))
OTHER_BODY = Free(3, 8, ago(60))
OLD, NEW = Due(10, ago(20), 7), Due(11, ago(2), 7)
DROPPED = Due(12, ago(1), 7, first=2, first_until=NOW + timedelta(minutes=1))
LONG_DROPPED = Due(12, ago(5), 7, first=2, first_until=ago(3))
FINISHING = Free(2, 7, ago(1), finishing=True)


@pytest.mark.parametrize(
    ("waiting", "free", "expected"),
    [
        ([], [FIRST], []),
        ([OLD], [], []),
        ([NEW, OLD], [FIRST], [(10, 1)]),
        ([NEW, OLD], [SECOND, FIRST], [(10, 1), (11, 2)]),
        ([OLD], [OTHER_BODY], []),
        ([OLD], [FINISHING], []),
        # a dropped talk: its operator, also while the card is open, nobody else meanwhile
        ([DROPPED], [FIRST], []),
        ([DROPPED], [FIRST, SECOND], [(12, 2)]),
        ([DROPPED], [FIRST, FINISHING], [(12, 2)]),
        ([DROPPED, OLD], [SECOND], [(10, 2)]),
        ([LONG_DROPPED], [FIRST], [(12, 1)]),
        ([LONG_DROPPED], [FINISHING], []),
    ],
)
def test_who_gets_it(waiting, free, expected):
    """D1: the oldest first; a dropped talk goes back to its operator first."""
    assert callback.assign(waiting, free, NOW) == expected


def test_who_let_it_ring_comes_last():
    """D1: another operator who is free takes the next try; nobody else, the same again."""
    task = Due(1, NOW, 1, missed=frozenset({7}))
    idle, other = Free(7, 1, NOW - timedelta(hours=1)), Free(8, 1, NOW)
    assert callback.assign([task], [idle, other], NOW) == [(1, 8)]
    assert callback.assign([task], [idle], NOW) == [(1, 7)]
