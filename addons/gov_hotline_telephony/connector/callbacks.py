"""Calls back those who gave up: looks every few seconds what ended and who is free.

Everything is decided and kept in the database in one transaction a look; what it dials is a command
like any other, sent once by `Commands`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from .desk import Store

_logger = logging.getLogger(__name__)

EVERY = 2.0  # seconds

InThread = Callable[..., Awaitable]


class Callbacks:
    """Look while there is a connection: nobody is rung for a PBX that is away."""

    def __init__(self, store: Store, in_thread: InThread = asyncio.to_thread) -> None:
        """Take the database; in_thread runs what blocks."""
        self._store, self._in_thread = store, in_thread
        self._said = ""
        self.is_online = False

    async def run(self) -> None:
        """Look until cancelled; a fault of one look is not the end of the calls."""
        while True:
            if self.is_online:
                await self._look()
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        try:
            await self._in_thread(self._store.call_back)
        except Exception as error:  # the database's fault, or one of ours: calls go on without it
            if str(error) != self._said:
                _logger.exception("PBX: call-backs could not be looked after")
            self._said = str(error)
        else:
            self._said = ""
