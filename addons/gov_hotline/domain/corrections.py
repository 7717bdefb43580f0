"""What may be asked to be corrected after hand-over, and how long the new value may be."""

from __future__ import annotations

from typing import Final

from .texts import TEXT_LIMIT

LINE_LIMIT: Final = 255  # a name, an address, a telephone: one line of the card


def limit(field: str) -> int:
    """Characters that the new value of `field` (a column of the case) may have."""
    return TEXT_LIMIT if field == "appeal_text" else LINE_LIMIT
