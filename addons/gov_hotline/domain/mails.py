"""Outgoing mail: when it is tried again, what an answer of a mail server means, its fixed name.

A letter that the server has accepted, or may have accepted, is never sent again by itself.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

QUEUED: Final = "queued"
SENDING: Final = "sending"
SENT: Final = "sent"
FAILED: Final = "failed"
UNKNOWN: Final = "unknown"
CANCELLED: Final = "cancelled"
STATES: Final = (QUEUED, SENDING, SENT, FAILED, UNKNOWN, CANCELLED)
# What an officer must look at: the letter is not there, or nobody knows whether it is.
TROUBLES: Final = (FAILED, UNKNOWN)

# state → act → next state
TABLE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        QUEUED: MappingProxyType({"send": SENDING, "cancel": CANCELLED, "now": QUEUED}),
        SENDING: MappingProxyType(
            {"deliver": SENT, "delay": QUEUED, "fail": FAILED, "lose": UNKNOWN}
        ),
        SENT: MappingProxyType({}),
        FAILED: MappingProxyType({"again": QUEUED, "cancel": CANCELLED}),
        UNKNOWN: MappingProxyType({"again": QUEUED, "confirm": SENT, "cancel": CANCELLED}),
        CANCELLED: MappingProxyType({}),
    }
)

_MINUTES: Final = (1, 5, 15, 30, 60, 120)
# As long as a mail server itself would try (RFC 5321, 4.5.4.1: four to five days).
GIVE_UP_AFTER: Final = timedelta(days=5)
_PERMANENT: Final = 500
_ADDRESS: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def next_state(act: str, state: str) -> str | None:
    """The state that `act` leads to from `state`; None where the table has no such step."""
    return TABLE.get(state, {}).get(act)


def delay(tries: int) -> timedelta:
    """How long to wait after the `tries`-th try in a row (from 1): longer each time, to 4 hours."""
    minutes = _MINUTES[tries - 1] if 0 < tries <= len(_MINUTES) else 240
    return timedelta(minutes=minutes)


def is_permanent(code: int) -> bool:
    """Whether an SMTP reply code says that trying again is useless (RFC 5321, 4.2.1)."""
    return code >= _PERMANENT


def is_address(text: str) -> bool:
    """Whether `text` is one bare mail address."""
    return bool(_ADDRESS.fullmatch(text.strip()))


def message_id(domain: str) -> str:
    """A new Message-ID: made once for a letter, kept for all its tries; tells nothing of it."""
    return f"<{uuid.uuid4()}@{domain or 'hotline.invalid'}>"


def reply_words(reply: bytes | str) -> str:
    """The words of a mail server's reply on one line, of a length fit for a list."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:300]
