"""What goes into the columns, and what is told of it."""

import dataclasses
from datetime import datetime

import pytest
from gov_hotline_telephony.domain import ami, call_rows
from gov_hotline_telephony.domain.call_state import Machine

from . import traces
from .test_call_state import played


def call_of(name, **changes):
    [call] = played(traces.messages(name)).values()
    return dataclasses.replace(call, **changes)


def test_moments_are_of_utc_in_whole_seconds():
    moment = datetime.fromisoformat("2026-11-21T21:05:11")
    assert call_rows.moment(1795295111.63) == moment
    assert call_rows.epoch(moment) == 1795295111
    assert call_rows.moment(None) is None


def test_the_columns_of_a_call():
    values = call_rows.facts(call_of("hold"))
    assert set(values) == set(call_rows.FACTS)
    assert (values["talk_seconds"], values["hold_seconds"], values["wait_seconds"]) == (4, 3, 1)
    assert (values["fate"], values["end_cause"], values["unknown_from"]) == ("answered", "16", None)


def test_texts_that_a_database_cannot_keep():
    assert call_rows.text("7495\x001") == "74951"
    assert call_rows.text("") is None
    assert len(call_rows.text("5" * 999)) == 255


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("inbound_answered", None),
        ("inbound_abandoned", "abandoned"),
        ("ivr_status", "by_machine"),
        ("click_to_call", None),
        ("click_to_call_operator_rejects", "not_reached"),
    ],
)
def test_the_disposition_of_calls_nobody_talked_in(name, code):
    assert call_rows.closing(call_of(name)) == code
    assert call_rows.closing(call_of(name, phase="waiting", fate="")) is None


def test_a_call_lost_with_the_pbx_was_dropped():
    assert call_rows.closing(call_of("inbound_abandoned", fate="cut")) == "dropped"


@pytest.mark.parametrize(
    ("phone", "found"),
    [
        ("8 (495) 123-45-67", "74951234567"),
        ("+74951234567", "74951234567"),
        ("103", "103"),
        ("", ""),
    ],
)
def test_digits_of_a_number(phone, found):
    assert call_rows.digits(phone) == found


def told(name):
    """Return the events of the telephones, message by message, as the writer would tell them."""
    machine, known, found = Machine(), {}, []
    for at, message in traces.messages(name):
        machine.feed(message, at)
        for call in machine.take_changed():
            if call.direction != "inner":
                found += [(phone[6:], event) for phone, event, _at in call_rows.events(known, call)]
                known = {leg.uniqueid: call_rows.before(leg) for leg in call.legs}
    return found


def test_what_telephones_do_is_told_once():
    assert told("inbound_ring_no_answer_then_second") == [
        *[("102", "ring"), ("102", "ring_over"), ("101", "ring")],
        *[("101", "answer"), ("101", "hangup")],
    ]


def test_the_second_channel_of_a_telephone_ends_no_talk():
    """Attended transfer: 102 has two channels in the call; it hangs up once."""
    events = told("odoo-account/attended_transfer")
    assert [event for phone, event in events if phone == "102"] == ["ring", "answer", "hangup"]
    assert [event for phone, event in events if phone == "103"] == ["ring", "answer", "hangup"]


def test_all_in_one_batch_tells_the_talk():
    events = [event for _phone, event, _at in call_rows.events({}, call_of("inbound_answered"))]
    assert events == ["answer", "hangup"]


def test_the_same_batch_again_tells_nothing():
    call = call_of("inbound_answered")
    known = {leg.uniqueid: call_rows.before(leg) for leg in call.legs}
    assert call_rows.events(known, call) == []


def test_when_the_citizen_was_told_of_the_recording():
    """B1: the first event that has the channel's variable is the moment."""
    machine = Machine()
    about = "Uniqueid: c-1\r\nLinkedid: c-1\r\nChannel: PJSIP/trunk-1\r\n"
    told = "ChanVariable: HOTLINE_NOTICE=recording"
    for at, text in (
        (100.0, f"Event: Newchannel\r\n{about}CallerIDNum: 79135550101"),
        (104.0, f"Event: UserEvent\r\n{about}UserEvent: HotlineNotice\r\n{told}"),
        (109.0, f"Event: QueueCallerJoin\r\n{about}Queue: hotline\r\n{told}"),
    ):
        machine.feed(ami.parse(text.encode()), at)
    values = call_rows.facts(machine.view("c-1"))
    assert values["recording_notice_at"] == call_rows.moment(104.0)
