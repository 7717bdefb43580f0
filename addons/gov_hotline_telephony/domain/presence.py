"""What an operator is doing, and what the screen and the PBX may make of it: one table (C2).

Both tell events; the table answers with the next state. After a talk the operator finishes its card
without a stop-watch: only the operator, or the closed card, ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["offline", "ready", "ringing", "talking", "wrap_up", "paused"]
Event = Literal[
    "sign_in", "sign_out", "pause", "resume", "finish",
    "ring", "ring_over", "answer", "hangup",
    "member_added", "member_removed", "member_paused", "member_unpaused",
]  # fmt: skip

STATES: Final[tuple[State, ...]] = ("offline", "ready", "ringing", "talking", "wrap_up", "paused")
# What an operator is in by own will; ringing and talking come over it and go.
RESTING: Final[tuple[State, ...]] = ("offline", "ready", "wrap_up", "paused")
SCREEN: Final[tuple[Event, ...]] = ("sign_in", "sign_out", "pause", "resume", "finish")
CALL: Final[tuple[Event, ...]] = ("ring", "ring_over", "answer", "hangup")
QUEUE: Final[tuple[Event, ...]] = (
    "member_added", "member_removed", "member_paused", "member_unpaused",
)  # fmt: skip
WRAP_UP: Final = "wrap_up"  # the reason by which the PBX knows a pause that is no pause
NO_REASON: Final = "pause"  # of a pause that was made elsewhere than on the screen

_BACK: Final = "back"  # to what was before the telephone rang
_AFTER: Final = "after"  # to what follows a talk
_TABLE: Final[dict[tuple[State, Event], str]] = {
    ("offline", "sign_in"): "ready",
    ("offline", "member_added"): "ready",
    ("offline", "ring"): "ringing",
    ("offline", "answer"): "talking",
    ("ready", "sign_out"): "offline",
    ("ready", "pause"): "paused",
    ("ready", "ring"): "ringing",
    ("ready", "answer"): "talking",
    ("ready", "member_removed"): "offline",
    ("ready", "member_paused"): "paused",
    ("ringing", "ring_over"): _BACK,
    ("ringing", "hangup"): _BACK,
    ("ringing", "answer"): "talking",
    ("talking", "hangup"): _AFTER,
    ("wrap_up", "finish"): "ready",
    ("wrap_up", "resume"): "ready",
    ("wrap_up", "sign_out"): "offline",
    ("wrap_up", "pause"): "paused",
    ("wrap_up", "ring"): "ringing",
    ("wrap_up", "answer"): "talking",
    ("wrap_up", "member_removed"): "offline",
    ("wrap_up", "member_paused"): "paused",
    ("wrap_up", "member_unpaused"): "ready",
    ("paused", "pause"): "paused",
    ("paused", "resume"): "ready",
    ("paused", "sign_out"): "offline",
    ("paused", "ring"): "ringing",
    ("paused", "answer"): "talking",
    ("paused", "member_removed"): "offline",
    ("paused", "member_paused"): "paused",
    ("paused", "member_unpaused"): "ready",
}


@dataclass(frozen=True)
class Presence:
    """`state` with the `reason` of its pause; `rest`: what it was before the telephone rang."""

    state: State = "offline"
    reason: str = ""
    rest: State = "offline"
    rest_reason: str = ""


def after(now: Presence, event: Event, reason: str = "") -> Presence | None:
    """Return what the event makes of it; None where it changes nothing or may not happen.

    `reason`: code of the pause, from the screen or as the PBX tells it.
    """
    if event == "member_paused" and reason == WRAP_UP:
        return None  # our own doing: the talk keeps the queue away
    target = _TABLE.get((now.state, event))
    if target is None:
        return None
    new = _made(now, target, reason)
    return None if (new.state, new.reason) == (now.state, now.reason) else new


def may(now: Presence, event: Event) -> bool:
    """Say whether the screen offers this act."""
    return (now.state, event) in _TABLE


def place(now: Presence) -> str | None:
    """Return where the telephone belongs in its queues: None outside of them, "" takes calls.

    Else it is the reason of the pause by which the queue stays away.
    """
    is_own = now.state in RESTING
    resting, reason = (now.state, now.reason) if is_own else (now.rest, now.rest_reason)
    if resting == "offline":
        return None
    if resting == "wrap_up" or (resting == "ready" and now.state == "talking"):
        return WRAP_UP
    return reason or NO_REASON if resting == "paused" else ""


def _made(now: Presence, target: str, reason: str) -> Presence:
    if target in ("ringing", "talking"):
        rest = (now.state, now.reason) if now.state in RESTING else (now.rest, now.rest_reason)
        return Presence(target, "", *rest)
    if target == _BACK or (target == _AFTER and now.rest in ("offline", "paused")):
        return _resting(now.rest, now.rest_reason)
    if target == _AFTER:
        return _resting("wrap_up")
    return _resting(target, reason if target == "paused" else "")


def _resting(state: str, reason: str = "") -> Presence:
    return Presence(state, reason, state, reason)
