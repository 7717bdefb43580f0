"""What of a snapshot goes into which column, and what changed since the columns were written.

Columns hold naive moments of UTC in whole seconds, and whole seconds of lengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from .snapshots import Leg, Snapshot, Transfer

# Set from the PBX again and again; the operator writes none of them.
FACTS: Final[dict[str, str]] = {
    "phase": "varchar",
    "fate": "varchar",
    "queued_at": "timestamp",
    "answered_at": "timestamp",
    "ended_at": "timestamp",
    "wait_seconds": "int4",
    "ring_seconds": "int4",
    "talk_seconds": "int4",
    "hold_seconds": "int4",
    "ended_by": "varchar",
    "end_cause": "varchar",
    "unknown_from": "timestamp",
    "unknown_until": "timestamp",
    "callback_wish": "bool",
    "callback_phone": "varchar",
    "recording_notice_at": "timestamp",
}
LEG: Final = (
    *("uniqueid", "role", "interface", "number"),
    *("rang_at", "answered_at", "ended_at", "cause"),
)
PhoneEvent = Literal["ring", "ring_over", "answer", "hangup"]
Busy = Literal["", "ringing", "talking"]


def moment(epoch: float | None) -> datetime | None:
    """Return a moment as the database keeps it."""
    if epoch is None:
        return None
    return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None, microsecond=0)


def epoch(value: datetime | None) -> float | None:
    """Return a moment of the database as epoch seconds."""
    return value.replace(tzinfo=UTC).timestamp() if value else None


def text(value: str) -> str | None:
    """Return what the database can keep of a text from the PBX; nothing for an empty one."""
    return value.replace("\0", "")[:255] or None


def facts(call: Snapshot) -> dict[str, object]:
    """Return the values of FACTS."""
    return {
        "phase": call.phase,
        "fate": call.fate or None,
        "queued_at": moment(call.queued),
        "answered_at": moment(call.answered),
        "ended_at": moment(call.ended),
        "wait_seconds": round(call.wait),
        "ring_seconds": round(call.ring),
        "talk_seconds": round(call.talk),
        "hold_seconds": round(call.hold),
        "ended_by": call.ended_by or None,
        "end_cause": cause(call.end_cause),
        "unknown_from": moment(call.unknown_from),
        "unknown_until": moment(call.unknown_until),
        "callback_wish": "callback" in call.wishes,
        "callback_phone": text(call.wishes.get("callback", "")),
        "recording_notice_at": moment(call.notice),
    }


def cause(number: int | None) -> str | None:
    """Return a cause of Q.850 as the column holds it."""
    return None if number is None else str(number)


def leg(one: Leg) -> tuple[object, ...]:
    """Return the values of LEG."""
    return (
        *(one.uniqueid, one.role, text(one.interface), text(one.number)),
        *(moment(one.rang), moment(one.answered), moment(one.ended), cause(one.cause)),
    )


def result(transfer: Transfer) -> str:
    """Return what came of a transfer in the words of hotline.call.transfer."""
    return {"": "trying", "answered": "done", "cut": "failed"}.get(transfer.result, transfer.result)


def digits(phone: str | None) -> str:
    """Return the digits of a number; 8 of Russian long distance and +7 are one."""
    plain = "".join(sign for sign in phone or "" if sign.isdecimal())
    return f"7{plain[1:]}" if len(plain) == 11 and plain[0] == "8" else plain


def closing(call: Snapshot) -> str | None:
    """Return the code of the disposition for a call that nobody talked in; None if people dispose.

    A talk that the PBX's end broke off is a talk.
    """
    if call.phase != "over" or call.fate == "answered" or call.answered is not None:
        return None
    if call.fate == "cut":
        return "dropped"
    if call.direction == "in":
        return "abandoned" if call.fate else "by_machine"
    return "not_reached"


@dataclass(frozen=True, slots=True)
class LegBefore:
    """A leg as the database has it."""

    interface: str
    rang: bool
    answered: bool
    ended: bool


def before(one: Leg) -> LegBefore:
    """Return a leg of a snapshot as the database will have it."""
    return LegBefore(
        one.interface, one.rang is not None, one.answered is not None, one.ended is not None
    )


def busy(legs: Iterable[LegBefore]) -> dict[str, Busy]:
    """Return what each telephone does in a call."""
    found: dict[str, Busy] = {}
    for one in legs:
        state: Busy = ""
        if not one.ended and (one.answered or one.rang):
            state = "talking" if one.answered else "ringing"
        if _WEIGHT[state] >= _WEIGHT[found.get(one.interface, "")]:
            found[one.interface] = state
    return found


_WEIGHT: Final[dict[Busy, int]] = {"": 0, "ringing": 1, "talking": 2}
_EVENTS: Final[dict[tuple[Busy, Busy], tuple[PhoneEvent, ...]]] = {
    ("", "ringing"): ("ring",),
    ("", "talking"): ("answer",),
    ("ringing", "talking"): ("answer",),
    ("ringing", ""): ("ring_over",),
    ("talking", ""): ("hangup",),
    ("talking", "ringing"): ("hangup", "ring"),
}


def events(known: Mapping[str, LegBefore], call: Snapshot) -> list[tuple[str, PhoneEvent, float]]:
    """Return (interface, event, moment) of the colleagues' telephones since the legs were written.

    `known`: {uniqueid: leg}. One that was answered and hung up in between tells both.
    """
    mine = [one for one in call.legs if one.role in ("operator", "colleague")]
    was = busy(one for uniqueid, one in known.items() if uniqueid in {leg.uniqueid for leg in mine})
    now = busy(before(one) for one in mine)
    found = [
        (interface, event, _when(event, interface, mine))
        for interface, state in now.items()
        for event in _between(was.get(interface, ""), state, interface, known, mine)
    ]
    return sorted(found, key=lambda one: one[2])


def _between(
    was: Busy, now: Busy, interface: str, known: Mapping[str, LegBefore], mine: list[Leg]
) -> tuple[PhoneEvent, ...]:
    if was == now == "" and any(
        _is_unseen(one, known) for one in mine if one.interface == interface
    ):
        return ("answer", "hangup")
    if was == "ringing" and now == "":
        talked = any(one.interface == interface and one.answered is not None for one in mine)
        return ("answer", "hangup") if talked else ("ring_over",)
    return _EVENTS.get((was, now), ())


def _is_unseen(one: Leg, known: Mapping[str, LegBefore]) -> bool:
    return one.answered is not None and one.uniqueid not in known


def _when(event: PhoneEvent, interface: str, legs: list[Leg]) -> float:
    own = [one for one in legs if one.interface == interface]
    moments = {
        "ring": [one.rang for one in own],
        "answer": [one.answered for one in own],
    }.get(event, [one.ended for one in own])
    return max((one for one in moments if one is not None), default=0.0)
