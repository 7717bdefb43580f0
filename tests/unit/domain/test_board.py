"""The supervisor's figures, call by call and line by line."""

import pytest
from gov_hotline.domain import board
from gov_hotline.domain.board import Aims, Day, Tally

AIMS = Aims()  # 80 % within 20 s, at most 5 % lost, 5 s are short


def calls(count=1, *, answered=False, fate="", asked=False, waited=0, line=1):
    return Tally(line, answered, fate, asked, waited, count)


@pytest.mark.parametrize(
    ("one", "end"),
    [
        (calls(answered=True, waited=0), "in_time"),
        (calls(answered=True, waited=20), "in_time"),
        (calls(answered=True, waited=21), "late"),
        # a talk that broke off was answered all the same
        (calls(answered=True, fate="cut", waited=21), "late"),
        (calls(answered=True, fate="answered", asked=True, waited=3), "in_time"),
        (calls(fate="abandoned", waited=4), "short"),
        (calls(fate="abandoned", waited=5), "lost"),
        (calls(fate="abandoned", waited=300), "lost"),
        # the queue was full or its patience over: nobody's whim, however short
        (calls(fate="no_answer", waited=1), "lost"),
        (calls(fate="cut", waited=1), "lost"),
        (calls(fate="busy", waited=0), "lost"),
        # key 1: «call me back»
        (calls(fate="no_answer", asked=True, waited=40), "asked"),
        (calls(fate="abandoned", asked=True, waited=2), "asked"),
        # the machine alone served it, or it still waits
        (calls(fate="", waited=0), ""),
        (calls(fate="", asked=True, waited=0), ""),
    ],
)
def test_as_what_a_call_counts(one, end):
    assert board.end(one, AIMS) == end


def test_the_aims_of_the_line_decide():
    patient = Aims(seconds=300, short=0)
    assert board.end(calls(answered=True, waited=300), patient) == "in_time"
    assert board.end(calls(fate="abandoned", waited=0), patient) == "lost"


def test_a_day_of_a_line():
    """8 in time, 1 late, 1 lost, 0 asked, 2 short, 3 of the machine: 80 % and 10 %."""
    today = board.day(
        [
            calls(5, answered=True, waited=3),
            calls(3, answered=True, fate="answered", waited=20),
            calls(1, answered=True, fate="answered", waited=90),
            calls(1, fate="abandoned", waited=70),
            calls(2, fate="abandoned", waited=1),
            calls(3),
        ],
        AIMS,
    )
    assert (today.in_time, today.late, today.lost, today.asked, today.short) == (8, 1, 1, 0, 2)
    assert (today.answered, today.offered) == (9, 10)
    assert (today.level, today.lost_share) == (80.0, 10.0)
    assert today.keeps_level is True
    assert today.keeps_lost is False


def test_who_asked_for_a_call_is_not_lost_but_was_not_answered():
    today = board.day([calls(answered=True), calls(fate="no_answer", asked=True)], AIMS)
    assert (today.level, today.lost_share) == (50.0, 0.0)


def test_a_share_never_looks_better_than_it_is():
    """1599 of 2000 in time is under 80 %, 101 of 2000 lost over 5 %."""
    today = board.day(
        [
            calls(1599, answered=True, waited=1),
            calls(300, answered=True, waited=60),
            calls(101, fate="abandoned", waited=60),
        ],
        AIMS,
    )
    assert (today.level, today.keeps_level) == (79.9, False)
    assert (today.lost_share, today.keeps_lost) == (5.1, False)


def test_a_day_without_calls_keeps_nothing_and_breaks_nothing():
    for today in (Day(), board.day([calls(4), calls(2, fate="abandoned", waited=1)], AIMS)):
        assert (today.level, today.lost_share) == (None, None)
        assert (today.keeps_level, today.keeps_lost) == (None, None)


def test_all_lines_are_judged_each_call_by_its_own_line():
    """A line of 300 s and 90 % beside one of 20 s and 80 %: 8 + 9 of 10 each are just enough."""
    first = board.day([calls(8, answered=True), calls(2, answered=True, waited=60)], AIMS)
    dispatch = Aims(seconds=300, level=90, lost=0)
    slow = [calls(9, answered=True, waited=200), calls(1, fate="abandoned", waited=400)]
    both = board.total([first, board.day(slow, dispatch)])
    assert (both.offered, both.level, both.keeps_level) == (20, 85.0, True)
    assert both.keeps_lost is False  # 1 of 20: the first may lose 5 % of its 10, the other none
    worse = board.total([first, board.day([*slow, calls(1, answered=True, waited=301)], dispatch)])
    assert worse.keeps_level is False


def test_no_lines_at_all():
    assert board.total([]) == Day()
