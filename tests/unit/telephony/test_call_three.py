"""Three who talk, read off recorded messages of a real Asterisk: who leaves, who is held."""

import json

import pytest
from gov_hotline_telephony.domain import ami
from gov_hotline_telephony.domain.call_state import Machine

from . import traces
from .test_call_state import with_citizens

COLLEAGUE = [f"hotline-1795395389.{number}" for number in (2, 3, 4)]  # two ends of a wire, 103


def recorded():
    """Return (received, message) of a talk of three that one of them left."""
    folder = traces.FOLDER.parent / "ledger/conference/ami.jsonl"
    told = [json.loads(line) for line in folder.read_text(encoding="utf-8").splitlines()]
    return [(one["t"], ami.parse(one["raw"].encode().strip())) for one in told]


def of_three(until=None):
    """Return the machine after what was recorded when three talked and one left the two others."""
    heard = recorded()
    left = next(float(one.get("Timestamp")) for _at, one in heard if is_end_of(one, "PJSIP/101"))
    machine = Machine()
    for at, message in heard:
        if until is None or float(message.get("Timestamp") or 0) <= left + until:
            machine.feed(message, at)
    return machine, left


def at_moment(message, moment):
    """Return the message as the PBX would have told it at another moment."""
    pairs = [(key, value) for key, value in message.pairs if key != "Timestamp"]
    return ami.Message((*pairs, ("Timestamp", str(moment))))


def is_end_of(message, interface):
    return message.name == "Hangup" and message.get("Channel").startswith(interface)


@pytest.mark.parametrize(
    ("until", "now", "result"),
    [
        (-0.5, 0.0, "joined"),
        (0.01, 0.4, "joined"),  # the two may be about to end with him
        (0.01, 0.6, "answered"),
        (None, None, "answered"),
    ],
)
def test_who_leaves_three_has_handed_the_citizen_on(until, now, result):
    """B6: the talk of the two others goes on; that is known half a second after the hang-up."""
    machine, left = of_three(until)
    [call] = machine.take_changed(None if now is None else left + now)
    assert [(one.kind, one.to, one.result) for one in call.transfers] == [
        ("attended", "103", result)
    ]


def test_that_two_of_three_go_on_is_told_without_another_message():
    machine, left = of_three(0.01)
    assert machine.take_changed(left + 0.1)[0].transfers[0].result == "joined"
    assert machine.take_changed(left + 0.3) == []
    assert machine.take_changed(left + 0.7)[0].transfers[0].result == "answered"
    assert machine.take_changed(left + 1.5) == []


def test_a_colleague_dialled_a_moment_before_is_the_one_handed_to():
    """B6: asked and brought together within less than half a second: handed on all the same."""
    heard = recorded()
    asked = next(at for at, one in heard if one.get("Channel").startswith("Local/"))
    [joined] = [at for at, one in heard if one.name == "AttendedTransfer"]
    machine = Machine()
    for at, one in heard:
        quick = at - max(0, min(at, joined) - asked) * 0.9
        machine.feed(at_moment(one, quick), quick)
    [call] = machine.take_changed()
    assert [one.result for one in call.transfers] == ["answered"]


def asked_in_vain(heard):
    """Return [(moment, message)] of an earlier dialling of the same colleague, nobody lifting."""
    asked = next(at for at, one in heard if one.get("Channel").startswith("Local/"))
    mine = [(at, one) for at, one in heard if asked <= at and one.get("Uniqueid") in COLLEAGUE]
    dialled = [one for at, one in mine if at < asked + 0.3]
    ended = [one for _at, one in mine if one.name == "Hangup"]
    moments = [*[asked - 1.0] * len(dialled), *[asked - 0.5] * len(ended)]
    return [(at, earlier(one, at)) for at, one in zip(moments, [*dialled, *ended], strict=True)]


def earlier(message, moment):
    """Return the message as of other channels."""
    told = dict(at_moment(message, moment).pairs)
    told["Uniqueid"] = told["Uniqueid"].replace("389.", "388.")
    told["Channel"] = told["Channel"].replace("-0000000", "-00000f0")
    return ami.Message(tuple(told.items()))


def test_a_colleague_asked_twice_is_handed_to_by_the_second_word():
    """B6: nobody lifted at first; what came of the transfer is read off the second dialling."""
    heard = recorded()
    vain = asked_in_vain(heard)
    assert {one.name for _at, one in vain} >= {"Newchannel", "Hangup"}
    machine = Machine()
    for at, one in sorted([*heard, *vain], key=lambda told: told[0]):
        machine.feed(one, at)
    [call] = machine.take_changed()
    assert sum(leg.interface == "PJSIP/103" for leg in call.legs) == 2
    assert [one.result for one in call.transfers] == ["answered"]


def test_a_word_of_less_than_a_second_is_a_hold_as_long():
    """B6: asked, brought together at once: the citizen is in the talk again, not held."""
    told = traces.messages("commands/conference")
    [asked] = [at for at, one in told if one.name == "Hold"]
    [joined] = [at for at, one in told if one.name == "AttendedTransfer"]
    machine = Machine()
    for at, one in told:
        moment = float(one.get("Timestamp") or at)
        if moment <= joined:
            machine.feed(at_moment(one, moment - max(0, moment - asked) * 0.7), at)
    [call] = with_citizens(machine).values()
    assert call.phase == "talking"
    assert call.hold == pytest.approx((joined - asked) * 0.3, abs=0.1)
