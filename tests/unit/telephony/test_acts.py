"""What each command is in AMI, and what its end is called."""

import asyncio

import pytest
from gov_hotline_telephony.connector import acts, checks
from gov_hotline_telephony.connector.client import Account
from gov_hotline_telephony.connector.desk import OK, Outcome, failed
from gov_hotline_telephony.connector.ear import Ear
from gov_hotline_telephony.domain.ami import parse

from .acting import (
    ACTIONS,
    BOTH,
    CONSULTED,
    HELD,
    OPERATOR,
    ORIGINATE,
    SPY,
    TALK,
    THREE,
    TO,
    UNHELD,
    acting,
    do,
)
from .fake_ami import ANSWERS, DENIED, FakeAmi


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(acts, "SETTLING", 0.6)
    monkeypatch.setattr(acts, "CAUSE", 0.1)
    monkeypatch.setattr(acts, "KEYS", 0)


@pytest.mark.parametrize(
    ("kind", "payload", "looks", "sent"),
    [
        ("hangup", {"channel": "h.1"}, [TALK], ["Hangup Channel=h.1"]),
        ("hangup", OPERATOR, [HELD], ["Hangup Channel=h.2", "Hangup Channel=h.1"]),
        ("hangup", OPERATOR, [UNHELD], ["Hangup Channel=h.2"]),
        ("blind", TO, [TALK], ["BlindTransfer Channel=h.2 Exten=103"]),
        ("blind", TO, [HELD], ["Redirect Channel=h.1 Exten=103", "Hangup Channel=h.2"]),
        ("attended", TO, [TALK, CONSULTED], ["Atxfer Channel=h.2 Exten=103#"]),
        (
            "attended",
            TO,
            [HELD, UNHELD, CONSULTED],
            ["Bridge Channel1=h.2 Channel2=h.1", "Atxfer Channel=h.2 Exten=103#"],
        ),
        ("complete", OPERATOR, [CONSULTED], ["Hangup Channel=h.2"]),
        ("cancel", OPERATOR, [CONSULTED, TALK], ["CancelAtxfer Channel=h.2"]),
        (
            "conference",
            {**BOTH, "colleague": "h.3"},
            [CONSULTED, CONSULTED, THREE],
            ["PlayDTMF Channel=h.2 Digit=*", "PlayDTMF Channel=h.2 Digit=3"],
        ),
        ("hold", BOTH, [TALK], ["Redirect Channel=h.1 Exten=citizen ExtraChannel=h.2"]),
        ("unhold", BOTH, [HELD], ["Bridge Channel1=h.2 Channel2=h.1"]),
        (
            "queue_add",
            {"queue": "hotline", "interface": "PJSIP/101", "name": "И"},
            [],
            ["QueueAdd Queue=hotline Interface=PJSIP/101"],
        ),
        (
            "queue_remove",
            {"queue": "hotline", "interface": "PJSIP/101"},
            [],
            ["QueueRemove Queue=hotline Interface=PJSIP/101"],
        ),
        (
            "pause",
            {"interface": "PJSIP/101", "reason": "x"},
            [],
            ["QueuePause Interface=PJSIP/101"],
        ),
        ("unpause", {"interface": "PJSIP/101"}, [], ["QueuePause Interface=PJSIP/101"]),
        ("originate", ORIGINATE, [], ["Originate Channel=PJSIP/101 Exten=84957654321"]),
        (
            "whisper",
            {"interface": "PJSIP/103", "channel": "h.2"},
            [TALK],
            ["Originate Channel=PJSIP/103 Exten=whisper"],
        ),
        (
            "barge",
            {"interface": "PJSIP/103", "channel": "h.2"},
            [[*TALK, SPY]],
            [
                "Setvar Channel=s.1",
                "Redirect Channel=s.1 Exten=barge",
            ],
        ),
    ],
)
def test_what_a_command_is(kind, payload, looks, sent):
    assert do(kind, payload, *looks) == (OK, sent)


@pytest.mark.parametrize("kind", ["hangup", "blind", "attended", "complete", "cancel", "listen"])
def test_a_call_that_is_over_is_told(kind):
    payload = {**TO, "interface": "PJSIP/103"}
    assert do(kind, payload, []) == (failed("no_channel"), [])


def test_a_number_the_dialplan_does_not_know():
    """The operator hears the refusal and stays with the citizen."""
    outcome, _sent = do("attended", TO, TALK)
    assert outcome == failed("no_extension")


def test_a_conference_that_did_not_come_about():
    assert do("conference", {**BOTH, "colleague": "h.3"}, CONSULTED)[0] == failed("error")


def refusing(text):
    return lambda pbx: pbx.answers.update(
        {
            name: [f"Response: Error\r\nActionID: {{id}}\r\nMessage: {text}"]
            for name in ("QueueAdd", "QueuePause", "Hangup", "Originate")
        }
    )


