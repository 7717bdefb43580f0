"""The real Asterisk with our configuration: calls find operators, the account sees and may little.

Events are read by the account of the connector, so each test is also one of its rights.
"""

import contextlib
import http.client
from collections.abc import Callable
from pathlib import Path

import pytest
from ami import Ami
from stage import Stage

from runtime import pbx_tree, phones
from runtime.pbx import Pbx

CITIZEN = "79135550101"


def test_it_starts_without_a_complaint(pbx: Pbx):
    lines = pbx.log.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "ERROR[" in line or "WARNING[" in line] == []
    assert "Asterisk 22" in pbx.cli("core show version")
    assert pbx.tree.versions().startswith("Asterisk 22.")


def test_a_call_of_a_citizen_reaches_an_operator(stage: Stage, ami: Ami):
    """B1: the events of a call come in full to the account with the least rights."""
    stage.operator("101", after=0.5)
    call = stage.citizen(CITIZEN, seconds=6)
    assert ami.wait("QueueCallerJoin")["CallerIDNum"] == CITIZEN
    assert ami.wait("AgentCalled")["Interface"] == "PJSIP/101"
    talk = ami.wait("AgentConnect", Interface="PJSIP/101")
    assert ami.wait("Hangup", Linkedid=talk["Linkedid"])["Cause"] == "16"
    assert ami.wait("Cdr", Disposition="ANSWERED")["Source"] == CITIZEN
    assert call.wait() == 0
    told = ami.wait("UserEvent", UserEvent="HotlineRecording")
    # both sides of a played call are silent: what is heard is shown by test_recordings.py
    assert (stage.pbx.home / "spool/monitor" / told["File"]).is_file()


def test_the_next_operator_gets_the_call_of_one_who_does_not_answer(stage: Stage, ami: Ami):
    stage.silent("101")
    stage.citizen(CITIZEN)
    ami.wait("AgentCalled", Interface="PJSIP/101")
    stage.operator("102", after=0.5)
    ami.wait("AgentRingNoAnswer", Interface="PJSIP/101")
    ami.wait("AgentConnect", Interface="PJSIP/102")


def test_who_gives_up_in_the_queue_is_told(stage: Stage, ami: Ami):
    call = stage.citizen(CITIZEN, seconds=1)
    ami.wait("QueueCallerAbandon")
    assert call.wait() == 0


@pytest.mark.parametrize(("refuse", "cause"), [(phones.BUSY, "17"), (phones.DECLINE, "21")])
def test_a_telephone_that_refuses(stage: Stage, ami: Ami, refuse: int, cause: str):
    stage.operator("101", queue=False, refuse=refuse)
    ami.ask("Originate", **CLICK, Async="true", ChannelId=f"refused-{refuse}")
    hangup = ami.wait("Hangup", Uniqueid=f"refused-{refuse}")
    assert hangup["Cause"] == cause


CLICK = {
    "Channel": "PJSIP/101",
    "Context": "hotline-originate",
    "Exten": "84955550101",
    "Priority": "1",
}


def test_click_to_call_rings_the_operator_first(stage: Stage, ami: Ami):
    """B2: the number given to Originate is that of the call; the city sees the line's number."""
    stage.operator("101", queue=False, after=0.5)
    stage.city(after=0.5, talk=1)
    ami.ask("Originate", **CLICK, Async="true", ChannelId="click-1")
    assert ami.wait("OriginateResponse", Uniqueid="click-1")["Response"] == "Success"
    begun = ami.wait("DialBegin", Uniqueid="click-1")
    assert (begun["Linkedid"], begun["DialString"]) == ("click-1", "84955550101@trunk")
    assert begun["CallerIDNum"] == "1100"
    ami.wait("Hangup", Uniqueid="click-1")


@pytest.mark.parametrize("number", ["8101234567890", "88095550101", "79"])
def test_a_number_that_may_not_be_called_is_refused_by_the_pbx(stage, ami, number: str):
    stage.operator("101", queue=False, after=0)
    ami.ask("Originate", **{**CLICK, "Exten": number}, Async="true", ChannelId=f"no-{number}")
    ami.wait("UserEvent", UserEvent="HotlineDialEnd", Uniqueid=f"no-{number}", Status="FORBIDDEN")
    dialled = [event["DialString"] for event in ami.events if event["Event"] == "DialBegin"]
    assert not [text for text in dialled if "trunk" in text]


def test_hold_is_a_redirect_and_a_bridge(stage: Stage, ami: Ami):
    """B6: the citizen hears music, the operator's telephone waits, then both talk again."""
    stage.operator("101", after=0)
    call = stage.citizen(CITIZEN)
    talk = ami.wait("AgentConnect")
    citizen, operator = talk["Channel"], talk["DestChannel"]
    parked = {"Context": "hotline-park", "Exten": "citizen", "Priority": "1"}
    other = {"ExtraContext": "hotline-park", "ExtraExten": "operator", "ExtraPriority": "1"}
    held = ami.ask("Redirect", Channel=citizen, ExtraChannel=operator, **parked, **other)
    assert held["Response"] == "Success"
    stage.until("MusicOnHold", "Wait(1800)")
    assert ami.ask("Bridge", Channel1=citizen, Channel2=operator)["Response"] == "Success"
    phones.hang_up(stage.pbx, CITIZEN)
    assert call.wait() == 0
    ami.wait("Hangup", Channel=operator)


