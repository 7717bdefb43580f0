"""Writes how the connector is, so that an administrator sees it without a log."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

from . import faults
from .client import Client
from .desk import Health, Store

EVERY = 5.0  # seconds


class Reporter:
    """Health of one PBX: at once when the connection comes or goes, else every few seconds."""

    def __init__(self, store: Store, health: Health, inbox: object, pump: object) -> None:
        """Take the database and where the figures come from."""
        self._store, self._health, self._inbox, self._pump = store, health, inbox, pump
        self._client: Client | None = None
        self._news = asyncio.Event()

    def online(self, client: Client, at: float) -> None:
        """The connection stands since this moment."""
        self._client = client
        self._health.state, self._health.connected_at, self._health.error = "online", at, ""
        self._news.set()

    def offline(self, fault: faults.Fault) -> bool:
        """No connection, for this reason; returns whether it is a new one."""
        new = self._health.error != str(fault)
        self._client = None
        self._health.state, self._health.error = "offline", str(fault)
        self._news.set()
        return new

    async def run(self) -> None:
        """Report until cancelled."""
        while True:
            await self._report()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._news.wait()
            self._news.clear()

    async def _report(self) -> None:
        health, pump = self._health, self._pump
        health.last_event_at = pump.last_event
        health.lag, pump.lag = pump.lag, 0.0
        health.dropped = self._inbox.coalesced + self._inbox.dropped
        health.skew = self._client.skew if self._client else health.skew
        if health.state == "online":
            health.error = pump.error
        with contextlib.suppress(Exception):  # the database is away: the lock notices by itself
            await asyncio.to_thread(self._store.health, replace(health))

    async def stopped(self) -> None:
        """The connector ends: nobody serves this PBX until another takes over."""
        self._health.state, self._client = "offline", None
        self._health.error = self._health.error or "stopped: the connector was ended"
        await self._report()
