"""The telephones of the PBX: which there are, which can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypedDict

from .ami import Message

GONE: Final = frozenset({"UNAVAILABLE", "INVALID", "UNKNOWN"})
_NUMBERED: Final = re.compile(r"(?:PJSIP|SIP)/([0-9]{2,6})")


class Telephone(TypedDict):
    """An extension as the PBX knows it."""

    number: str
    interface: str
    registered: bool


def states(messages: Iterable[Message]) -> dict[str, bool]:
    """Return {interface: can be reached} of DeviceStateChange messages, the last one holds."""
    changes = (one for one in messages if one.name == "DeviceStateChange")
    return {
        one.get("Device"): one.get("State") not in GONE
        for one in changes
        if "/" in one.get("Device") and not one.get("Device").startswith(("Queue:", "Local/"))
    }


class Reach:
    """Which telephones can be reached, as the PBX tells it by and by."""

    def __init__(self) -> None:
        """Begin knowing nothing."""
        self._now: dict[str, bool] = {}
        self._told: dict[str, bool] = {}

    def feed(self, message: Message) -> None:
        """Take a message; only states of telephones say something."""
        self._now.update(states((message,)))

    def take_changed(self) -> dict[str, bool]:
        """Return {interface: can be reached} of what differs from what was last returned."""
        changed = {one: so for one, so in self._now.items() if self._told.get(one) != so}
        self._told |= changed
        return changed


def telephones(devices: Iterable[Message], hints: Iterable[Message]) -> list[Telephone]:
    """Return the extensions by number: those with a hint, and the telephones named by a number."""
    reached = states(devices)
    found = {match[1]: name for name in reached if (match := _NUMBERED.fullmatch(name))}
    found |= {one.get("Exten"): _device(one) for one in hints if _device(one)}
    return [
        Telephone(
            number=number, interface=found[number], registered=reached.get(found[number], False)
        )
        for number in sorted(found)
        if number.isdigit()
    ]


def _device(hint: Message) -> str:
    """The first telephone of an extension's hint ("PJSIP/101&Custom:x")."""
    return re.split("[&,]", hint.get("Hint"))[0] if hint.name == "ExtensionStatus" else ""
