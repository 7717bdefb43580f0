"""Three who talk, read off recorded messages of a real Asterisk: who leaves, who is held."""

import json

import pytest
from gov_hotline_telephony.domain import ami
from gov_hotline_telephony.domain.call_state import Machine

from . import traces
from .test_call_state import with_citizens


def of_three(until=None):
    """Return the machine after what was recorded when three talked and one left the two others."""
    folder = traces.FOLDER.parent / "ledger/conference/ami.jsonl"
    told = [json.loads(line) for line in folder.read_text(encoding="utf-8").splitlines()]
    heard = [(one["t"], ami.parse(one["raw"].encode().strip())) for one in told]
    left = next(float(one.get("Timestamp")) for _at, one in heard if is_end_of(one, "PJSIP/101"))
    machine = Machine()
    for at, message in heard:
        if until is None or float(message.get("Timestamp") or 0) <= left + until:
            machine.feed(message, at)
    return machine, left


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


def test_a_word_of_less_than_a_second_is_a_hold_as_long():
    """B6: asked, brought together at once: the citizen is in the talk again, not held."""
    told = traces.messages("commands/conference")
    [asked] = [at for at, one in told if one.name == "Hold"]
    [joined] = [at for at, one in told if one.name == "AttendedTransfer"]
    machine = Machine()
    for at, one in told:
        moment = float(one.get("Timestamp") or at)
        if moment <= joined:
            quick = moment - max(0, moment - asked) * 0.7
            pairs = [(key, value) for key, value in one.pairs if key != "Timestamp"]
            machine.feed(ami.Message((*pairs, ("Timestamp", str(quick)))), at)
    [call] = with_citizens(machine).values()
    assert call.phase == "talking"
    assert call.hold == pytest.approx((joined - asked) * 0.3, abs=0.1)
