"""A connection to Asterisk's Manager Interface: one login, one life, never reused.

What the PBX says by itself goes into the inbox at once, unparsed: a client that reads slowly is
closed by Asterisk and its events are lost. Answers go to those who asked, by ActionID.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from ..domain import ami, ami_actions
from ..domain.ami import Message
from ..domain.ami_actions import Action
from ..domain.flow import Inbox
from . import faults
from .pending import Asked, Pending

BANNER = b"Asterisk Call Manager/"
CHUNK = 256 * 1024  # bytes
UNWANTED = 50  # names of events counted at most


@dataclass(frozen=True, slots=True)
class Account:
    """Where the PBX is and who we are there."""

    host: str
    port: int
    login: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds to wait for a connection, for an answer, between two pings, for a pong."""

    connect: float = 10.0
    answer: float = 10.0
    ping: float = 10.0
    pong: float = 5.0


class Client:
    """`connect`, then `run` until the connection ends; `ask` and `collect` meanwhile."""

    def __init__(
        self,
        account: Account,
        inbox: Inbox,
        clock: Callable[[], float],
        deadlines: Deadlines = Deadlines(),
    ) -> None:
        """Take the inbox the events go to and a clock of epoch seconds."""
        self._account, self._inbox, self._clock = account, inbox, clock
        self._deadlines = deadlines
        self._framer = ami.Framer()
        self._pending = Pending()
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self.unwanted: dict[bytes, int] = {}  # events the account's filter should have held back
        self.version = ""
        self.skew = 0.0  # seconds the PBX's clock is ahead of ours

    async def connect(self) -> None:
        """Open, greet, log in. Raises Unreachable, Refused, NotAmi, WrongSecret, Lost."""
        await self._open()
        try:
            await self._greet()
            self._reading = asyncio.create_task(self._read())
            await self._log_in()
        except BaseException:
            await self.close()
            raise

    async def _open(self) -> None:
        where = f"{self._account.host}:{self._account.port}"
        try:
            async with asyncio.timeout(self._deadlines.connect):
                self._reader, self._writer = await asyncio.open_connection(
                    self._account.host, self._account.port, limit=CHUNK
                )
        except ConnectionRefusedError as error:
            raise faults.Refused(where) from error
        except (OSError, TimeoutError) as error:
            raise faults.Unreachable(f"{where}: {error or 'no answer in time'}") from error

    async def _greet(self) -> None:
        try:
            async with asyncio.timeout(self._deadlines.answer):
                banner = await self._reader.readline()
        except (OSError, TimeoutError, ValueError) as error:
            raise faults.NotAmi(f"no greeting: {error}") from error
        if not banner.startswith(BANNER):
            raise faults.NotAmi(f"greeting {banner[:60]!r}")
        self.version = banner[len(BANNER) :].decode("ascii", "replace").strip()

    async def _log_in(self) -> None:
        try:
            given = (await self.ask(ami_actions.challenge())).get("Challenge")
            login = ami_actions.login(self._account.login, self._account.secret, given)
            await self.ask(login)
        except (faults.Failed, faults.Denied) as error:
            raise faults.WrongSecret(f"{self._account.login}: {error}") from error
        except faults.Unknown as error:
            raise faults.Lost("no answer to the login") from error

    async def run(self) -> None:
        """Keep the connection alive until it ends; raises Lost then."""
        pinging = asyncio.create_task(self._keep_alive())
        try:
            await asyncio.wait((self._reading, pinging), return_when=asyncio.FIRST_COMPLETED)
            # The end of the reading says why; that of the pings may only follow from it
            ended = self._reading if self._reading.done() else pinging
            if ended.cancelled():
                raise faults.Lost("closed here")
            ended.result()
        finally:
            pinging.cancel()
            await self.close()

    async def _keep_alive(self) -> None:
        while True:
            try:
                await self.ping()
            except faults.Unknown as error:
                raise faults.Lost("silent for too long") from error
            await asyncio.sleep(self._deadlines.ping)

    async def ping(self) -> None:
        """Ask for a sign of life and read the PBX's clock from it."""
        asked = self._clock()
        pong = await self.ask(ami_actions.ping(), self._deadlines.pong)
        now = self._clock()
        with contextlib.suppress(ValueError):
            self.skew = float(pong.get("Timestamp")) - (asked + now) / 2

    async def ask(self, action: Action, timeout: float | None = None) -> Message:
        """Send an action, return its answer: the response, or the event that ends its list.

        timeout is in seconds. Raises UnsafeValue and Lost: it was not sent. Denied, Failed: the
        PBX refused. Unknown: the connection or the time ended, it may have been done; an action
        is never sent twice.
        """
        _asked, answer = await self._ask(action, timeout)
        return answer

    async def collect(self, action: Action, timeout: float | None = None) -> list[Message]:
        """Send an action that answers with a list, return the list. Raises as `ask` does."""
        asked, _answer = await self._ask(action, timeout)
        return asked.listed

    async def _ask(self, action: Action, timeout: float | None) -> tuple[Asked, Message]:
        action_id, asked = self._pending.add(action)
        try:
            self._send(action.encode(action_id))
            seconds = self._deadlines.answer if timeout is None else timeout
            async with asyncio.timeout(seconds):
                return asked, await asked.answer
        except TimeoutError as error:
            raise faults.Silent(f"no answer to {action.name} in time") from error
        finally:
            self._pending.forget(action_id)

    def _send(self, data: bytes) -> None:
        if not self._writer or self._writer.is_closing():
            raise faults.Lost("no connection")
        self._writer.write(data)

    async def _read(self) -> None:
        try:
            while data := await self._reader.read(CHUNK):
                received = self._clock()
                for raw in self._framer.feed(data):
                    self._take(raw, received)
            raise faults.Lost("closed by the PBX")
        except (OSError, ami.FaultyStream) as error:
            raise faults.Lost(str(error)) from error
        finally:
            self._writer.close()
            self._pending.cut()

    def _take(self, raw: bytes, received: float) -> None:
        """Give an answer to who waits for it, an event to the inbox; drop the rest."""
        if b"ActionID: " in raw or not raw.startswith(b"Event:"):
            message = ami.parse(raw)
            if self._pending.deliver(message) and message.name != "OriginateResponse":
                return
        if not ami.wanted(raw):
            self._count(raw)
        elif raw.startswith(b"Event:"):
            self._inbox.put(raw, received)

    def _count(self, raw: bytes) -> None:
        name = raw.partition(b"\r\n")[0][len(b"Event: ") :][:60]
        if name in self.unwanted or len(self.unwanted) < UNWANTED:
            self.unwanted[name] = self.unwanted.get(name, 0) + 1

    async def close(self) -> None:
        """End the connection at once; what is under way ends as Unknown."""
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._writer:
            self._writer.transport.abort()
        self._pending.cut()