@pytest.mark.parametrize(
    ("kind", "payload", "text", "result"),
    [
        ("hangup", OPERATOR, "No such channel", "no_channel"),
        ("queue_add", {"queue": "q", "interface": "PJSIP/1"}, "Unable: No such queue", "no_queue"),
        ("queue_add", {"queue": "q", "interface": "PJSIP/1"}, "Unable: Already there", "ok"),
        ("pause", {"interface": "PJSIP/1"}, "Interface not found", "no_member"),
        ("originate", ORIGINATE, "Extension does not exist.", "no_extension"),
        ("originate", ORIGINATE, "Permission denied", "denied"),
        ("originate", ORIGINATE, "Something else", "error"),
    ],
)
def test_what_the_pbx_refuses_has_a_name(kind, payload, text, result):
    assert do(kind, payload, TALK, prepare=refusing(text))[0].result == result


def failing(reason, cause=""):
    """An Originate that fails for this reason, with the Hangup of its channel before or never."""
    hangup = [f"Event: Hangup\r\nUniqueid: c-1\r\nCause: {cause}"] if cause else []
    answer = ["Response: Success\r\nActionID: {id}", *hangup]
    end = f"Event: OriginateResponse\r\nActionID: {{id}}\r\nResponse: Failure\r\nReason: {reason}"
    return lambda pbx: pbx.answers.update(Originate=[*answer, end])


@pytest.mark.parametrize(
    ("reason", "cause", "result"),
    [
        ("3", "", "no_answer"),
        ("5", "", "busy"),
        ("0", "17", "busy"),
        ("0", "21", "rejected"),
        ("0", "19", "no_answer"),
        ("0", "127", "rejected"),
        ("0", "", "offline"),
    ],
)
def test_why_the_operators_telephone_did_not_answer(reason, cause, result):
    """Reason 0 is a rejection or a telephone that is off: only the rejected one had a channel."""
    outcome, _sent = do("originate", ORIGINATE, [], prepare=failing(reason, cause))
    assert outcome == failed(result)


def test_an_act_without_an_answer_is_unknown():
    silent = lambda pbx: pbx.answers.update(Hangup=None)
    assert do("hangup", OPERATOR, TALK, prepare=silent)[0] == Outcome("unknown", "silent")


def test_a_cut_in_the_middle_is_unknown():
    cut = lambda pbx: pbx.answers.update(Originate=lambda _action: pbx.cut())
    assert do("originate", ORIGINATE, [], prepare=cut)[0] == Outcome("unknown", "cut")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("originate", {**ORIGINATE, "interface": "Local/1@operators"}),
        ("originate", {**ORIGINATE, "number": "1,t"}),
        ("originate", {**ORIGINATE, "variables": {"FUNC(x)": "1"}}),
        ("pause", {"interface": "PJSIP/101\r\nAction: Command"}),
        ("shell", {}),
    ],
)
def test_a_value_that_is_not_fit_is_never_sent(kind, payload):
    assert do(kind, payload, []) == (failed("bad_value"), [])


COMPLETE = "Event: {}Complete\r\nActionID: {{id}}\r\nEventList: Complete"
LISTS = {
    "DeviceStateList": [
        "Response: Success\r\nActionID: {id}\r\nEventList: start",
        "Event: DeviceStateChange\r\nActionID: {id}\r\nDevice: PJSIP/101\r\nState: NOT_INUSE",
        "Event: DeviceStateChange\r\nActionID: {id}\r\nDevice: PJSIP/110\r\nState: UNAVAILABLE",
        "Event: DeviceStateChange\r\nActionID: {id}\r\nDevice: PJSIP/trunk\r\nState: NOT_INUSE",
        "Event: DeviceStateChange\r\nActionID: {id}\r\nDevice: Queue:hotline\r\nState: INUSE",
        COMPLETE.format("DeviceStateList"),
    ],
    "ExtensionStateList": [
        "Response: Success\r\nActionID: {id}\r\nEventList: start",
        "Event: ExtensionStatus\r\nActionID: {id}\r\nExten: 120\r\nHint: PJSIP/hall&Custom:x",
        "Event: ExtensionStatus\r\nActionID: {id}\r\nExten: *45\r\nHint: PJSIP/101",
        COMPLETE.format("ExtensionStateList"),
    ],
}


def test_the_extensions_of_the_pbx():
    """Those with a hint, and the telephones named by a number; no trunk, no queue."""
    outcome, _sent = do("extensions", {}, [], prepare=lambda pbx: pbx.answers.update(LISTS))
    assert outcome.data["extensions"] == [
        {"number": "101", "interface": "PJSIP/101", "registered": True},
        {"number": "110", "interface": "PJSIP/110", "registered": False},
        {"number": "120", "interface": "PJSIP/hall", "registered": False},
    ]


