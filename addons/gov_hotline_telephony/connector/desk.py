"""What the connector and the database hand each other: settings, commands, outcomes, health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from ..domain.ami import Message
from .client import Account

Clock = Callable[[], float]  # epoch seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """A PBX as the administrator wrote it down."""

    pbx_id: int
    code: str
    account: Account
    context_operators: str
    context_trunk: str
    context_city: str = "from-trunk"  # where calls of the city are born
    queues: tuple[str, ...] = ()
    telephones: frozenset[str] = frozenset()  # interfaces of the extensions


@dataclass(frozen=True, slots=True)
class Command:
    """An act a person asked for; the payload is what the screens checked."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    channel_id: str = ""

    def text(self, name: str) -> str:
        """Return a value of the payload, empty when there is none."""
        value = self.payload.get(name)
        return "" if value is None or value is False else str(value)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: done, failed or unknown, a code for the words, what it brought."""

    state: Literal["done", "failed", "unknown"]
    result: str
    data: dict[str, Any] | None = None


OK = Outcome("done", "ok")


def failed(result: str, data: dict[str, Any] | None = None) -> Outcome:
    """Return the outcome of an act that was not done."""
    return Outcome("failed", result, data)


@dataclass(slots=True)
class Health:
    """How the connector is, for the administrator's screen."""

    state: Literal["online", "offline"] = "offline"
    connected_at: float | None = None
    last_event_at: float | None = None
    lag: float = 0.0  # seconds from the socket to the database
    dropped: int = 0
    error: str = ""
    skew: float = 0.0
    version: str = ""


class Store(Protocol):
    """The database as the connector needs it; every method blocks and runs in a thread."""

    def settings(self) -> Settings:
        """Read the PBX; raises Gone when it is archived or deleted."""

    def adopt(self) -> None:
        """End the commands a former connector had sent as unknown: never sent again."""

    def take(self, kinds: tuple[str, ...] = ()) -> list[Command]:
        """Mark new commands (of these kinds; of all) as sent, commit, return them."""

    def expire(self) -> None:
        """End new commands nobody took in time as failed."""

    def finish(self, ended: list[tuple[int, Outcome]]) -> None:
        """Write how commands ended and tell who asked; all of them or none."""

    def call_back(self) -> None:
        """Take the calls that ended, make and dial the call-backs that are due."""

    def health(self, health: Health) -> None:
        """Write how the connector is."""


class Gone(Exception):  # noqa: N818  # as in "the PBX is gone"
    """The PBX is no longer to be served."""


class Calls(Protocol):
    """The state machine of the calls (and the board of the queues) with its writer."""

    def tune(self, settings: Settings, skew: float) -> None:
        """Learn whose telephones are inside, and by how many seconds the PBX's clock is ahead."""

    def feed(self, message: Message, received: float) -> None:
        """Take a message received at this moment."""

    def cut(self, at: float) -> None:
        """The connection ended: what happens from now on is not seen."""

    def resync(self, channels: list[Message], entries: list[Message], at: float) -> None:
        """Take what is going on now: channels and queues."""

    def changed(self, now: float) -> object:
        """Take out what changed since the last time; something false when nothing did."""

    def save(self, changed: object) -> None:
        """Write it to the database, all of it or nothing; blocks, runs in a thread."""

    def forget(self, before: float) -> None:
        """Forget what ended before this moment."""


class Beside(Protocol):
    """What works beside the calls while the PBX is served; its faults are its own."""

    def hear(self, message: Message) -> None:
        """Take a message; must not wait."""

    async def run(self) -> None:
        """Work until cancelled."""
