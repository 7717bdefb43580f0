"""Messages of Asterisk's Manager Interface (AMI): framing of the stream, parsing, what is wanted.

A message is lines `Name: value`, ended by an empty line. Names may repeat, their order matters.
The stream is cut as bytes and only then decoded: a chunk may end inside of a Cyrillic letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

END: Final = b"\r\n\r\n"
LARGEST: Final = 256 * 1024  # bytes; the longest message of a real PBX seen has 16 KB

# What the state of calls and queues is made of; all other events are dropped unparsed.
EVENTS: Final = frozenset(
    {
        # calls
        *("Newchannel", "Newstate", "DialBegin", "DialState", "DialEnd", "Hangup"),
        *("HangupRequest", "BridgeCreate", "BridgeEnter", "BridgeLeave"),
        *("BridgeDestroy", "BridgeMerge", "Hold", "Unhold", "BlindTransfer", "AttendedTransfer"),
        *("Pickup", "LocalBridge", "LocalOptimizationEnd", "OriginateResponse", "Cdr"),
        *("ConfbridgeJoin", "ConfbridgeLeave", "ConfbridgeEnd", "ChanSpyStart", "ChanSpyStop"),
        *("MixMonitorStart", "MixMonitorStop", "UserEvent"),
        # queues and operators
        *("QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentCalled"),
        *("AgentConnect", "AgentComplete", "AgentRingNoAnswer", "AgentDump"),
        *("QueueMemberAdded", "QueueMemberRemoved", "QueueMemberPause", "QueueMemberStatus"),
        *("QueueMemberPenalty", "DeviceStateChange"),
        # answers in lists
        *("CoreShowChannel", "CoreShowChannelsComplete", "QueueParams", "QueueMember"),
        *("QueueEntry", "QueueStatusComplete", "EndpointList", "EndpointListComplete"),
        # the PBX itself
        *("FullyBooted", "Shutdown", "Reload"),
    }
)
_WANTED: Final = frozenset(name.encode("ascii") for name in EVENTS)
_EVENT: Final = b"Event: "


class FaultyStream(Exception):  # noqa: N818  # as in "a faulty stream"
    """What comes over the wire cannot be AMI: the connection must be given up."""


@dataclass(frozen=True, slots=True)
class Message:
    """An event or a response: its (name, value) pairs as received, repeated names kept."""

    pairs: tuple[tuple[str, str], ...]

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a name, in whatever case it is written."""
        for key, value in self.pairs:
            if key == name:
                return value
        return next(iter(self.all(name)), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a name, in whatever case it is written."""
        wanted = name.lower()
        return tuple(value for key, value in self.pairs if key.lower() == wanted)

    def variables(self, prefix: str = "") -> dict[str, str]:
        """Return the channel variables {name: value}; the last one of a name holds.

        They come as `ChanVariable: N=V`, in an OriginateResponse as `ChanVariable(CHANNEL): N=V`;
        with a prefix ("Dest", "Transferee" …) those of the other channel of the event.
        """
        head = f"{prefix}chanvariable".lower()
        found = (value for key, value in self.pairs if key.lower().partition("(")[0] == head)
        return {name: value for name, _sign, value in (text.partition("=") for text in found)}

    @property
    def name(self) -> str:
        """Name of the event; empty for a response."""
        return self.get("Event")

    @property
    def kind(self) -> Literal["event", "response"]:
        """An event says what happened by itself or in a list, a response answers an action.

        OriginateResponse is an event that carries a `Response` line too.
        """
        return "event" if self.name else "response"


class Framer:
    """Cut a stream of bytes into whole raw messages, however the chunks fall."""

    def __init__(self, largest: int = LARGEST) -> None:
        """Take the size in bytes above which a message cannot be one."""
        self._largest = largest
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the messages that data completes, without their end.

        Raises FaultyStream when a message grows over the limit.
        """
        seen = max(0, len(self._rest) - len(END) + 1)
        self._rest += data
        raws = self._cut() if self._rest.find(END, seen) >= 0 else []
        if len(self._rest) > self._largest or any(len(raw) > self._largest for raw in raws):
            raise FaultyStream(f"A message is longer than {self._largest} bytes")
        return raws

    def _cut(self) -> list[bytes]:
        *whole, rest = bytes(self._rest).split(END)
        self._rest = bytearray(rest)
        stripped = (raw.strip(b"\r\n") for raw in whole)
        return [raw for raw in stripped if raw]


def wanted(raw: bytes) -> bool:
    """Say whether a raw message is worth parsing: a response, or one of EVENTS."""
    if not raw.startswith(_EVENT):
        return True
    end = raw.find(b"\r\n")
    return raw[len(_EVENT) : end if end >= 0 else None] in _WANTED


def parse(raw: bytes) -> Message:
    """Return the message of these bytes; lines that are no pair are left out."""
    lines = raw.decode("utf-8", errors="replace").split("\r\n")
    halves = (line.partition(":") for line in lines)
    return Message(tuple((name, value.lstrip(" ")) for name, colon, value in halves if colon))


def message(**pairs: str | list[str]) -> Message:
    """Make a message for tests: a list repeats its name, `_` in a name stands for `-`."""
    return Message(
        tuple(
            (name.replace("_", "-"), value)
            for name, values in pairs.items()
            for value in ([values] if isinstance(values, str) else values)
        )
    )
