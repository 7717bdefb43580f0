"""One connector a PBX: a lock of PostgreSQL's session, and the ear for who wakes us.

The lock lives as long as the database connection does: whoever lost the connection has lost the
lock and must stop acting, for another may act already.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

CLASS = 0x484C5042  # "HLPB": our locks among all advisory locks of the database
TRY = 5.0  # seconds between two tries: a waiting connector takes over well within 30
HEARTBEAT = 5.0  # seconds between two proofs that the connection stands
ANSWER = 10.0  # seconds to wait for one
CHANNEL = "hotline_pbx"
# A dead machine's lock is given back by the database's host after 25 s.
KEEPALIVE = (
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
)


class Lost(Exception):  # noqa: N818  # as in "the lock is lost"
    """The database connection ended, and the lock with it."""


class Lock:
    """`acquire` waits for its turn; `watch` wakes on notices until the lock is lost."""

    def __init__(self, connect: Callable[[], Any], pbx_id: int) -> None:
        """Take a function that opens a psycopg2 connection of its own."""
        self._connect, self._pbx_id = connect, pbx_id
        self._connection: Any = None

    async def acquire(self, told: Callable[[str], None]) -> None:
        """Wait until the lock is ours; told(words) when another holds it or the database fails."""
        while True:
            try:
                if await asyncio.to_thread(self._try):
                    return
                told("another connector serves this PBX: waiting")
            except Exception as error:  # noqa: BLE001  # psycopg2's, which is not imported here
                self.release()
                told(f"no database: {str(error).strip()}")
            await asyncio.sleep(TRY)

    def _try(self) -> bool:
        if self._connection is None:
            self._connection = self._connect()
            self._connection.autocommit = True
            self._execute(KEEPALIVE)
        if not self._execute("SELECT pg_try_advisory_lock(%s, %s)", (CLASS, self._pbx_id)):
            return False
        self._execute(f"LISTEN {CHANNEL}")
        return True

    def _execute(self, query: str, values: tuple[int, ...] = ()) -> Any:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchone()[0] if cursor.description else None

    async def watch(self, woken: Callable[[str], None]) -> None:
        """Call woken(payload) for each notice; raises Lost when the connection ends."""
        loop = asyncio.get_running_loop()
        descriptor = self._connection.fileno()
        while True:
            ready = asyncio.Event()
            loop.add_reader(descriptor, ready.set)
            try:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT):
                        await ready.wait()
            finally:
                loop.remove_reader(descriptor)
            await self._prove()
            for notice in self._notices():
                woken(notice)

    async def _prove(self) -> None:
        """Ask the database for a sign of life; notices come with the answer."""
        try:
            async with asyncio.timeout(ANSWER):
                await asyncio.to_thread(self._execute, "SELECT 1")
        except Exception as error:
            raise Lost(str(error).strip() or "no answer in time") from error

    def _notices(self) -> list[str]:
        notices = [notice.payload for notice in self._connection.notifies]
        self._connection.notifies.clear()
        return notices

    def release(self) -> None:
        """Give the lock back by closing the connection."""
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.close()
            self._connection = None
