"""Recordings of talks: what the exchange tells of them, and the fetching of their files.

Beside the calls, never in their way: whatever goes wrong here is written down and tried again.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from ..domain.ami import Message

_logger = logging.getLogger(__name__)

EVERY = 2.0  # seconds between two looks for what is due
SWEEP = 600.0  # seconds between two looks through the folder for what nobody told of
MOST = 1000  # told and not yet written: more would mean that the database is away

Told = tuple[str, dict[str, str]]


class Store(Protocol):
    """The recordings of one PBX in the database; every method blocks and runs in a thread."""

    def tell(self, told: list[Told]) -> None:
        """Write down what was told."""

    def sweep(self) -> None:
        """Look through the folder for what nobody told of: no connector ran then."""

    def due(self) -> list[int]:
        """Return the ids of what is to be fetched now."""

    def fetch(self, recording: int) -> None:
        """Fetch one, in a transaction of its own."""

    def postpone(self, recording: int) -> None:
        """Try one again later."""


class Recordings:
    """Writes what is told of recordings and fetches those of ended calls."""

    def __init__(self, store: Store) -> None:
        """Take the database."""
        self._store = store
        self._told: list[Told] = []
        self._swept = 0.0
        self._is_well = True

    def hear(self, message: Message) -> None:
        """Keep what concerns recordings until it is written."""
        if message.name != "UserEvent" or len(self._told) >= MOST:
            return
        told = message.get("UserEvent")
        wish = message.get("Wish") if told == "HotlineWish" else ""
        if told == "HotlineRecording" or wish == "no_recording":
            names = ("CallId", "File", "Linkedid", "Uniqueid")
            self._told.append((told, {name: message.get(name) for name in names}))

    async def run(self) -> None:
        """Write and fetch until cancelled."""
        loop = asyncio.get_running_loop()
        self._swept = -SWEEP
        while True:
            try:
                await self._look(loop.time())
                self._is_well = True
            except Exception:  # the database is away: the calls go on
                if self._is_well:
                    _logger.warning("Recordings: could not be looked after", exc_info=True)
                self._is_well = False
            await asyncio.sleep(EVERY)

    async def _look(self, now: float) -> None:
        told, self._told = self._told, []
        if told:
            try:
                await asyncio.to_thread(self._store.tell, told)
            except BaseException:
                self._told = [*told, *self._told]
                raise
        if now - self._swept >= SWEEP:
            self._swept = now
            await asyncio.to_thread(self._store.sweep)
        for recording in await asyncio.to_thread(self._store.due):
            await self._fetch(recording)

    async def _fetch(self, recording: int) -> None:
        """Fetch one; one that cannot be kept holds up no other."""
        try:
            await asyncio.to_thread(self._store.fetch, recording)
        except Exception:
            _logger.exception("Recording %s could not be kept", recording)
            await asyncio.to_thread(self._store.postpone, recording)
