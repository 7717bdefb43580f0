"""The channels of the PBX at this moment, and which of them an act is meant for.

Read anew before each act: what the screen shows may be a second old.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .ami import Message
from .ami_actions import CITIZEN, OPERATOR, PARK, SPY

WAITING = ("MusicOnHold", "Wait")  # what a parked channel does


@dataclass(frozen=True, slots=True)
class Channel:
    """A live channel: one telephone's part in a call."""

    uniqueid: str
    name: str
    linkedid: str
    bridge: str = ""
    context: str = ""
    extension: str = ""
    application: str = ""

    @property
    def interface(self) -> str:
        """The telephone: "PJSIP/101" of "PJSIP/101-0000002a"."""
        return self.name.rpartition("-")[0]

    @property
    def local(self) -> bool:
        """Half of a pipe inside of the PBX, nobody's telephone."""
        return self.name.startswith("Local/")

    def parked(self, place: str) -> bool:
        """Say whether it waits in the park, as "citizen" or "operator".

        The place stays written on a channel that was taken off hold, so what it does counts too.
        """
        here = self.context == PARK and self.extension == place and not self.bridge
        return here and self.application in WAITING


def channel(message: Message) -> Channel:
    """Read a CoreShowChannel."""
    names = ("Uniqueid", "Channel", "Linkedid", "BridgeId", "Context", "Exten", "Application")
    return Channel(*(message.get(name) for name in names))


class Live:
    """All channels of one moment."""

    def __init__(self, messages: Iterable[Message]) -> None:
        """Take the answer to CoreShowChannels."""
        found = (channel(one) for one in messages if one.name == "CoreShowChannel")
        self.channels = tuple(found)

    def of(self, uniqueid: str) -> Channel | None:
        """Return a channel by its Uniqueid."""
        return next((one for one in self.channels if one.uniqueid == uniqueid), None)

    def peer(self, operator: Channel) -> Channel | None:
        """Return who talks with the operator: the other telephone of the bridge."""
        others = (one for one in self.channels if one.bridge and one.bridge == operator.bridge)
        return next((one for one in others if one != operator and not one.local), None)

    def held(self, linkedid: str) -> Channel | None:
        """Return the citizen who waits in the park."""
        return self._parked(linkedid, CITIZEN)

    def holder(self, linkedid: str) -> Channel | None:
        """Return the operator whose citizen waits, or waited, in the park."""
        return self._parked(linkedid, OPERATOR)

    def spying(self, interface: str) -> Channel | None:
        """Return the channel by which this telephone listens in."""
        found = (one for one in self.channels if one.context == SPY)
        return next((one for one in found if one.interface == interface), None)

    def _parked(self, linkedid: str, place: str) -> Channel | None:
        found = (one for one in self.channels if one.linkedid == linkedid and one.parked(place))
        return next(found, None)

    def talkers(self, bridge: str) -> int:
        """Count the channels of a bridge."""
        return sum(one.bridge == bridge for one in self.channels) if bridge else 0
