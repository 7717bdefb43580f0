"""The calls and the queues of one PBX with their writer, as one thing the service feeds."""

from __future__ import annotations

import time
from typing import Any

from ..domain.ami import Message
from ..domain.call_state import Machine
from ..domain.queue_board import QueueBoard
from ..domain.telephones import Reach
from .desk import Settings

SAID = 600.0  # seconds a fault of one call is shown
SETTLES = 60.0  # seconds in which a PBX that has started says that it is whole
TOLERATED = 1.0  # seconds of skew that a slow answer to a ping may make


class LiveCalls:
    """State machine, board, telephones, writer."""

    def __init__(self, writer: Any) -> None:
        """Take the writer: its `write` blocks and is called in a thread."""
        self._machine, self._board, self._writer = Machine(), QueueBoard(), writer
        self._reach, self._began = Reach(), False
        self._booted = self._in_step = False
        self._settles = 0.0  # until when the queues of a PBX that starts are still being loaded
        self._fault = (0.0, "")

    def tune(self, settings: Settings, skew: float) -> None:
        """Learn whose telephones are inside, and by how many seconds the PBX's clock is ahead."""
        self._machine.trunk_context = settings.context_city
        self._machine.inside = set(settings.telephones)
        self._machine.skew = self._board.skew = skew if abs(skew) > TOLERATED else 0.0

    def feed(self, message: Message, received: float) -> None:
        """Take a message received at this moment."""
        self._machine.feed(message, received)
        self._board.feed(message, received)
        self._reach.feed(message)
        self._booted = self._booted or message.name == "FullyBooted"

    def cut(self, at: float) -> None:
        """The connection ended."""
        self._machine.cut(at)
        self._booted = self._in_step = False

    def resync(self, channels: list[Message], entries: list[Message], at: float) -> None:
        """Take what is going on now: channels, and the whole answer to QueueStatus."""
        if not self._began:
            self._began = True
            self._machine.remember(*self._writer.going_on(at))
        self._machine.resync(channels, entries, at)
        self._board.resync(entries, at)
        if not self._in_step:
            self._keep_in_step(entries, at)

    def _keep_in_step(self, entries: list[Message], at: float) -> None:
        """After a cut the queues follow the screens, not the screens what the PBX has forgotten.

        A queue loaded by halves is compared when the PBX says that it has started.
        """
        self._in_step = self._booted
        self._settles = 0.0 if self._booted else at + SETTLES
        self._board.settle()
        if self._booted:
            self._board.compare(entries)

    def changed(self, now: float) -> tuple[list, Any, dict[str, bool]] | None:
        """Return (snapshots, change of the board, telephones); None when nothing changed."""
        if now < self._settles:
            self._board.settle()
        snapshots, board = self._machine.take_changed(now), self._board.take_changed(now)
        reach = self._reach.take_changed()
        return (snapshots, board, reach) if snapshots or board or reach else None

    def save(self, changed: tuple[list, Any, dict[str, bool]]) -> str:
        """Write them; return what to tell the administrator of calls that could not be written.

        It stands for a while: the next batch, a moment later, says nothing of it.
        """
        faults = self._writer.write(*changed)
        if faults:
            linkedid, why = faults[-1]
            self._fault = (time.monotonic(), f"broken_call: {linkedid}: {why}")
        at, words = self._fault
        return words if time.monotonic() - at < SAID else ""

    def forget(self, before: float) -> None:
        """Forget calls that ended before this moment."""
        self._machine.forget(before)
