"""The bounded inbox and the waits between two tries."""

import pytest
from gov_hotline_telephony.domain.backoff import Backoff
from gov_hotline_telephony.domain.flow import Inbox, about
from hypothesis import given
from hypothesis import strategies as st


def status(queue, interface, state):
    text = (
        f"Event: QueueMemberStatus\r\nQueue: {queue}\r\nInterface: {interface}\r\nStatus: {state}"
    )
    return text.encode()


def test_of_two_states_of_one_member_the_later_holds():
    inbox = Inbox()
    for number, raw in enumerate(
        [status("a", "PJSIP/1", 1), status("b", "PJSIP/1", 2), status("a", "PJSIP/1", 6)]
    ):
        inbox.put(raw, number)
    assert inbox.take(9) == [(status("b", "PJSIP/1", 2), 1), (status("a", "PJSIP/1", 6), 2)]
    assert (inbox.coalesced, inbox.dropped, inbox.size, len(inbox)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"Event: Hangup\r\nUniqueid: 1", None),
        (b"Event: Newstate", (b"Event: Newstate", b"", b"")),
        (
            b"Event: Newstate\r\nUniqueid: 1\r\nChannelState: 6\r\nX: y",
            (b"Event: Newstate", b"1", b"6"),
        ),
        (
            b"Event: DeviceStateChange\r\nState: INUSE\r\nDevice: PJSIP/101",
            (b"Event: DeviceStateChange", b"PJSIP/101"),
        ),
        (b"", None),
    ],
)
def test_what_an_event_is_about(raw, key):
    assert about(raw) == key


def test_ringing_and_answering_are_two_things():
    """Replaced by the answer, the ring would lose its time."""
    inbox = Inbox()
    inbox.put(b"Event: Newstate\r\nUniqueid: 1\r\nChannelState: 5", 1)
    inbox.put(b"Event: Newstate\r\nUniqueid: 1\r\nChannelState: 6", 2)
    assert len(inbox) == 2


def test_what_does_not_fit_is_dropped_counted_and_told():
    inbox = Inbox(messages=9, size=40)
    assert inbox.put(b"Event: Hangup 30 bytes long..", 1)
    assert not inbox.put(b"Event: Hangup 30 bytes long..", 2)
    assert (inbox.dropped, inbox.overflowed, len(inbox)) == (1, True, 1)
    inbox.clear()
    assert (inbox.dropped, inbox.overflowed, len(inbox), inbox.size) == (1, False, 0, 0)
    assert inbox.put(b"Event: Hangup", 3)


def test_a_full_inbox_still_takes_later_news_of_what_it_holds():
    inbox = Inbox(messages=1)
    assert inbox.put(status("a", "PJSIP/1", 1), 1)
    assert inbox.put(status("a", "PJSIP/1", 2), 2)
    assert inbox.take(1) == [(status("a", "PJSIP/1", 2), 2)]


RAW = st.one_of(
    st.builds(lambda n: f"Event: Hangup\r\nUniqueid: {n}".encode(), st.integers(0, 9)),
    st.builds(status, st.sampled_from("ab"), st.sampled_from(["PJSIP/1", "PJSIP/2"]), st.just(1)),
)


@given(st.lists(st.one_of(RAW, st.integers(1, 5)), max_size=60))
def test_nothing_is_lost_uncounted(steps):
    """Put and taken in any order: in = out + waiting + coalesced + dropped, within the bounds."""
    inbox, given_, out = Inbox(messages=7, size=400), 0, 0
    for step in steps:
        if isinstance(step, int):
            out += len(inbox.take(step))
        else:
            given_ += 1
            inbox.put(step, 0.0)
        assert len(inbox) <= 7
        assert 0 <= inbox.size <= 400
    assert given_ == out + len(inbox) + inbox.coalesced + inbox.dropped


def test_waits_double_up_to_a_ceiling():
    backoff = Backoff(lambda: 1.0, first=1, most=10)
    assert [backoff.next() for _try in range(6)] == [1, 2, 4, 8, 10, 10]
    backoff.reset()
    assert backoff.next() == 1


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 10_000))
def test_a_wait_is_never_nothing_and_never_too_long(chance, tries):
    backoff = Backoff(lambda: chance, tries=tries)
    assert 0.25 <= backoff.next() <= 20
