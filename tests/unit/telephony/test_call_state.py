"""Calls read off recorded messages of a real Asterisk; what each must give was written first."""

import dataclasses

import pytest
from gov_hotline_telephony.domain import ami
from gov_hotline_telephony.domain.call_state import Machine

from . import traces

NEAR = 0.3
IN = {"direction": "in", "caller": "74951234567", "called": "1100", "line": "1100"}
IN |= {"queue": "hotline", "phase": "over", "fate": "answered", "end_cause": 16, "hold": 0}
OUT = {"direction": "out", "called": "84957654321", "phase": "over", "queue": "", "answered": None}
OUT |= {"talk": 0, "hold": 0, "wait": 0}
BLIND = {"ring": 1, "wait": 1, "operator": "PJSIP/103", "ended_by": "operator"}
BLIND |= {"roles": ["citizen", "operator", "colleague"], "moved": [("blind", "103", "answered")]}
ABANDONED = {"caller": "74957778899", "fate": "abandoned", "ended_by": "citizen", "talk": 0}
ABANDONED |= {"wait": 7.5, "ring": 7.5, "operator": "", "end_cause": None, "answered": None}
CLICK = {"fate": "answered", "operator": "PJSIP/101", "answered": 1.5, "talk": 5, "ring": 1.5}
CLICK |= {"ended_by": "operator", "line": "1100", "roles": ["operator", "citizen"], "end_cause": 16}
TO_101 = {**IN, "caller": "79135550101", "wait": 0.5, "ring": 0.5, "answered": 1}
CITIZEN_ENDS = {"ended_by": "citizen"}

