"""The bounded inbox between the socket, which must be read fast, and the state of the calls.

A codec mismatch or a dead phone makes storms: 11,600 events a second were seen, peaks of 23,600.
Of repeated news about one thing only the last is kept; where even that is too much, the newest
messages are dropped and counted, and whoever reads must ask the PBX anew for what is going on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

MESSAGES: Final = 20_000
BYTES: Final = 32 * 1024 * 1024

# Event → the lines that say what it is about: of two with the same ones the later holds.
_ABOUT: Final[dict[bytes, tuple[bytes, ...]]] = {
    b"AgentRingNoAnswer": (b"Interface", b"Linkedid"),
    b"QueueMemberStatus": (b"Queue", b"Interface"),
    b"QueueMemberPause": (b"Queue", b"Interface"),
    b"QueueMemberPenalty": (b"Queue", b"Interface"),
    b"DeviceStateChange": (b"Device",),
    b"DialState": (b"DestUniqueid", b"DialStatus"),
    b"Newstate": (b"Uniqueid", b"ChannelState"),
}
_EVENT: Final = b"Event: "


def about(raw: bytes) -> tuple[bytes, ...] | None:
    """Return what a repeatable event is about; None for one that happens once."""
    end = raw.find(b"\r\n")
    head = raw[:end] if end >= 0 else raw
    names = _ABOUT.get(head[len(_EVENT) :])
    return (head, *(_value(raw, name) for name in names)) if names else None


def _value(raw: bytes, name: bytes) -> bytes:
    begin = raw.find(b"\r\n" + name + b": ")
    if begin < 0:
        return b""
    begin += len(name) + 4
    end = raw.find(b"\r\n", begin)
    return raw[begin : end if end >= 0 else None]


class Inbox:
    """Raw messages in order with the time each was received, never more than fits."""

    def __init__(self, messages: int = MESSAGES, size: int = BYTES) -> None:
        """Take the most messages and the most bytes kept."""
        self._most, self._most_bytes = messages, size
        self._kept: OrderedDict[Hashable, tuple[bytes, float]] = OrderedDict()
        self._bytes = self._number = 0
        self.coalesced = 0  # replaced by later news of the same thing: nothing is lost
        self.dropped = 0  # did not fit: something is lost
        self.overflowed = False  # since the last clear()

    def __len__(self) -> int:
        """Return the number of messages that wait."""
        return len(self._kept)

    @property
    def size(self) -> int:
        """Bytes that wait."""
        return self._bytes

    def put(self, raw: bytes, received: float) -> bool:
        """Keep a message received at this moment; False when there was no place for it."""
        key = about(raw) or self._next()
        self._replace(key)
        if len(self._kept) >= self._most or self._bytes + len(raw) > self._most_bytes:
            self.dropped += 1
            self.overflowed = True
            return False
        self._kept[key] = (raw, received)
        self._bytes += len(raw)
        return True

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _replace(self, key: Hashable) -> None:
        old = self._kept.pop(key, None)
        if old:
            self._bytes -= len(old[0])
            self.coalesced += 1

    def take(self, most: int) -> list[tuple[bytes, float]]:
        """Take up to so many messages out, the oldest first."""
        count = min(most, len(self._kept))
        taken = [self._kept.popitem(last=False)[1] for _ in range(count)]
        self._bytes -= sum(len(raw) for raw, _received in taken)
        return taken

    def clear(self) -> None:
        """Forget what waits: the connection ended, or the PBX was asked anew."""
        self._kept.clear()
        self._bytes = 0
        self.overflowed = False
