"""From the inbox to the calls and from the calls to the database, in batches that make themselves.

While one batch is being written the next one gathers: the busier the PBX, the larger the batches.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from ..domain import ami
from ..domain.ami import Message
from ..domain.flow import Inbox
from . import faults
from .desk import Calls, Clock

_logger = logging.getLogger(__name__)

BATCH = 500  # messages between two looks at everything else
IDLE = 0.02  # seconds between two looks into the inbox
AGAIN = 2.0  # seconds until a batch that could not be written is tried again
LOOK = 10.0  # seconds between two looks at settings
KEPT = 3600.0  # seconds an ended call is remembered: late news of it find it


class Pump:
    """Feed the calls, write what changed, ask for a resync when something was missed."""

    def __init__(
        self, inbox: Inbox, calls: Calls, hear: Callable[[Message], None], clock: Clock
    ) -> None:
        """Take where messages wait, the calls they make, and who else hears them."""
        self._inbox, self._calls, self._hear, self._clock = inbox, calls, hear, clock
        self._work = asyncio.Event()
        self._missed = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None
        self._oldest: float | None = None  # received, of what waits to be written
        self._resynced = float("inf")
        self.lag = 0.0  # seconds from the socket to the database, the worst since it was read
        self.last_event: float | None = None
        self.error = ""  # of the database, while it lasts

    async def run(self) -> None:
        """Feed and write until cancelled."""
        forgotten = self._clock()
        while True:
            fed = self._feed(BATCH)
            self._begin_writing()
            if self._clock() - forgotten > KEPT / 60:
                forgotten = self._clock()
                self._calls.forget(forgotten - KEPT)
            await asyncio.sleep(0 if fed == BATCH else IDLE)

    def _feed(self, most: int) -> int:
        taken = self._inbox.take(most)
        for raw, received in taken:
            self._take(ami.parse(raw), received)
        if taken:
            self.last_event = taken[-1][1]
            self._oldest = min(self._oldest or taken[0][1], taken[0][1])
        if self._inbox.overflowed:
            self._missed.set()
        return len(taken)

    def _take(self, message: Message, received: float) -> None:
        if message.name == "FullyBooted" and received > self._resynced:
            self._missed.set()  # we were in before its queues were
        try:
            self._calls.feed(message, received)
            self._hear(message)
        except Exception:  # one message nobody understands must not stop the calls of all others
            _logger.exception("PBX: a message was not understood: %s", message.name)

    def resync(self, channels: list[Message], entries: list[Message], at: float) -> None:
        """Take what came before, then what the PBX says is going on."""
        while self._feed(BATCH):
            pass
        if self._inbox.overflowed:
            self._calls.cut(at)
            self._inbox.clear()
        self._calls.resync(channels, entries, at)
        self._missed.clear()
        self._resynced = at

    def cut(self, at: float) -> None:
        """The connection ended: take what had come, then nothing is known."""
        while self._feed(BATCH):
            pass
        self._calls.cut(at)
        self._resynced = float("inf")

    async def missed(self, changed: Callable[[], Awaitable[bool]]) -> None:
        """Return when a resync is due; raises Lost when the settings changed."""
        while True:
            try:
                async with asyncio.timeout(LOOK):
                    await self._missed.wait()
            except TimeoutError:
                if await changed():
                    raise faults.Lost("the settings of the PBX were changed") from None
            else:
                return

    def _begin_writing(self) -> None:
        if self._writing and not self._writing.done():
            return
        if changed := self._calls.changed(self._clock()):
            oldest, self._oldest = self._oldest, None
            self._writing = asyncio.create_task(self._write(changed, oldest))
        else:
            self._oldest = None

    async def _write(self, changed: object, oldest: float | None) -> None:
        """Write a batch, again and again: it holds what the machine will not say twice."""
        while True:
            try:
                fault = await asyncio.to_thread(self._calls.save, changed)
            except Exception as error:
                self.error = f"database: {str(error).strip()[:200]}"
                _logger.exception("PBX: calls could not be written, trying again")
                await asyncio.sleep(AGAIN)
            else:
                break
        self.error = fault or ""
        if oldest is not None:
            self.lag = max(self.lag, self._clock() - oldest)

    async def flush(self) -> None:
        """Write what waits, once; for the end."""
        if self._writing and not self._writing.done():
            await asyncio.wait([self._writing], timeout=5)
            self._writing.cancel()
        self._feed(len(self._inbox))
        if changed := self._calls.changed(self._clock()):
            await asyncio.to_thread(self._calls.save, changed)