def test_a_conference_of_three(stage: Stage, ami: Ami):
    stage.operator("101", after=0)
    stage.operator("103", queue=False, after=0)
    stage.citizen(CITIZEN)
    talk = ami.wait("AgentConnect")
    room = {"Context": "hotline-conf", "Exten": "42", "Priority": "1"}
    other = {f"Extra{name}": value for name, value in room.items()}
    pair = {"Channel": talk["Channel"], "ExtraChannel": talk["DestChannel"]}
    assert ami.ask("Redirect", **pair, **room, **other)["Response"] == "Success"
    ami.ask("Originate", Channel="PJSIP/103", **room, Async="true")
    ami.wait("ConfbridgeJoin", Conference="42", Channel=talk["Channel"])
    ami.wait("ConfbridgeJoin", Conference="42", Channel=talk["DestChannel"])
    ami.wait("ConfbridgeJoin", Conference="42", CallerIDNum="103")


@pytest.mark.parametrize("way", ["listen", "whisper", "barge"])
def test_the_supervisor_listens_in(stage: Stage, ami: Ami, way: str):
    stage.operator("101", after=0)
    stage.operator("103", queue=False, after=0)
    stage.citizen(CITIZEN)
    talk = ami.wait("AgentConnect")
    spy = {"Context": "hotline-spy", "Exten": way, "Priority": "1"}
    spied = f"HOTLINE_SPY={talk['DestUniqueid']}"
    ami.ask("Originate", Channel="PJSIP/103", **spy, Variable=spied, Async="true")
    assert ami.wait("ChanSpyStart")["SpyeeChannel"] == talk["DestChannel"]


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("Command", {"Command": "core show channels"}),
        ("GetConfig", {"Filename": "pjsip.conf"}),
        ("ModuleLoad", {"LoadType": "reload"}),
        ("Originate", {"Channel": "PJSIP/101", "Application": "System", "Data": "id"}),
    ],
)
def test_the_account_may_not(ami: Ami, action: str, values: dict[str, str]):
    assert ami.ask(action, **values)["Response"] == "Error"


def test_a_wrong_secret_is_not_let_in(pbx: Pbx):
    with Ami(pbx, secret="guessed") as client:
        assert client.welcome["Response"] == "Error"


def test_noise_is_filtered(stage: Stage, ami: Ami):
    stage.operator("101", after=0)
    stage.citizen(CITIZEN, seconds=4).wait()
    ami.wait("Cdr", Disposition="ANSWERED")
    noise = {"CEL", "VarSet", "Newexten", "RTCPSent", "NewConnectedLine", "MusicOnHoldStart"}
    assert not ami.names() & noise


def test_two_run_side_by_side(pbx: Pbx, stage: Stage, new_pbx: Callable[[], Pbx]):
    """As tests do beside ``make run``: each call reaches its own PBX."""
    other = new_pbx()
    stage.operator("101", after=0)
    with Ami(pbx) as ours, Ami(other) as theirs, Stage(other) as their_stage:
        their_stage.citizen("79135550202", seconds=1)
        assert theirs.wait("QueueCallerAbandon")["CallerIDNum"] == "79135550202"
        stage.citizen(CITIZEN)
        assert ours.wait("AgentConnect")["CallerIDNum"] == CITIZEN
        assert "AgentConnect" not in theirs.names()


def test_a_browser_may_be_a_telephone(pbx: Pbx):
    """The door for WebRTC: a WebSocket that speaks SIP, and nothing else on that port."""
    key = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    proof = {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "sip"}
    assert _asked(pbx, "/ws", {**key, **proof}) == 101
    for path in ("/ari/channels", "/httpstatus", "/static/index.html", "/manager"):
        assert _asked(pbx, path, {}) == 404


def _asked(pbx: Pbx, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(pbx.site.address, pbx.site.ports.http, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status


def test_a_restarted_pbx_has_its_operators_and_their_telephones(pbx: Pbx, stage: Stage, ami: Ami):
    """Nobody has to sign in again: the queue remembers its members, the PBX where they are."""
    stage.operator("101", after=0)
    pbx.stop()
    ami.wait("Shutdown")
    pbx.start()
    assert "PJSIP/101" in pbx.cli("queue show hotline")
    assert "101/sip:" in pbx.cli("pjsip show contacts")


def test_the_tree_stays_where_it_is(asterisk: pbx_tree.Tree, pbx: Pbx):
    """Nothing is written beside the programmes: two PBXs may share them."""
    assert pbx.home not in asterisk.root.parents
    assert not list(Path(asterisk.root, "var").rglob("*.log"))
