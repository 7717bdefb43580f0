"""Recordings of talks: what the exchange tells of them, and the fetching of their files.

Beside the calls, never in their way: whatever goes wrong here is written down and tried again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry

from ..domain.ami import Message
from .anew import anew

_logger = logging.getLogger(__name__)

EVERY = 2.0  # seconds between two looks for what is due
SWEEP = 600.0  # seconds between two looks through the folder for what nobody told of
MOST = 1000  # told and not yet written: more would mean that the database is away

Told = tuple[str, dict[str, str]]


class Recordings:
    """Writes what is told of recordings and fetches those of ended calls."""

    def __init__(self, store: RecordingStore) -> None:
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


class RecordingStore:
    """The recordings of one PBX in one database; every method blocks."""

    def __init__(self, database: str, pbx_id: int) -> None:
        """Take the names of both."""
        self._database, self._pbx_id = database, pbx_id

    @contextmanager
    def _pbx(self) -> Iterator[Environment]:
        registry = Registry(self._database).check_signaling()
        with registry.cursor() as cr:
            yield Environment(cr, SUPERUSER_ID, {})["hotline.pbx"].browse(self._pbx_id).exists()

    @anew
    def tell(self, told: list[Told]) -> None:
        """Write down what was told."""
        with self._pbx() as pbx:
            pbx._recordings_told(told)

    @anew
    def sweep(self) -> None:
        """Look through the folder for what nobody told of: no connector ran then."""
        with self._pbx() as pbx:
            pbx._sweep_recordings()

    @anew
    def due(self) -> list[int]:
        """Return the ids of what is to be fetched now."""
        with self._pbx() as pbx:
            return pbx._due_recordings().ids

    @anew
    def fetch(self, recording: int) -> None:
        """Fetch one, in a transaction of its own."""
        with self._pbx() as pbx:
            pbx.env["hotline.recording"].browse(recording).exists()._fetch()

    @anew
    def postpone(self, recording: int) -> None:
        """Try one again later."""
        with self._pbx() as pbx:
            pbx.env["hotline.recording"].browse(recording).exists()._postpone()
