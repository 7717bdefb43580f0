"""Words of dates and numbers in Russian that several places read or write."""

from __future__ import annotations

from typing import Final

# In the genitive, as dates are written: «3 января».
MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip


def plural_form(number: int) -> str:
    """Return which form of a noun goes with `number`: one (год), few (года), many (лет)."""
    if number % 100 in (11, 12, 13, 14):
        return "many"
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(number % 10, "many")
