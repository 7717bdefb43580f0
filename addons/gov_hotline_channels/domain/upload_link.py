"""A link by which somebody hands over files that no letter carries: its token, life and room."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final

OPEN: Final = "open"
USED: Final = "used"
EXPIRED: Final = "expired"
CLOSED: Final = "closed"
MEGABYTE: Final = 1024 * 1024
COUNT: Final = 50  # files by one link


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: SHA-256, hex. From it nobody makes the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def matches(token: str, stored: str) -> bool:
    """Whether `token` is the one whose digest is `stored`; takes the same time for any token."""
    return hmac.compare_digest(digest(token), stored or "")


def state(now: datetime, valid_until: datetime, *, used: bool, closed: bool) -> str:
    """How a link stands at `now` (UTC, as `valid_until`): what was handed over is used for good."""
    if used:
        return USED
    if closed:
        return CLOSED
    return OPEN if now < valid_until else EXPIRED


def room(megabytes: int, taken: int) -> int:
    """How many bytes the link still takes, never below zero."""
    return max(megabytes * MEGABYTE - taken, 0)