EXPECTED = {
    "inbound_answered": {
        **IN,
        "operator": "PJSIP/101",
        "wait": 2,
        "ring": 2,
        "talk": 5,
        "ended_by": "citizen",
        "roles": ["citizen", "operator"],
        "moved": [],
        "answered": 2,
        "ended": 7,
    },
    "inbound_answered_operator_hangs_up": {
        **IN,
        "operator": "PJSIP/102",
        "wait": 1,
        "ring": 1,
        "talk": 4,
        "ended_by": "operator",
    },
    "inbound_abandoned": {**IN, **ABANDONED, "roles": ["citizen", "operator"]},
    "inbound_ring_no_answer_then_second": {
        **IN,
        "operator": "PJSIP/101",
        "wait": 17.5,
        "ring": 15.5,
        "talk": 3,
        "rang": 0,
        "roles": ["citizen", "operator", "operator"],
        "ended_by": "operator",
    },
    "click_to_call": {**OUT, **CLICK},
    "click_to_call_operator_no_answer": {
        **OUT,
        "fate": "no_answer",
        "ring": 5,
        "end_cause": 19,
        "ended_by": "",
        "roles": ["operator"],
    },
    "click_to_call_operator_rejects": {
        **OUT,
        "fate": "rejected",
        "ring": 1,
        "end_cause": 21,
        "ended_by": "operator",
    },
    "click_to_call_phone_offline": {**OUT, "fate": "offline", "end_cause": None, "roles": []},
    "blind_transfer": {**IN, **BLIND, "talk": 6, "ended": 8.6},
    # The client named the citizen's channel: 101 was joined with 103, the citizen dropped.
    "ami_blind_transfer": {
        **IN,
        "operator": "PJSIP/101",
        "talk": 2,
        "ended": 3,
        "ended_by": "",
        "wait": 1,
        "ring": 1,
        "roles": ["citizen", "operator", "colleague"],
        "moved": [("blind", "103", "failed")],
    },
    "hold": {**IN, "operator": "PJSIP/102", "talk": 4.1, "hold": 3, "ended_by": "operator"},
    "ivr_status": {
        "direction": "in",
        "line": "1200",
        "queue": "",
        "phase": "over",
        "fate": "",
        "talk": 0,
        "wait": 0,
        "operator": "",
        "ended_by": "",
        "roles": ["citizen"],
    },
    "odoo-account/inbound_answered": {
        **IN,
        "operator": "PJSIP/101",
        "wait": 2,
        "ring": 2,
        "talk": 5,
        "ended_by": "citizen",
    },
    "odoo-account/inbound_abandoned": {**IN, **ABANDONED},
    "odoo-account/click_to_call": {**OUT, **CLICK},
    "odoo-account/blind_transfer": {**IN, **BLIND, "talk": 6, "ended": 8.6},
    "odoo-account/attended_transfer": {
        **IN,
        "operator": "PJSIP/103",
        "wait": 1,
        "ring": 1,
        "talk": 6.1,
        "hold": 4,
        "ended": 11.1,
        "roles": ["citizen", "operator", "operator", "colleague"],
        "ended_by": "operator",
        "moved": [("attended", "103", "answered")],
    },
    "odoo-account/hold": {**IN, "operator": "PJSIP/101", "talk": 4.1, "hold": 3},
    # What the connector's commands make of a call: Atxfer, Redirect, Bridge, three-way key.
    "commands/attended_transfer": {
        **TO_101,
        "talk": 8.3,
        "hold": 2.7,
        "operator": "PJSIP/103",
        "ended_by": "citizen",
        "roles": ["citizen", "operator", "colleague"],
        "moved": [("attended", "103", "answered")],
    },
    "commands/blind_transfer": {**TO_101, **BLIND, "wait": 0.5, "ring": 0.5, **CITIZEN_ENDS},
    "commands/consultation_cancelled": {
        **TO_101,
        **CITIZEN_ENDS,
        "talk": 5.6,
        "hold": 2.4,
        "operator": "PJSIP/101",
        "moved": [],
        "roles": ["citizen", "operator", "colleague"],
    },
    "commands/conference": {
        **TO_101,
        **CITIZEN_ENDS,
        "talk": 3.5,
        "hold": 2.5,
        "operator": "PJSIP/101",
        "moved": [("attended", "103", "joined")],
        "roles": ["citizen", "operator", "colleague"],
    },
    "commands/hold": {**TO_101, **CITIZEN_ENDS, "talk": 5, "hold": 2, "operator": "PJSIP/101"},
    # A queue that rings at everybody: 101 and 102 at once, 102 takes it.
    "commands/ring_all": {
        **IN,
        **CITIZEN_ENDS,
        "caller": "79135550101",
        "operator": "PJSIP/102",
        "wait": 2,
        "ring": 2,
        "answered": 2.5,
        "talk": 3.5,
        "roles": ["citizen", "operator", "operator"],
        "moved": [],
    },
    "commands/citizen_busy": {
        **OUT,
        "called": "84955550101",
        "fate": "busy",
        "end_cause": 17,
        "operator": "PJSIP/101",
        "roles": ["operator", "citizen"],
    },
}
MOMENTS = ("queued", "rang", "answered", "ended")
LENGTHS = ("wait", "ring", "talk", "hold")


def played(told, **settings):
    """Return {linkedid: snapshot} of the calls with somebody outside, after [(moment, message)]."""
    machine = Machine(**settings)
    for at, message in told:
        machine.feed(message, at)
    return with_citizens(machine)


def with_citizens(machine):
    return {one.linkedid: one for one in machine.take_changed() if one.direction != "inner"}


def seen(call, name):
    """Return what the table says of a call: moments since its start."""
    if name == "roles":
        return [leg.role for leg in call.legs]
    if name == "moved":
        return [(move.kind, move.to, move.result) for move in call.transfers]
    value = getattr(call, name)
    return value - call.started if name in MOMENTS and value is not None else value


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_trace_gives_its_call(name):
    """B1, E9: who called whom, how long what took, how it ended."""
    [call] = played(traces.messages(name)).values()
    for key, expected in EXPECTED[name].items():
        found = seen(call, key)
        if isinstance(expected, int | float):
            found = pytest.approx(found, abs=NEAR)
        assert expected == found, key
    assert all(leg.ended for leg in call.legs)


