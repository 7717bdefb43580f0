"""What a waiting citizen hears and may press, with the real Asterisk."""

from collections.abc import Callable

import pytest
from ami import Ami
from stage import Stage

from runtime.pbx import Pbx

CITIZEN = "79135550101"


@pytest.fixture(scope="module")
def pbx(new_pbx: Callable[..., Pbx]) -> Pbx:
    """A PBX that says the notice and the place in the queue."""
    return new_pbx(notice=True, announce=15)


def channel(ami: Ami) -> str:
    """Return the citizen's channel once the dialplan has begun."""
    return ami.wait("Newchannel", CallerIDNum=CITIZEN)["Channel"]


def press(ami: Ami, name: str, digits: str) -> None:
    """Press keys as the citizen."""
    for digit in digits:
        answer = ami.ask("PlayDTMF", Channel=name, Digit=digit, Duration="100", Receive="true")
        assert answer["Response"] == "Success", answer


def test_the_notice_comes_before_the_operator_and_is_told(stage: Stage, ami: Ami):
    """B1: that talks are recorded is said before anybody is connected, and Odoo is told."""
    stage.operator("101", after=0)
    stage.citizen(CITIZEN)
    told = ami.wait("UserEvent", UserEvent="HotlineNotice")
    assert told["Notice"] == "recording"
    ami.wait("UserEvent", UserEvent="HotlineRecording", CallId=told["CallId"])
    assert ami.events.index(told) < ami.events.index(ami.wait("AgentConnect"))


def test_without_a_record_by_a_key(stage: Stage, ami: Ami):
    """D6: who presses 2 is not recorded, and Odoo is told so."""
    stage.operator("101", after=0)
    stage.citizen(CITIZEN)
    name = channel(ami)
    stage.until("Read(KEY")
    press(ami, name, "2")
    wish = ami.wait("UserEvent", UserEvent="HotlineWish", Wish="no_recording")
    assert wish["Phone"] == CITIZEN
    ami.wait("AgentConnect")
    told = {event.get("UserEvent") for event in ami.events}
    assert "HotlineRecording" not in told
    assert "MixMonitorStart" not in ami.names()


def test_who_waits_hears_the_place_and_may_ask_for_a_call_back(stage: Stage, ami: Ami):
    """D1: 1 in the queue: Odoo is told, the caller hears a goodbye and the call ends."""
    stage.citizen(CITIZEN)
    name = channel(ami)
    ami.wait("QueueCallerJoin")
    stage.until("Queue(hotline")
    press(ami, name, "1")
    wish = ami.wait("UserEvent", UserEvent="HotlineWish", Wish="callback")
    assert wish["Phone"] == CITIZEN
    stage.until("s@hotline-callback")
    assert ami.wait("Hangup", Channel=name)["Cause"] == "16"
    assert "QueueCallerAbandon" not in ami.names()


def test_a_hidden_number_waits_on(stage: Stage, ami: Ami):
    """Nobody can be called back at no number: the caller is told and stays in the queue."""
    stage.citizen("anonymous")
    name = ami.wait("QueueCallerJoin")["Channel"]
    stage.until("Queue(hotline")
    press(ami, name, "1")
    stage.until("s@hotline-callback")
    stage.until("Queue(hotline")
    wishes = [event for event in ami.events if event.get("UserEvent") == "HotlineWish"]
    assert not wishes
