"""The life of the connector: wait for the lock, serve, lose it, wait again; end cleanly."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import time
from collections.abc import Callable, Iterable
from typing import Any

from ..domain.backoff import Backoff
from .client import Client
from .desk import Beside, Calls, Gone, Store
from .lock import Lock
from .service import Service

_logger = logging.getLogger(__name__)


class Runner:
    """Serve one PBX until a signal comes."""

    def __init__(
        self,
        store: Store,
        connect: Callable[[], Any],
        pbx_id: int,
        make_calls: Callable[[], Calls],
        make_beside: Callable[[], Iterable[Beside]] = tuple,
    ) -> None:
        """Take the database, how to open the lock's own connection, how to begin with the calls.

        `make_beside`: what else works while the PBX is served, made anew each time.
        """
        self._store, self._pbx_id, self._make_calls = store, pbx_id, make_calls
        self._make_beside = make_beside
        self._lock = Lock(connect, pbx_id)
        self._said = ""

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT; raises Gone when the PBX is archived."""
        task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, task.cancel)
        try:
            await self._serve_again_and_again()
        except asyncio.CancelledError:
            _logger.info("PBX connector: ended by a signal")
        finally:
            self._lock.release()

    async def _serve_again_and_again(self) -> None:
        backoff = Backoff(random.random, first=1)
        while True:
            await self._lock.acquire(self._say)
            self._say("the lock is ours: serving")
            try:
                await self._serve()
            except Gone:
                raise
            except Exception as error:
                # Also a fault of ours must not leave the hotline without its connector
                _logger.exception("PBX connector: stopped serving")
                self._say(str(error))
            self._lock.release()
            await asyncio.sleep(backoff.next())

    async def _serve(self) -> None:
        """Serve while the lock is ours; raises what ended it."""
        service = Service(
            self._store,
            self._make_calls(),
            _client,
            time.time,
            Backoff(random.random),
            self._make_beside(),
        )
        tasks = [
            asyncio.create_task(service.run()),
            asyncio.create_task(self._lock.watch(lambda pbx: self._woken(service, pbx))),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        except asyncio.CancelledError:
            await _end(tasks)
            await service.finish()  # a clean end: the lock is ours still
            raise
        finally:
            await _end(tasks)

    def _woken(self, service: Service, pbx: str) -> None:
        if pbx in ("", str(self._pbx_id)):
            service.commands.wake.set()

    def _say(self, words: str) -> None:
        """Log once what is so until something else is."""
        if words != self._said:
            self._said = words
            _logger.info("PBX connector: %s", words)


def _client(settings: Any, inbox: Any) -> Client:
    return Client(settings.account, inbox, time.time)


async def _end(tasks: list[asyncio.Task]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
