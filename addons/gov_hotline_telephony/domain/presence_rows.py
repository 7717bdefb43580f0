"""One operator while several events are taken at once: the state that lasts, and the rows it makes.

Reading and writing is somebody else's: this one knows no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from .presence import Event, Presence

IN_CALL: Final = ("ringing", "talking", "wrap_up")


class Happening(NamedTuple):
    """An event of the screen or of the PBX; `reason`: code of a pause, `call`: 0 for none."""

    user: int
    event: Event
    call: int = 0
    reason: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class Row:
    """A state to be written."""

    state: str
    reason: str
    since: datetime
    call: int
    telephone: int
    until: datetime | None = None


@dataclass(slots=True)
class Desk:
    """What an operator is doing since when, in which call."""

    user: int
    stored: int = 0  # the row in the database that lasts
    now: Presence = field(default_factory=Presence)
    since: datetime | None = None
    call: int = 0
    left: datetime | None = None  # when the stored row ended
    made: list[Row] = field(default_factory=list)

    def enter(self, new: Presence, call: int, at: datetime, telephone: int) -> None:
        """Begin another state; late news do not turn back the clock."""
        since = max(at, self.since) if self.since else at
        if self.made:
            self.made[-1].until = since
        else:
            self.left = since
        self.call = call if new.state in IN_CALL else 0
        self.now, self.since = new, since
        self.made.append(Row(new.state, new.reason, since, self.call, telephone))
