"""States of an operator: every event in every state, from the screen and from the PBX (C2)."""

import pytest
from gov_hotline_telephony.domain.presence import (
    CALL,
    QUEUE,
    RESTING,
    SCREEN,
    STATES,
    Presence,
    after,
    may,
    place,
)
from hypothesis import given
from hypothesis import strategies as st

EVENTS = (*SCREEN, *CALL, *QUEUE)


def _walk(*events: str | tuple[str, str]) -> list[str]:
    """The states that a chain of events goes through; what changes nothing is left out."""
    now, seen = Presence(), []
    for event in events:
        name, reason = (event, "") if isinstance(event, str) else event
        new = after(now, name, reason)
        if new:
            now = new
            seen.append(f"{now.state}:{now.reason}" if now.reason else now.state)
    return seen


@pytest.mark.parametrize(
    ("events", "states"),
    [
        (["sign_in", "ring", "answer", "hangup", "finish"],
         ["ready", "ringing", "talking", "wrap_up", "ready"]),
        (["sign_in", "ring", "ring_over"], ["ready", "ringing", "ready"]),
        # The PBX tells of the pause that we made ourselves: nothing changes.
        (["sign_in", "answer", ("member_paused", "wrap_up"), "hangup",
          ("member_paused", "wrap_up")],
         ["ready", "talking", "wrap_up"]),
        (["sign_in", ("pause", "lunch"), ("member_paused", "lunch"), "resume", "member_unpaused"],
         ["ready", "paused:lunch", "ready"]),
        # From the telephone or by the administrator of the PBX.
        (["member_added", ("member_paused", "meeting"), "member_unpaused", "member_removed"],
         ["ready", "paused:meeting", "ready", "offline"]),
        # A call from the pause goes back to it, one from nowhere too.
        (["sign_in", ("pause", "lunch"), "ring", "answer", "hangup"],
         ["ready", "paused:lunch", "ringing", "talking", "paused:lunch"]),
        (["answer", "hangup"], ["talking", "offline"]),
        # Another call while the card is being finished: it is finished afterwards.
        (["sign_in", "answer", "hangup", "ring", "ring_over"],
         ["ready", "talking", "wrap_up", "ringing", "wrap_up"]),
        (["sign_in", "answer", "hangup", ("pause", "lunch")],
         ["ready", "talking", "wrap_up", "paused:lunch"]),
        # Nothing takes an operator out of a talk but its end.
        (["sign_in", "answer", "sign_out", ("pause", "lunch"), "member_removed", "ring", "finish"],
         ["ready", "talking"]),
        (["sign_in", ("pause", "lunch"), ("pause", "meeting")],
         ["ready", "paused:lunch", "paused:meeting"]),
    ],
)  # fmt: skip
def test_a_day_of_an_operator(events: list, states: list[str]):
    assert _walk(*events) == states


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("offline", {"sign_in"}),
        ("ready", {"sign_out", "pause"}),
        ("ringing", set()),
        ("talking", set()),
        ("wrap_up", {"sign_out", "pause", "resume", "finish"}),
        ("paused", {"sign_out", "pause", "resume"}),
    ],
)
def test_what_the_screen_offers(state: str, acts: set[str]):
    assert {event for event in SCREEN if may(Presence(state), event)} == acts


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from(["", "lunch", "wrap_up"]))))
def test_whatever_comes_the_end_of_calls_is_rest(events: list[tuple[str, str]]):
    now = Presence()
    for name, reason in events:
        now = after(now, name, reason) or now
        assert now.state in STATES
        assert now.rest in RESTING
    for name in ("ring_over", "hangup"):
        now = after(now, name) or now
    assert now.state in RESTING


@pytest.mark.parametrize(
    ("now", "belongs"),
    [
        (Presence(), None),
        (Presence("ready", "", "ready"), ""),
        (Presence("ringing", "", "ready"), ""),
        (Presence("talking", "", "ready"), "wrap_up"),
        (Presence("wrap_up", "", "wrap_up"), "wrap_up"),
        (Presence("talking", "", "wrap_up"), "wrap_up"),
        (Presence("paused", "lunch", "paused", "lunch"), "lunch"),
        (Presence("talking", "", "paused", "lunch"), "lunch"),
        (Presence("paused", "", "paused"), "pause"),
        (Presence("talking", "", "offline"), None),
    ],
)
def test_where_a_telephone_belongs_in_its_queues(now, belongs):
    """C2: what the queue is told after a cut."""
    assert place(now) == belongs
