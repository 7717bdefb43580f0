"""What holds of every trace in whatever order and with whatever gap its messages come."""

import pytest
from gov_hotline_telephony.domain.ami import Message
from gov_hotline_telephony.domain.call_state import Machine
from hypothesis import given
from hypothesis import strategies as st

from . import traces
from .test_call_state import EXPECTED, LENGTHS, MOMENTS, NEAR, played, with_citizens

CALLS = sorted(EXPECTED)
SAME = ("direction", "caller", "called", "line", "queue", "phase", "operator", "fate")
SAME += ("end_cause", "ended_by")
names = st.sampled_from(CALLS)


def shuffled(told, random):
    """Return the messages as threads may let them overtake each other within 300 ms."""
    late = [(at + random.uniform(0, NEAR), index) for index, (at, _message) in enumerate(told)]
    return [(at, told[index][1]) for at, index in sorted(late)]


def unstamped(told):
    """Return the messages without the PBX's stamps: all that is known is when they came."""
    return [
        (at, Message(tuple(pair for pair in message.pairs if pair[0] != "Timestamp")))
        for at, message in told
    ]


def same(found, expected):
    """Compare two calls; moments and lengths as near as the shuffling is wide."""
    for name in SAME:
        assert getattr(found, name) == getattr(expected, name), name
    for name in (*MOMENTS, *LENGTHS):
        near = pytest.approx(getattr(expected, name), abs=3 * NEAR)
        assert getattr(found, name) == near, name
    roles = {leg.uniqueid: (leg.role, leg.interface, leg.number) for leg in expected.legs}
    assert {leg.uniqueid: (leg.role, leg.interface, leg.number) for leg in found.legs} == roles
    moved = [(move.kind, move.to, move.result, move.by) for move in expected.transfers]
    assert [(move.kind, move.to, move.result, move.by) for move in found.transfers] == moved


@given(names, st.randoms(use_true_random=False))
def test_shuffled_messages_give_the_same_call(name, random):
    told = traces.messages(name)
    assert played(shuffled(told, random)) == played(told)


@given(names, st.randoms(use_true_random=False))
def test_shuffled_messages_without_stamps_give_the_same_call(name, random):
    """A PBX without timestampevents: the order itself is wrong, not only the moments."""
    told = unstamped(traces.messages(name))
    [found], [expected] = played(shuffled(told, random)).values(), played(told).values()
    same(found, expected)


@given(names, st.randoms(use_true_random=False))
def test_told_twice_and_out_of_order(name, random):
    told = traces.messages(name)
    assert played([*told, *shuffled(told, random)]) == played(told)


@given(st.lists(names, min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_calls_do_not_mix(several, random):
    """Calls of several traces at once: each is what it is alone."""
    told = [pair for name in several for pair in traces.messages(name)]
    random.shuffle(told)
    expected = {}
    for name in several:
        expected |= played(traces.messages(name))
    assert played(told).keys() == expected.keys()


@st.composite
def gaps(draw):
    """A trace, and the messages from `begin` to `end` that never came."""
    name = draw(names)
    size = len(traces.messages(name))
    begin = draw(st.integers(1, size))
    return name, begin, draw(st.integers(min(begin + 1, size), size))


def interrupted(name, begin, end):
    """Play a trace with a gap; return (machine, moment of the cut, moment of the resync)."""
    told = traces.messages(name)
    machine = Machine()
    for at, message in told[:begin]:
        machine.feed(message, at)
    cut, back = told[begin - 1][0], told[end - 1][0]
    machine.cut(cut)
    machine.resync(*traces.now(told[:end], back), back)
    for at, message in told[end:]:
        machine.feed(message, at)
    return machine, cut, back


def lived_through(name, begin, end):
    """Say whether the PBX had a channel, or told of the call, outside of the gap."""
    told = traces.messages(name)
    outside = [message for _at, message in (*told[:begin], *told[end:])]
    there, _entries = traces.now(told[:end], told[-1][0])
    return bool(there) or any(_is_of_a_call(message) for message in outside)


def _is_of_a_call(message):
    return message.name in ("Newchannel", "OriginateResponse")


@given(gaps())
def test_a_cut_anywhere_leaves_one_call_and_nothing_open(gap):
    """Nothing doubled, nothing left open; what happened in the gap is unknown, and says so."""
    machine, cut, back = interrupted(*gap)
    told = list(with_citizens(machine).values())
    assert len(told) <= 1
    if lived_through(*gap) and EXPECTED[gap[0]]["direction"] == "in":
        assert len(told) == 1
    for call in told:
        assert call.phase == "over"
        assert all(leg.ended is not None for leg in call.legs)
        assert call.ended >= call.started
        [whole] = played(traces.messages(gap[0])).values()
        assert call.linkedid == whole.linkedid
        _check_doubt(call, whole, cut, back)


def _check_doubt(call, whole, cut, back):
    if call.unknown_from is None:
        return
    assert call.unknown_from <= call.unknown_until == back
    assert call.unknown_from <= cut or call.started >= cut - 1
    assert call.talk <= whole.talk + whole.hold + NEAR  # a hold may fall into the gap
    assert call.fate in (whole.fate, "cut", "answered")


@given(gaps())
def test_a_gap_within_a_talk_loses_only_its_certainty(gap):
    """A call that was up before and after has its citizen, its number and its line."""
    name, begin, end = gap
    machine, cut, back = interrupted(name, begin, end)
    [whole] = played(traces.messages(name)).values()
    for call in with_citizens(machine).values():
        if whole.direction == "in" and call.started == whole.started:
            assert (call.caller, call.line) == (whole.caller, whole.line)
        if whole.started <= cut < back < whole.ended:
            assert call.unknown_from == pytest.approx(cut, abs=1)


def test_a_talk_that_outlives_a_cut_keeps_its_length():
    """The connector restarts in mid-call: the same bridge means the same talk."""
    told = traces.messages("inbound_answered")
    talking = next(i for i, (_at, one) in enumerate(told) if one.name == "BridgeEnter") + 2
    machine, cut, back = interrupted("inbound_answered", talking, talking)
    [call], [whole] = with_citizens(machine).values(), played(told).values()
    assert (call.talk, call.fate, call.ended_by) == (whole.talk, "answered", "citizen")
    assert call.unknown_from == pytest.approx(cut)
    assert call.unknown_until == back == cut


def test_a_call_that_the_pbx_took_with_it_is_cut():
    """The PBX restarts while the citizen waits: no channel is left, nobody knows how it ended."""
    told = traces.messages("inbound_abandoned")
    machine = Machine()
    for at, message in told[:12]:
        machine.feed(message, at)
    machine.cut(told[12][0])
    machine.resync([], [], told[12][0] + 30)
    [call] = with_citizens(machine).values()
    assert (call.phase, call.fate, call.ended_by) == ("over", "cut", "")
    assert call.unknown_until - call.unknown_from == pytest.approx(30)
    assert call.ended == call.unknown_until
