"""Actions for the PBX: what is sent, and what must never be."""

import pytest
from gov_hotline_telephony.domain import ami_actions
from gov_hotline_telephony.domain.ami_actions import Action, UnsafeValue
from hypothesis import given
from hypothesis import strategies as st


def text(action):
    return action.encode("a1").decode()


def test_a_call_by_click_is_what_was_recorded():
    action = ami_actions.originate(
        "PJSIP/101",
        ("operators", "84957654321"),
        channel_id="odoo-click-0001",
        caller="84957654321",
        timeout=20,
        variables={"HOTLINE_CALL_ID": "odoo-call-4711", "HOTLINE_TICKET": ""},
    )
    assert text(action) == (
        "Action: Originate\r\nActionID: a1\r\nChannel: PJSIP/101\r\nContext: operators\r\n"
        "Exten: 84957654321\r\nPriority: 1\r\nChannelId: odoo-click-0001\r\nTimeout: 20000\r\n"
        'Async: true\r\nCallerID: "84957654321" <84957654321>\r\n'
        "Variable: __HOTLINE_CALL_ID=odoo-call-4711\r\nVariable: __HOTLINE_TICKET=\r\n\r\n"
    )


def test_nothing_starts_an_application():
    """Originate of the application System is a shell on the PBX."""
    with pytest.raises(TypeError):
        ami_actions.originate("PJSIP/101", ("a", "1"), channel_id="c", application="System")


@pytest.mark.parametrize(
    "phone",
    ["Local/84957654321@operators", "PJSIP/1@1.2.3.4", "101", "PJSIP/", "PJSIP/101\r\nX: y", None],
)
def test_only_a_telephone_is_rung(phone):
    with pytest.raises(UnsafeValue):
        ami_actions.originate(phone, ("a", "1"), channel_id="c")


@pytest.mark.parametrize("number", ["", "1,t", "1&PJSIP/2", "${X}", "1 2", "1\n", "9" * 41, 101])
def test_only_a_number_is_dialled(number):
    for make in (ami_actions.blind, ami_actions.attended):
        with pytest.raises(UnsafeValue):
            make("h.1", ("operators", number))


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOTLINE_X", "a,B=c"), ("HOTLINE_X", "a\r\nb"), ("FUNC(x)", "a"), ("PATH", "a")],
)
def test_only_variables_of_ours(name, value):
    with pytest.raises(UnsafeValue):
        ami_actions.originate("PJSIP/1", ("a", "1"), channel_id="c", variables={name: value})


@given(st.text(), st.sampled_from("\r\n\x00"), st.text())
def test_a_break_in_a_value_is_refused(before, broken, after):
    with pytest.raises(UnsafeValue):
        Action("Ping", (("Name", before + broken + after),)).encode("a1")


@given(st.text(max_size=200))
def test_whatever_is_sent_is_one_action(value):
    """No value can end the message early or begin a second action."""
    try:
        data = Action("QueuePause", (("Reason", value),)).encode("a1")
    except UnsafeValue:
        return
    assert data.count(b"\r\n") == 4
    assert data.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("name", ["", "A B", "A:", "A\r\nB", "Ё", "-A"])
def test_a_name_is_a_name(name):
    with pytest.raises(UnsafeValue):
        Action("Ping", ((name, "x"),)).encode("a1")


def test_a_line_over_the_limit_of_the_pbx_is_refused():
    with pytest.raises(UnsafeValue, match="Too long"):
        Action("Ping", (("Reason", "ё" * 500),)).encode("a1")


def test_the_answer_to_a_challenge():
    assert ("Key", "187ef4436122d1cc2f40dc2b92f0eba0") in ami_actions.login("u", "b", "a").pairs


def test_two_channels_go_elsewhere_at_once():
    action = ami_actions.redirect(("h.1", "hotline-park", "citizen"), ("h.2", "c", "operator"))
    assert dict(action.pairs) == {
        "Channel": "h.1",
        "Context": "hotline-park",
        "Exten": "citizen",
        "Priority": "1",
        "ExtraChannel": "h.2",
        "ExtraContext": "c",
        "ExtraExten": "operator",
        "ExtraPriority": "1",
    }


@pytest.mark.parametrize(
    ("action", "sent"),
    [
        (ami_actions.hangup("h.1"), "Hangup Channel=h.1 Cause=16"),
        (ami_actions.blind("h.1", ("o", "103")), "BlindTransfer Channel=h.1 Context=o Exten=103"),
        (
            ami_actions.attended("h.1", ("o", "+7843555")),
            "Atxfer Channel=h.1 Context=o Exten=7843555#",
        ),
        (ami_actions.press("h.1", "*"), "PlayDTMF Channel=h.1 Digit=* Receive=true"),
        (ami_actions.cancel("h.1"), "CancelAtxfer Channel=h.1"),
        (ami_actions.bridge("h.1", "h.2"), "Bridge Channel1=h.1 Channel2=h.2 Tone=no"),
        (
            ami_actions.queue_add("hotline", "PJSIP/101", "И", "break"),
            "QueueAdd Queue=hotline Interface=PJSIP/101 StateInterface=PJSIP/101 MemberName=И"
            + " Paused=true PausedReason=break",
        ),
        (
            ami_actions.queue_remove("hotline", "PJSIP/101"),
            "QueueRemove Queue=hotline Interface=PJSIP/101",
        ),
        (
            ami_actions.queue_pause("PJSIP/101", "lunch"),
            "QueuePause Interface=PJSIP/101 Paused=true Reason=lunch",
        ),
        (ami_actions.queue_unpause("PJSIP/101"), "QueuePause Interface=PJSIP/101 Paused=false"),
        (
            ami_actions.spied("s.1", "h.2"),
            "Setvar Channel=s.1 Variable=HOTLINE_SPY Value=h.2",
        ),
        (ami_actions.dialplan("hotline-spy"), "ShowDialPlan Context=hotline-spy"),
    ],
)
def test_what_goes_to_the_pbx(action, sent):
    assert " ".join([action.name, *(f"{n}={v}" for n, v in action.pairs)]) == sent


def test_a_supervisor_listens_by_the_dialplan():
    pairs = ami_actions.spy("whisper", "PJSIP/103", "h.2", channel_id="s-1").pairs
    assert ("Context", "hotline-spy") in pairs
    assert ("Exten", "whisper") in pairs
    assert ("Variable", "__HOTLINE_SPY=h.2") in pairs
    with pytest.raises(UnsafeValue):
        ami_actions.spy("System", "PJSIP/103", "h.2", channel_id="s-1")
