"""The live queue, read off recorded messages and off the answers to QueueStatus."""

import pytest
from gov_hotline_telephony.domain import ami
from gov_hotline_telephony.domain.queue_board import BoardChange, Line, QueueBoard
from hypothesis import given
from hypothesis import strategies as st

from . import traces


def told(name):
    """Return what the board told after each message that changed it."""
    board, changes = QueueBoard(), []
    for at, message in traces.messages(name):
        board.feed(message, at)
        change = board.take_changed()
        if change:
            changes.append(change)
    return changes


def test_a_caller_waits_until_answered():
    lines = [change.lines["hotline"] for change in told("inbound_answered") if change.lines]
    assert [line.waiting for line in lines] == [1, 0]
    assert lines[0].longest_since == pytest.approx(traces.messages("inbound_answered")[0][0], abs=1)
    assert lines[1].longest_since is None


def test_a_caller_who_gives_up_waits_no_more():
    lines = [change.lines["hotline"] for change in told("inbound_abandoned") if change.lines]
    assert [line.waiting for line in lines] == [1, 0]


def test_a_member_comes_pauses_and_goes():
    """In step with the queue: what is done on the telephone itself is heard of."""
    events = [one for change in told("queue_login_pause_logout") for one in change.members]
    expert = [(one.event, one.reason) for one in events if one.interface == "PJSIP/103"]
    assert expert == [
        ("member_added", ""),
        ("member_paused", "training"),
        ("member_unpaused", ""),
        ("member_removed", ""),
    ]


def test_a_ringing_telephone_is_no_change_of_its_member():
    changes = [one for change in told("inbound_answered") for one in change.members]
    assert [(one.interface, one.event) for one in changes] == [("PJSIP/101", "member_added")]


def member(interface, paused="0", reason=""):
    return ami.message(
        Event="QueueMember",
        Queue="hotline",
        Location=interface,
        Paused=paused,
        PausedReason=reason,
    )


def test_the_state_after_a_reconnect_replaces_the_old_one():
    """Who left in the gap is gone, who waits has waited for so long."""
    board = QueueBoard()
    board.resync([member("PJSIP/101"), member("PJSIP/102")], 1000.0)
    assert [one.event for one in board.take_changed().members] == ["member_added"] * 2
    entry = ami.message(Event="QueueEntry", Queue="hotline", Uniqueid="7.1", Wait="42")
    board.resync([member("PJSIP/101", "1", "lunch"), entry], 1060.0)
    change = board.take_changed()
    assert change.lines == {"hotline": Line(1, 1018.0)}
    assert [(one.interface, one.event, one.reason) for one in change.members] == [
        ("PJSIP/101", "member_paused", "lunch"),
        ("PJSIP/102", "member_removed", ""),
    ]
    assert not board.take_changed()
    assert board.take_changed() == BoardChange()


def test_paused_in_one_queue_of_two_takes_calls():
    board = QueueBoard()
    other = ami.message(Event="QueueMember", Queue="other", Location="PJSIP/101", Paused="0")
    board.resync([member("PJSIP/101", "1", "lunch"), other], 1000.0)
    assert [one.event for one in board.take_changed().members] == ["member_added"]


@given(st.sampled_from(traces.NAMES), st.randoms(use_true_random=False))
def test_shuffled_messages_leave_nobody_waiting(name, random):
    board = QueueBoard()
    late = [(at + random.uniform(0, 0.3), i) for i, (at, _one) in enumerate(traces.messages(name))]
    for at, index in sorted(late):
        board.feed(traces.messages(name)[index][1], at)
    assert all(line.waiting == 0 for line in board.lines().values())


def test_who_waits_is_told_once_in_a_while():
    """Every page of a body hears it: a storm of calls must not be one of messages."""
    board = QueueBoard()
    waiting = []
    for moment in range(30):
        at = 100.0 + moment / 10
        board.feed(ami.message(Event="QueueCallerJoin", Queue="hotline", Uniqueid=f"{moment}"), at)
        waiting += [line.waiting for line in board.take_changed(at).lines.values()]
    assert waiting == [1, 11, 21]
    assert board.take_changed(104.0).lines["hotline"].waiting == 30
