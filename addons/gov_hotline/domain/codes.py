"""The six-digit code beside a number: made and compared. `lookup` guards it against guessing."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from typing import Final

LENGTH: Final = 6
_ABSENT: Final = "-" * LENGTH


def status_code() -> str:
    """A new code: six random decimal digits, leading zeros kept."""
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"


def tidy_code(text: str | None) -> str:
    """What a person typed, as digits: `12 34-56` is `123456`. Other characters are dropped."""
    plain = unicodedata.normalize("NFKC", text or "")
    return "".join(str(unicodedata.decimal(char)) for char in plain if char.isdecimal())


def codes_match(given: str | None, stored: str | None) -> bool:
    """Compare in constant time; an absent case (`None`) costs the same as a wrong code."""
    expected = stored or _ABSENT
    same = hmac.compare_digest(tidy_code(given).encode(), expected.encode())
    return same and bool(stored)