def test_the_table_has_every_trace_with_a_call():
    quiet = {"queue_login_pause_logout", "wrong_login_and_pbx_restart"}
    assert set(traces.NAMES) == set(EXPECTED) | quiet
    assert not any(played(traces.messages(name)) for name in quiet)


@pytest.mark.parametrize("name", ["inbound_answered", "inbound_abandoned", "click_to_call", "hold"])
def test_the_account_of_least_privilege_sees_the_same(name):
    """All events, and those that the account and the pre-filter leave, tell the same call."""
    everything = [(at, ami.parse(raw)) for at, raw in traces.raws(name)]
    [all_told], [wanted] = played(everything).values(), played(traces.messages(name)).values()
    assert all_told == wanted
    [least] = played(traces.messages(f"odoo-account/{name}")).values()
    assert [leg.role for leg in least.legs] == [leg.role for leg in wanted.legs]
    for key in LENGTHS:
        assert getattr(least, key) == pytest.approx(getattr(wanted, key), abs=NEAR)


def phases(name):
    """Return the phases of a call as they follow each other, and who rang in each."""
    machine, found = Machine(), []
    for at, message in traces.messages(name):
        machine.feed(message, at)
        for call in machine.take_changed():
            if call.direction != "inner" and found[-1:] != [(call.phase, call.ringing)]:
                found.append((call.phase, call.ringing))
    return found


def test_the_phone_that_rings_is_known_while_it_rings():
    """B1: the pop goes to the one whose phone rings, then to the next one."""
    assert phases("inbound_ring_no_answer_then_second") == [
        ("waiting", ()),
        ("ringing", ("PJSIP/102",)),
        ("waiting", ()),
        ("ringing", ("PJSIP/101",)),
        ("talking", ()),
        ("over", ()),
    ]


def test_a_queue_that_rings_at_everybody():
    """E9: the pop goes to all whose phones ring; one takes the call, and it rings nowhere else."""
    assert phases("commands/ring_all") == [
        ("waiting", ()),
        ("ringing", ("PJSIP/101",)),
        ("ringing", ("PJSIP/101", "PJSIP/102")),
        ("ringing", ("PJSIP/101",)),  # 102 was lifted, the two are not joined yet
        ("talking", ()),
        ("over", ()),
    ]
    [call] = played(traces.messages("commands/ring_all")).values()
    answered = {leg.interface: bool(leg.answered) for leg in call.legs if leg.role == "operator"}
    assert answered == {"PJSIP/101": False, "PJSIP/102": True}
    [other] = [leg for leg in call.legs if leg.interface == "PJSIP/101"]
    assert other.cause == 26  # "elsewhere": no reproach to who did not take it


def test_a_consultation_rings_for_nobody_else_and_is_a_hold():
    """The expert's phone rings for the operator: no pop of the citizen's call."""
    found = phases("odoo-account/attended_transfer")
    words = ["waiting", "ringing", "talking", "held", "talking", "over"]
    assert [phase for phase, _ringing in found] == words
    assert {ringing for _phase, ringing in found} == {(), ("PJSIP/102",)}


def test_a_blind_transfer_rings_at_the_colleague():
    assert ("ringing", ("PJSIP/103",)) in phases("blind_transfer")


def test_clicks_ring_at_nobody_as_incoming():
    assert {ringing for _phase, ringing in phases("click_to_call")} == {()}
    assert [phase for phase, _ringing in phases("click_to_call")] == ["ringing", "talking", "over"]


