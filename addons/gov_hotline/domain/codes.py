"""The six-digit code beside a number: made and compared. `lookup` guards it against guessing."""

from __future__ import annotations

import hashlib
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


def code_digest(secret: str, subject: str, code: str | None) -> str:
    """What is kept of a code that is told once: keyed, so that the table alone gives none away.

    A million codes are soon tried: without `secret` (the database's) the digest says nothing.
    `subject` ties it to one record, so that equal codes have unequal digests.
    """
    message = f"{subject}:{tidy_code(code)}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def digests_match(given: str, kept: str | None) -> bool:
    """Compare in constant time; an absent digest costs the same as a wrong one."""
    return hmac.compare_digest(given, kept or "0" * len(given)) and bool(kept)
