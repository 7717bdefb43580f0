"""The service of one PBX: keeps the connection, feeds the calls, writes them, carries out acts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable

from ..domain import ami_actions
from ..domain.ami import Message
from ..domain.ami_actions import CITIZEN, OPERATOR, PARK
from ..domain.backoff import Backoff
from ..domain.flow import Inbox
from . import faults
from .acts import Acts
from .callbacks import Callbacks
from .client import Client
from .commands import Commands
from .desk import Beside, Calls, Clock, Health, Settings, Store
from .ear import Ear
from .pump import Pump
from .reporter import Reporter

_logger = logging.getLogger(__name__)

RESYNC = 20.0  # seconds for a list of everything
MakeClient = Callable[[Settings, Inbox], Client]


class Service:
    """Serve a PBX for as long as the lock is ours."""

    def __init__(
        self,
        store: Store,
        calls: Calls,
        make_client: MakeClient,
        clock: Clock,
        backoff: Backoff,
        beside: Iterable[Beside] = (),
    ) -> None:
        """Take the database, the calls, how to make a connection, a clock of epoch seconds.

        `beside`: what else works while the PBX is served, and hears its messages.
        """
        self._store, self._calls, self._clock = store, calls, clock
        self._make_client, self._backoff = make_client, backoff
        self._inbox, self._ear, self._health = Inbox(), Ear(), Health()
        self._pump = Pump(self._inbox, calls, self._hear, clock)
        self._reporter = Reporter(store, self._health, self._inbox, self._pump)
        self._acts: Acts | None = None
        self._settings: Settings | None = None
        self._aside: set[asyncio.Task[None]] = set()
        self._beside = tuple(beside)
        self.commands = Commands(store)
        for one in self._beside:  # {kind: what carries it out}, of commands that are not the PBX's
            self.commands.ours |= getattr(one, "commands", {})
        self._callbacks = Callbacks(store)

    async def run(self) -> None:
        """Serve until cancelled, or until one of the parts fails: Gone, a fault of the database."""
        parts = (self.commands, self._pump, self._reporter, self._callbacks, *self._beside)
        tasks = [asyncio.create_task(part) for part in (self._connect(), *(p.run() for p in parts))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            await _cancel([*tasks, *self._aside])

    async def finish(self) -> None:
        """Write what is known and say good-bye; only while the lock is ours."""
        await self._pump.flush()
        await self._reporter.stopped()

    async def _connect(self) -> None:
        """Connect again and again, with longer and longer waits."""
        while True:
            self._settings = await asyncio.to_thread(self._store.settings)
            try:
                await self._session()
            except (faults.Fault, ami_actions.UnsafeValue) as fault:
                self._offline(fault)
            await asyncio.sleep(self._backoff.next())

    async def _session(self) -> None:
        """One connection from login to its end; raises the fault that ended it."""
        self._inbox.clear()
        client = self._make_client(self._settings, self._inbox)
        await client.connect()
        running = asyncio.create_task(client.run())
        tasks = [running, asyncio.create_task(self._stay_in_step(client))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            await client.close()
            await _cancel(tasks)

    async def _stay_in_step(self, client: Client) -> None:
        """Ask what is going on after the login, and whenever something may have been missed."""
        await self._learn(client)
        while True:
            await self._resync(client)
            if self._acts is None:
                self._online(client)
            await self._pump.missed(lambda: self._settings_changed(client))

    async def _learn(self, client: Client) -> None:
        """Ask once what this PBX is and what its clock shows."""
        await client.ping()
        settings = await client.ask(ami_actions.settings())
        self._health.version = settings.get("AsteriskVersion").partition("+")[0]

    async def _settings_changed(self, client: Client) -> bool:
        """Take what the administrator changed; True when it needs another connection."""
        before, self._settings = self._settings, await asyncio.to_thread(self._store.settings)
        self._calls.tune(self._settings, client.skew)
        return self._settings.account != before.account

    async def _resync(self, client: Client) -> None:
        """Replace what we know of calls and queues by what the PBX says is so."""
        channels = await client.collect(ami_actions.channels(), RESYNC)
        entries = await client.collect(ami_actions.queues(), RESYNC)
        devices = await client.collect(ami_actions.devices(), RESYNC)
        self._calls.tune(self._settings, client.skew)
        self._pump.resync(channels, entries, self._clock())
        for device in devices:
            self._calls.feed(device, self._clock())

    def _online(self, client: Client) -> None:
        self._backoff.reset()
        self._acts = Acts(client, self._settings, self._ear)
        self._reporter.online(client, self._clock())
        self.commands.online(self._acts)
        self._callbacks.is_online = True
        _logger.info("PBX %s: connected, Asterisk %s", self._settings.code, self._health.version)

    def _offline(self, fault: faults.Fault | ami_actions.UnsafeValue) -> None:
        if not isinstance(fault, faults.Fault):
            fault = faults.Fault(str(fault))
        if self._acts:
            self._pump.cut(self._clock())
        self._acts = None
        self.commands.offline(fault)
        self._callbacks.is_online = False
        # Each try says so on the screen; the log has it once until the fault is another one
        if self._reporter.offline(fault):
            _logger.info("PBX %s: %s", self._settings.code, fault)

    def _hear(self, message: Message) -> None:
        """What else than the calls wants to know."""
        self._ear.hear(message)
        for one in self._beside:
            one.hear(message)
        if self._acts and _left_alone(message):
            self._start(self._release(self._acts, message.get("Linkedid")))

    def _start(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _release(self, acts: Acts, linkedid: str) -> None:
        try:
            await acts.release(linkedid)
        except faults.Fault as fault:
            _logger.info("Call %s: who was left on hold could not be let go: %s", linkedid, fault)


def _left_alone(message: Message) -> bool:
    """Say whether one of a pair on hold hung up."""
    held = message.get("Context") == PARK and message.get("Exten") in (CITIZEN, OPERATOR)
    return message.name == "Hangup" and held


async def _cancel(tasks: list[asyncio.Task]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
