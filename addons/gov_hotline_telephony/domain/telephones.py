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
