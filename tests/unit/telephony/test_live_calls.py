"""Calls and queues as one: what a cut and a PBX that starts mean for the members of its queues."""

import pytest
from gov_hotline_telephony.connector.calls import SETTLES, LiveCalls
from gov_hotline_telephony.domain import ami
from gov_hotline_telephony.domain.queue_board import Member

BOOTED = ami.message(Event="FullyBooted")
QUEUE = ami.message(Event="QueueParams", Queue="hotline")
FREE, FINISHES = Member(False, ""), Member(True, "wrap_up")


class Writer:
    """Knows of no call."""

    def going_on(self, _now):
        return [], 0.0


def member(paused="0", reason="", event="QueueMember"):
    return ami.message(
        Event=event,
        Queue="hotline",
        Interface="PJSIP/101",
        Paused=paused,
        PausedReason=reason,
    )


@pytest.fixture
def live():
    return LiveCalls(Writer())


def board(live, now):
    """Return (who stands where, events of members) of what changed."""
    _calls, change, _reach = live.changed(now) or ([], None, {})
    return (change.stand, [one.event for one in change.members]) if change else (None, [])


def test_after_the_login_all_members_are_told_once(live):
    """What moved them unseen is no event: the screens say where they belong."""
    live.feed(BOOTED, 1.0)
    live.resync([], [QUEUE, member("1", "wrap_up")], 2.0)
    assert board(live, 2.0) == ({"hotline": {"PJSIP/101": FINISHES}}, [])
    live.feed(member(event="QueueMemberPause"), 3.0)
    assert board(live, 3.0) == (None, ["member_unpaused"])


def test_a_pbx_that_starts_is_compared_when_it_has_started(live):
    """Its queues come member by member, and have forgotten the last second's."""
    live.feed(BOOTED, 1.0)
    live.resync([], [QUEUE, member("1", "wrap_up")], 2.0)
    live.changed(2.0)
    live.cut(3.0)
    live.resync([], [], 4.0)
    assert board(live, 4.0) == (None, [])
    live.feed(member(event="QueueMemberAdded"), 5.0)
    assert board(live, 5.0) == (None, [])
    live.feed(BOOTED, 6.0)
    live.resync([], [QUEUE, member()], 7.0)
    assert board(live, 7.0) == ({"hotline": {"PJSIP/101": FREE}}, [])


def test_a_queue_that_is_not_loaded_is_not_compared(live):
    live.feed(BOOTED, 1.0)
    live.resync([], [], 2.0)
    assert board(live, 2.0) == ({}, [])


def test_an_account_that_hears_of_no_start(live):
    """After a minute what happens in the queue is news again."""
    live.resync([], [QUEUE, member()], 2.0)
    live.feed(member("1", "lunch", event="QueueMemberPause"), 3.0)
    assert board(live, 3.0) == (None, [])
    live.changed(2.0 + SETTLES)
    live.feed(member(event="QueueMemberPause"), 3.0 + SETTLES)
    assert board(live, 3.0 + SETTLES) == (None, ["member_unpaused"])


def test_a_resync_without_a_cut_tells_what_moved(live):
    """Messages were dropped in a storm, the connection stood: the telephone's own keys count."""
    live.feed(BOOTED, 1.0)
    live.resync([], [QUEUE, member()], 2.0)
    live.changed(2.0)
    live.resync([], [QUEUE], 3.0)
    assert board(live, 3.0) == (None, ["member_removed"])
