"""A connector killed in mid-call: the next one begins with what the database has."""

import pytest
from gov_hotline_telephony.domain.call_memory import Kept
from gov_hotline_telephony.domain.call_state import Machine
from gov_hotline_telephony.domain.snapshots import Leg
from hypothesis import given
from hypothesis import strategies as st

from . import traces
from .test_call_state import EXPECTED, NEAR, played, with_citizens


def kept(call):
    """Return a call as the database keeps it."""
    return Kept(
        *(call.linkedid, call.citizen_number, call.line, call.queue, call.phase, call.started),
        *(call.answered, call.wait, call.hold, call.legs),
    )


def goes_on(call):
    return call.phase != "over" or any(leg.ended is None for leg in call.legs)


def killed(name, end, back):
    """Play up to `end`, begin anew at `back` with what was written, play the rest."""
    told = traces.messages(name)
    old = Machine()
    for at, message in told[:end]:
        old.feed(message, at)
    written = [one for one in old.take_changed() if one.direction != "inner"]
    new = Machine()
    until, now = told[end - 1][0], told[back - 1][0]
    new.remember([kept(one) for one in written if goes_on(one)], until)
    new.resync(*traces.now(told[:back], now), now)
    for at, message in told[back:]:
        new.feed(message, at)
    return {one.linkedid: one for one in written} | with_citizens(new)


@st.composite
def deaths(draw):
    name = draw(st.sampled_from(sorted(EXPECTED)))
    size = len(traces.messages(name))
    end = draw(st.integers(1, size))
    return name, end, draw(st.integers(end, size))


@given(deaths())
def test_killed_anywhere_leaves_one_call_and_nothing_open(death):
    name, _end, _back = death
    calls = [one for one in killed(*death).values() if one.direction != "inner"]
    assert len(calls) <= 1
    [whole] = played(traces.messages(name)).values()
    for call in calls:
        assert (call.phase, call.linkedid) == ("over", whole.linkedid)
        assert all(leg.ended is not None for leg in call.legs)
        # A click whose channel came and went in between looks like a telephone that is offline.
        assert call.fate in (whole.fate, "cut", "answered") or not call.legs
        assert call.talk <= whole.talk + whole.hold + NEAR


def talk_begins(told):
    """Return how many messages come until both are in the bridge."""
    return next(i for i, (_at, one) in enumerate(told) if one.name == "BridgeEnter") + 2


def test_a_talk_goes_on_through_the_restart():
    """Killed while they talk: the same call, its wait kept, the gap of no length lost."""
    name = "inbound_answered"
    told = traces.messages(name)
    end = talk_begins(told)
    [call], [whole] = killed(name, end, end).values(), played(told).values()
    assert (call.operator, call.fate, call.ended_by) == ("PJSIP/101", "answered", "citizen")
    assert call.talk == pytest.approx(whole.talk, abs=NEAR)
    assert call.wait == pytest.approx(whole.wait, abs=NEAR)
    assert [leg.role for leg in call.legs] == ["citizen", "operator"]
    assert (call.caller, call.unknown_from is None) == ("74951234567", False)


def test_a_call_that_ended_meanwhile_is_over():
    told = traces.messages("inbound_answered")
    [call] = killed("inbound_answered", talk_begins(told), len(told)).values()
    assert (call.phase, call.fate) == ("over", "answered")
    assert call.unknown_until == told[-1][0]


def test_a_click_that_left_no_channel_is_over():
    """The connector died between the click and the first channel; it is never dialled again."""
    machine = Machine()
    machine.remember([Kept("click-1", "84957654321", "", "", "ringing", 1.0, None, 0, 0, ())], 2.0)
    machine.resync([], [], 90.0)
    [call] = machine.take_changed()
    assert (call.linkedid, call.phase, call.fate, call.ended) == ("click-1", "over", "cut", 90.0)


def test_killed_between_the_answered_telephone_and_the_bridge():
    """The row says «talking» and has no answer yet: its end is the end of a talk."""
    legs = (
        Leg("1.1", "citizen", "PJSIP/trunk", "79135550101", None, 10.0, None, None),
        Leg("1.2", "operator", "PJSIP/101", "101", 11.0, 13.0, None, None),
    )
    machine = Machine()
    row = ("1.1", "79135550101", "1100", "hotline", "talking", 10.0, None, 0.0, 0.0, legs)
    machine.remember([Kept(*row)], 14.0)
    machine.resync([], [], 20.0)
    [over] = machine.take_changed(20.0)
    assert (over.phase, over.fate, over.operator) == ("over", "answered", "PJSIP/101")
    assert over.answered == 13.0
    assert over.unknown_from == 14.0


def test_who_served_serves_on_by_whole_seconds():
    """The database keeps whole seconds: rung and answered within one, still the operator."""
    citizen = Leg("1.1", "citizen", "PJSIP/trunk", "79135550101", None, 10.0, None, None)
    operator = Leg("1.2", "operator", "PJSIP/101", "101", 10.0, 10.0, None, None)
    row = ("1.1", "79135550101", "78435550101", "hotline", "talking", 10.0, 10.0, 0, 0)
    machine = Machine()
    machine.remember([Kept(*row, (citizen, operator))], 11.0)
    [call] = machine.take_changed()
    assert [leg.role for leg in call.legs] == ["citizen", "operator"]
