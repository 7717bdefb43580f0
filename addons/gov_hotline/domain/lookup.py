"""Looking up a status by number and code: what was typed, and how often anybody may try.

A number is easy to guess, so the six-digit code is the only secret of the public status page. The
growing delay lets one number be tried about thirty times a day, the limit of an address twenty
times an hour: a guesser needs decades. A refusal says when to come back; nobody waits in a worker.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MEMORY: Final = 86_400
_STAFF: Final = "staff:"
_PHONE: Final = "phone:"

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
# Letters that look Russian come first; the others by their sound, as numbers are made.
_LOOK: Final = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_SOUND: Final = str.maketrans("DFGIJLNQRSUVWZ", "ДФГИЙЛНКРСУВВЗ")


def number_key(typed: str | None) -> str:
    """The same text for all ways to type one number; empty when there is nothing to look up.

    `и-401/2026`, `И 401 2026` and `I-0401/2026` (Latin) are `И-401-2026`: case, separators,
    leading zeros and letters that look or sound Russian do not matter.
    """
    bare = (typed or "").replace("№", " ")
    text = unicodedata.normalize("NFKC", bare).upper().replace("Ё", "Е")
    words = _WORD.findall(text.translate(_LOOK).translate(_SOUND))
    return _join([word.lstrip("0") or "0" if word.isdecimal() else word for word in words])


def _join(words: list[str]) -> str:
    """Words with a dash beside each group of digits; letters stick together."""
    key = ""
    for word in words:
        both_letters = key and not key[-1].isdecimal() and not word.isdecimal()
        key += word if both_letters or not key else f"-{word}"
    return key


def staff_key(user_id: int) -> str:
    """Whose attempts are counted when a member of staff asks."""
    return f"{_STAFF}{user_id}"


def phone_key(e164: str | None) -> str:
    """Whose attempts are counted when a caller asks a voice menu; hidden numbers share one."""
    return f"{_PHONE}{e164 or ''}"


def address_key(address: str | None) -> str:
    """Whom an address stands for: an IPv4 address, or the /64 network of an IPv6 one.

    What `staff_key` and `phone_key` made stays as it is.
    """
    if (address or "").startswith((_STAFF, _PHONE)):
        return address or ""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.ip_network(f"{parsed.packed.hex(':', 2)}/64", strict=False))


@dataclass(frozen=True)
class LookupPolicy:
    """How often a code may be guessed. Times are in seconds.

    With one number `free` failures pass at once, then `first_delay`, doubled up to
    `longest_delay`. From one address at most `address_failures` fail in `window`.
    """

    free: int = 3
    first_delay: int = 30
    longest_delay: int = 3600
    address_failures: int = 20
    window: int = 3600


# Staff retype what they heard: more slips are free, more people an hour are asked for.
STAFF: Final = LookupPolicy(free=5, first_delay=15, address_failures=40)


@dataclass(frozen=True)
class Failures:
    """Failures counted under one key, and the seconds since the first and the last of them."""

    count: int = 0
    since_first: float = 0
    since_last: float = 0


def delay(failures: int, policy: LookupPolicy | None = None) -> int:
    """Seconds to wait after so many failures with one number."""
    policy = policy or LookupPolicy()
    doublings = failures - policy.free
    if doublings < 0:
        return 0
    return min(policy.longest_delay, policy.first_delay * 2 ** min(doublings, 32))


def wait(number: Failures, address: Failures, policy: LookupPolicy | None = None) -> int:
    """Whole seconds until the next look-up; 0 lets it go on. The longer wait counts."""
    policy = policy or LookupPolicy()
    left = delay(number.count, policy) - number.since_last
    if address.count >= policy.address_failures:
        left = max(left, policy.window - address.since_first)
    return max(0, -int(-left // 1))


def recent(failures: Failures, lifetime: int) -> Failures:
    """The failures, or none when the first of them is older than `lifetime` seconds."""
    return failures if failures.since_first < lifetime else Failures()
