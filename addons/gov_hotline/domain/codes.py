"""The six-digit code beside a number: made, compared, and guarded against guessing.

A number is easy to guess, so the code is the only secret of the public status page: one number can
be tried about a hundred times a day at most, which leaves a guesser decades.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

LENGTH: Final = 6
LONGEST_DELAY: Final = 900
_FREE_FAILURES: Final = 1
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


def delay(failures: int) -> int:
    """Seconds to wait after so many failures in a row with one number.

    The first slip is free, then 2, 4, 8 … up to 15 minutes.
    """
    steps = max(0, failures - _FREE_FAILURES)
    return min(LONGEST_DELAY, 2 ** min(steps, LENGTH * 2)) if steps else 0


@dataclass(frozen=True)
class LookupPolicy:
    """At most `tries` look-ups, right or wrong, from one address in `window` seconds.

    Generous by default: a whole office may stand behind one address.
    """

    tries: int = 60
    window: int = 600


def wait(
    *,
    failures: int,
    since_failure: float,
    tries: int,
    since_first_try: float,
    policy: LookupPolicy | None = None,
) -> int:
    """Whole seconds a look-up must wait; 0 lets it go on.

    `failures` in a row with this number, the last `since_failure` seconds ago; `tries` from this
    address, the first of them `since_first_try` seconds ago. The longer of both waits counts.
    """
    policy = policy or LookupPolicy()
    left = delay(failures) - since_failure
    if tries >= policy.tries:
        left = max(left, policy.window - since_first_try)
    return max(0, -int(-left // 1))