def test_the_consultation_belongs_to_the_call_from_its_start():
    """Attended transfer: one call, before the two are joined too; the inner one is never told."""
    told = traces.messages("odoo-account/attended_transfer")
    machine = Machine()
    for at, message in told[: len(told) // 2]:
        machine.feed(message, at)
    [call] = machine.take_changed()
    assert [leg.role for leg in call.legs] == ["citizen", "operator", "operator", "colleague"]
    assert call.phase == "held"


def test_what_was_told_is_not_told_again():
    machine = Machine()
    told = traces.messages("hold")
    for at, message in told:
        machine.feed(message, at)
    [call] = machine.take_changed()
    for at, message in told:
        machine.feed(message, at)
    assert machine.take_changed() == []
    assert machine.view(call.linkedid) == call


def test_clocks_that_differ():
    """Moments are on our clock; lengths do not change."""
    [ours] = played(traces.messages("hold")).values()
    [moved] = played(traces.messages("hold"), skew=3600.0).values()
    assert ours.started - moved.started == pytest.approx(3600)
    assert moved.talk == pytest.approx(ours.talk)


def test_ended_calls_are_forgotten():
    """Memory: nothing is kept of calls that ended before the moment."""
    machine = Machine()
    for name in traces.NAMES:
        for at, message in traces.messages(name):
            machine.feed(message, at)
    calls = machine.take_changed()
    machine.forget(min(call.ended for call in calls))
    assert len(machine.calls) >= len(calls) - 1
    machine.forget(max(call.ended for call in calls) + 10)
    assert (machine.calls, machine.parts) == ({}, {})
    assert machine.take_changed() == []


def test_a_busy_citizen_is_busy_though_the_originate_succeeded():
    """Observation: Originate says Success, the citizen's channel says cause 17."""

    def changed(message):
        fields = dict(message.pairs)
        if not fields.get("DestChannel", fields.get("Channel", "")).startswith("PJSIP/trunk"):
            return message
        swap = {"DialStatus": "BUSY", "Cause": "17", "ChannelState": "5"}
        pairs = tuple((key, swap.get(key, value)) for key, value in message.pairs)
        return dataclasses.replace(message, pairs=pairs)

    told = traces.messages("click_to_call")
    no_talk = [(at, one) for at, one in told if not one.name.startswith("Bridge")]
    [call] = played([(at, changed(one)) for at, one in no_talk]).values()
    assert (call.fate, call.end_cause) == ("busy", 17)


def _slow(name, seconds):
    """The trace as a PBX would have told it that does late what the first telephone asks for."""
    asked = None
    for at, one in traces.messages(name):
        late = seconds if asked is not None else 0.0
        pairs = tuple(
            (key, str(float(value) + late)) if key == "Timestamp" else (key, value)
            for key, value in one.pairs
        )
        yield at + late, dataclasses.replace(one, pairs=pairs)
        if one.name == "HangupRequest":
            asked = asked or at


@pytest.mark.parametrize("name", ["inbound_answered", "inbound_answered_operator_hangs_up"])
def test_who_hung_up_is_known_of_a_pbx_that_is_slow(name):
    """D1: seconds between the request and the end are no talk broken off by the PBX."""
    machine = Machine()
    for at, one in _slow(name, 4.0):
        machine.feed(one, at)
    [call] = machine.take_changed()
    assert call.ended_by == EXPECTED[name]["ended_by"]
    assert not call.dropped
    assert call.ended - call.answered == pytest.approx(EXPECTED[name]["talk"] + 4, abs=NEAR)


def test_who_left_long_before_did_not_end_the_call():
    """An operator whose telephone went at once, the citizen much later and without a word."""
    machine = Machine()
    name, gone = "inbound_answered_operator_hangs_up", False
    for at, one in traces.messages(name):
        late = 4.0 if gone and "trunk" in one.get("Channel") else 0.0
        gone = gone or one.name == "HangupRequest"
        stamp = str(float(one.get("Timestamp") or at) + late)
        pairs = tuple((k, stamp if k == "Timestamp" else v) for k, v in one.pairs)
        machine.feed(dataclasses.replace(one, pairs=pairs), at + late)
    [call] = machine.take_changed()
    assert call.ended_by == ""
