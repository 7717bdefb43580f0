"""How a call ended, by what the PBX says: dial statuses, Originate's reasons, causes of Q.850."""

from __future__ import annotations

from typing import Final, Literal

Fate = Literal[
    "answered", "abandoned", "no_answer", "busy", "rejected", "offline", "failed", "cut", ""
]

# ITU-T Q.850
BUSY: Final = 17
NO_ANSWER: Final = frozenset({18, 19})
REJECTED: Final = 21
UNREACHABLE: Final = frozenset({3, 20, 27})

_BY_STATUS: Final[dict[str, Fate]] = {
    "BUSY": "busy",
    "NOANSWER": "no_answer",
    "CANCEL": "no_answer",
    "CHANUNAVAIL": "offline",
    "CONGESTION": "failed",
}
_BY_REASON: Final[dict[str, Fate]] = {"3": "no_answer", "5": "busy", "8": "failed"}


def of_cause(cause: int | None) -> Fate:
    """Return the fate that a cause alone tells; empty if it tells none."""
    if cause == BUSY:
        return "busy"
    if cause == REJECTED:
        return "rejected"
    if cause in NO_ANSWER:
        return "no_answer"
    return "offline" if cause in UNREACHABLE else ""


def of_dial(status: str, cause: int | None) -> Fate:
    """Return the fate of a dialled phone that was not answered.

    The cause is asked first: of a rejection the dial status says only NOANSWER.
    """
    return of_cause(cause) or _BY_STATUS.get(status, "failed")


def of_originate(reason: str, *, has_channel: bool, cause: int | None) -> Fate:
    """Return the fate of a click-to-call whose operator's phone was not answered.

    Reason 0 is said of a rejection and of a phone that is offline; only the former had a channel.
    """
    if not has_channel:
        return "offline"
    return of_cause(cause) or _BY_REASON.get(reason, "failed")


def of_incoming(*, hung_up_himself: bool, asked_for_people: bool) -> Fate:
    """Return the fate of a citizen's call that nobody answered.

    One that asked for no operator and was ended by the PBX was served by the machine: no fate.
    """
    if hung_up_himself:
        return "abandoned"
    return "no_answer" if asked_for_people else ""
