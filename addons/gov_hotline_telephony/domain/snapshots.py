"""A call as it is known at one moment: what the connector writes to the database.

Moments are epoch seconds on the connector's clock, lengths are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .outcomes import Fate

Direction = Literal["in", "out", "inner"]
Phase = Literal["waiting", "ringing", "talking", "held", "over"]
Role = Literal["citizen", "operator", "colleague", "outside"]


@dataclass(frozen=True, slots=True)
class Leg:
    """One telephone in a call."""

    uniqueid: str
    role: Role
    interface: str  # PJSIP/101
    number: str
    rang: float | None
    answered: float | None
    ended: float | None
    cause: int | None  # Q.850


@dataclass(frozen=True, slots=True)
class Transfer:
    """The citizen (or the talk) was handed on."""

    kind: Literal["blind", "attended"]
    to: str
    at: float
    result: Fate | Literal["joined"]  # empty while it is not known; joined: all three talk
    by: str  # interface of who handed it on
    key: str  # stable within the call


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A call; see the fields of hotline.call for what each means to people."""

    linkedid: str
    direction: Direction
    caller: str
    called: str
    line: str  # number of ours that was dialled, or shown
    queue: str
    phase: Phase
    started: float
    queued: float | None
    rang: float | None
    answered: float | None
    ended: float | None
    wait: float
    ring: float
    talk: float
    hold: float
    ringing: tuple[str, ...]  # interfaces that ring for the citizen now
    operator: str  # interface that talks, or was the last to talk, with the citizen
    legs: tuple[Leg, ...]
    transfers: tuple[Transfer, ...]
    fate: Fate
    end_cause: int | None
    ended_by: Literal["citizen", "operator", ""]
    unknown_from: float | None
    unknown_until: float | None
    variables: dict[str, str] = field(default_factory=dict)
    wishes: dict[str, str] = field(default_factory=dict)  # of the caller -> the number told with it
    notice: float | None = None  # when the citizen was told that the talk is recorded

    @property
    def lifted(self) -> tuple[str, ...]:
        """Interfaces that were picked up and have not hung up; in a talk or on the way into it."""
        mine = (leg for leg in self.legs if leg.role == "operator")
        up = (leg for leg in mine if leg.answered is not None and leg.ended is None)
        return tuple(dict.fromkeys(leg.interface for leg in up))

    @property
    def citizen_number(self) -> str:
        """The number of the other side, as the PBX wrote it."""
        return self.caller if self.direction == "in" else self.called

    @property
    def dropped(self) -> bool:
        """A talk that the PBX or the connection ended, not a person."""
        return self.phase == "over" and self.fate == "answered" and not self.ended_by