def rights(*names):
    text = "\r\n".join(f"{name}: x" for name in names)
    return [f"Response: Success\r\nActionID: {{id}}\r\n{text}"]


DIALPLAN = [
    "Response: Success\r\nActionID: {id}\r\nEventList: start",
    COMPLETE.format("ShowDialPlan"),
]
JOINED = [
    "Response: Success\r\nActionID: {id}",
    "Event: QueueMemberAdded\r\nQueue: hotline\r\nInterface: PJSIP/hotline-check",
]


def well(pbx):
    """A PBX that is set up as it should be."""
    pbx.answers.update(
        ACTIONS,
        ListCommands=rights(*checks.NEEDED),
        ShowDialPlan=DIALPLAN,
        QueueAdd=JOINED,
        Ping=["Response: Success\r\nActionID: {id}\r\nTimestamp: 0.2"],
    )


def unknown_context(pbx):
    lacking = ["Response: Error\r\nActionID: {id}\r\nMessage: Did not find context x"]
    pbx.answers["ShowDialPlan"] = lambda action: (
        lacking if action["Context"] == "operators" else DIALPLAN
    )


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda pbx: None, [("ok", "11.0.0")]),
        (
            lambda pbx: pbx.answers.update(ListCommands=rights(*checks.NEEDED[1:], "Command")),
            [("right_missing", "Originate"), ("right_excess", "Command")],
        ),
        (unknown_context, [("no_context", "operators")]),
        (
            lambda pbx: pbx.answers.update(
                QueueStatus=[one for one in ANSWERS["QueueStatus"] if "QueueParams" not in one]
            ),
            [("no_queue", "hotline")],
        ),
        (
            lambda pbx: pbx.answers.update(Originate=ANSWERS["Originate"][:1]),
            [("right_missing", "read=call")],
        ),
        (lambda pbx: pbx.answers.update(QueueAdd=JOINED[:1]), [("right_missing", "read=agent")]),
        (
            lambda pbx: pbx.answers.update(
                Ping=["Response: Success\r\nActionID: {id}\r\nTimestamp: 7.0"]
            ),
            [("clock_skew", "+7")],
        ),
        (
            lambda pbx: pbx.answers.update(
                ListCommands=["Event: VarSet\r\nX: y", *rights(*checks.NEEDED)]
            ),
            [("filter_missing", "VarSet")],
        ),
        (
            lambda pbx: pbx.answers.update(ListCommands=[DENIED]),
            [("denied", "Permission denied")],
        ),
    ],
)
def test_a_check_says_what_is_wrong(spoil, found, monkeypatch):
    monkeypatch.setattr(checks, "HEARING", 0.1)
    monkeypatch.setattr(checks.time, "time", lambda: 0.0)

    async def scene():
        async with FakeAmi() as pbx:
            well(pbx)
            spoil(pbx)
            account = Account("127.0.0.1", pbx.port, "odoo", "s3cret")
            contexts = ("operators", "hotline-originate")
            return await checks.check(account, contexts=contexts, queues=("hotline",))

    findings = asyncio.run(scene())
    assert [(one["code"], one["detail"]) for one in findings] == found


def test_a_check_of_nobody_and_of_a_wrong_secret():
    async def scene():
        async with FakeAmi() as pbx:
            account = Account("127.0.0.1", pbx.port, "odoo", "other")
            first = await checks.check(account, contexts=(), queues=())
        second = await checks.check(account, contexts=(), queues=())
        return [one["code"] for one in (*first, *second)]

    assert asyncio.run(scene()) == ["wrong_secret", "refused"]


def test_a_check_as_a_command():
    outcome, _sent = do("check", {}, [], prepare=well)
    assert outcome == Outcome("done", "ok", {"findings": [{"code": "ok", "detail": "11.0.0"}]})


def test_who_is_left_on_hold_is_let_go():
    async def scene():
        async with acting(HELD[1:]) as (doing, scene):
            await doing.release("h.1")
            return scene.sent()

    assert asyncio.run(scene()) == ["Hangup Channel=h.2"]


def test_an_ear_hears_from_the_moment_it_expects():
    async def scene():
        ear = Ear()
        ear.hear(parse(b"Event: Hangup\r\nCause: 1"))
        with ear.expect(lambda one: one.name == "Hangup") as hangup:
            assert await hangup.wait(0.01) is None
            ear.hear(parse(b"Event: Newstate"))
            ear.hear(parse(b"Event: Hangup\r\nCause: 2"))
            ear.hear(parse(b"Event: Hangup\r\nCause: 3"))
        ear.hear(parse(b"Event: Hangup\r\nCause: 4"))
        return (await hangup.wait(0.01)).get("Cause")

    assert asyncio.run(scene()) == "2"
