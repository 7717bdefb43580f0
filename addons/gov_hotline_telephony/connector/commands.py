"""Commands of the screens: taken once, marked as sent before they are sent, never sent again.

A connector that dies between the two leaves a command nobody may repeat: a second Originate is a
phantom call to a citizen.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from . import faults
from .acts import Acts
from .checks import outcome, unreachable
from .desk import Command, Outcome, Store

_logger = logging.getLogger(__name__)

POLL = 2.0  # seconds between looks when nobody wakes us
ANYWAY = ("check", "extensions")  # answered without a connection too: it is what they ask about
OURS = ("reconcile",)  # needs no connection: carried out by the connector itself

InThread = Callable[..., Awaitable]


class Commands:
    """Take commands from the database and carry each out as a task of its own."""

    def __init__(self, store: Store, in_thread: InThread = asyncio.to_thread) -> None:
        """Take the database; in_thread runs what blocks."""
        self._store, self._in_thread = store, in_thread
        self._acts: Acts | None = None
        self._fault: faults.Fault = faults.Unreachable("not connected yet")
        self._running: set[asyncio.Task[None]] = set()
        self._ended: list[tuple[int, Outcome]] = []
        self._writing: asyncio.Task[None] | None = None
        self.ours: dict[str, Callable[[], Awaitable[Outcome]]] = {}
        self.wake = asyncio.Event()

    def online(self, acts: Acts) -> None:
        """A connection stands: commands may go out."""
        self._acts = acts
        self.wake.set()

    def offline(self, fault: faults.Fault) -> None:
        """No connection, for this reason: commands wait until they are too old."""
        self._acts, self._fault = None, fault

    async def run(self) -> None:
        """Take commands until cancelled; those under way are cancelled too, and stay `sent`."""
        await self._in_thread(self._store.adopt)
        try:
            while True:
                await self._look()
                await self._sleep()
        finally:
            for task in (*self._running, *filter(None, [self._writing])):
                task.cancel()

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self.wake.wait()
        except TimeoutError:
            return
        finally:
            self.wake.clear()

    async def _look(self) -> None:
        await self._in_thread(self._store.expire)
        kinds = () if self._acts else ANYWAY + OURS
        for command in await self._in_thread(self._store.take, kinds):
            task = asyncio.create_task(self._carry_out(command))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _carry_out(self, command: Command) -> None:
        outcome = await self._outcome(command)
        _logger.info("Command %s %s: %s", command.id, command.kind, outcome.result)
        self._ended.append((command.id, outcome))
        if not self._writing or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write what has ended; while it is being written the next ones gather."""
        while self._ended:
            ended, self._ended = self._ended, []
            if not await self._finish(ended):
                for one in ended:
                    await self._finish([one])

    async def _finish(self, ended: list[tuple[int, Outcome]]) -> bool:
        """Return whether it was written; what was not stays `sent`, others go on."""
        try:
            await self._in_thread(self._store.finish, ended)
        except Exception:
            if len(ended) == 1:
                _logger.exception("Command %s: its end could not be written", ended[0][0])
            return len(ended) == 1
        return True

    async def _outcome(self, command: Command) -> Outcome:
        acts = self._acts
        if command.kind in self.ours:
            return await self.ours[command.kind]()
        if acts:
            return await acts.do(command)
        # Between taking it and now the connection ended: nothing was sent
        return replace(outcome([unreachable(self._fault)]), result="expired")
