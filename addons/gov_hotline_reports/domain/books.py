"""The books of a body's work with appeals: what stands on their pages, apart from the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

Cell = str | int | float | date | None
# What one file takes: a longer paper nobody binds, a longer table holds up the others' work.
PAPER_ROWS: Final = 2_000
TABLE_ROWS: Final = 20_000
LEAST: Final = 5  # what fewer appeals are about is not named where everybody reads


@dataclass(frozen=True)
class Section:
    """A table of a book; `widths`: of its columns, in characters."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a row that does not stand under the headings."""
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"A row does not fit the headings of «{self.title}»")


def folded(counts: Iterable[tuple[str, int]], rest: str) -> list[tuple[str, int]]:
    """Return `counts` largest first; names with fewer than LEAST stand together as `rest`.

    So many of the next smallest stand with them that the rest is not small itself.
    """
    kept = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    small = 0
    while kept and (kept[-1][1] < LEAST or 0 < small < LEAST):
        small += kept.pop()[1]
    return [*kept, (rest, small)] if small else kept


def compared(
    now: Iterable[tuple[str, int]], before: Iterable[tuple[str, int]]
) -> list[tuple[str, int, int, int]]:
    """Return (name, now, before, difference), largest now first; names of either period."""
    first, second = dict(now), dict(before)
    names = sorted({*first, *second}, key=lambda name: (-first.get(name, 0), name))
    rows = ((name, first.get(name, 0), second.get(name, 0)) for name in names)
    return [(name, one, other, one - other) for name, one, other in rows]


def year_before(first: date, last: date) -> tuple[date, date]:
    """Return the same days a year earlier; 29 February answers to 28 February."""
    return first - relativedelta(years=1), last - relativedelta(years=1)
