"""When the calls are reconciled: after each start and login, every few minutes, when asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from ..domain.ami import Message
from .desk import OK, Outcome, failed

_logger = logging.getLogger(__name__)

SETTLES: Final = 20.0  # seconds after a login until what was going on is written, and files follow
LOOK: Final = 5.0  # seconds between looks whether it is time


class Ledger:
    """Reconcile now and then; a fault of it stops no call."""

    def __init__(self, reconciler: Any, settles: float = SETTLES) -> None:
        """Take what reconciles: `due` (may somebody wait?) and `run` block, in a thread each."""
        self._reconciler, self._settles = reconciler, settles
        self._one = asyncio.Lock()
        self._soon: float | None = 0.0
        self.commands: Mapping[str, Callable[[], Awaitable[Outcome]]] = {"reconcile": self._asked}

    def hear(self, message: Message) -> None:
        """Every login, and every start of the PBX, ends with this message."""
        if message.name == "FullyBooted":
            self._soon = asyncio.get_running_loop().time() + self._settles

    async def run(self) -> None:
        """Reconcile until cancelled."""
        self._soon = asyncio.get_running_loop().time() + self._settles
        while True:
            await asyncio.sleep(LOOK)
            with contextlib.suppress(Exception):  # said in the log; tried again in a while
                if await self._is_time():
                    self._soon = asyncio.get_running_loop().time() + self._settles
                    await self._reconcile()
                    self._soon = None

    async def _is_time(self) -> bool:
        if self._soon is not None:
            return asyncio.get_running_loop().time() >= self._soon
        return await asyncio.to_thread(self._reconciler.due)

    async def _reconcile(self) -> str:
        async with self._one:
            try:
                return await asyncio.to_thread(self._reconciler.run)
            except Exception:
                _logger.exception("PBX: the calls could not be reconciled")
                raise

    async def _asked(self) -> Outcome:
        """The button of the screen."""
        try:
            result = await self._reconcile()
        except Exception as error:  # noqa: BLE001  # whatever it is, who asked is told
            return failed("ledger_fault", {"detail": str(error).strip()[:200]})
        return OK if result == "ok" else failed(result)
