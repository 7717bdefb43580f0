"""Public figures that tell of nobody: small numbers are hidden, also from whoever subtracts.

A table of counts with its totals. Rows and columns whose total is small are joined into the rest;
small cells are hidden, and with each a cycle of other cells, so that the totals leave the cell a
range that reaches beyond what is small. What a table of one period hides, a table of an overlapping
period would show: publish periods that do not overlap.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5  # the least number that is shown, apart from 0
REST: Final = ""  # the key of the joined rows and columns

Cell = tuple[str, str]  # (row, column)


@dataclass(frozen=True, slots=True)
class Table:
    """What may be published: a hidden cell is None; every total is shown."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    cells: Mapping[Cell, int | None]
    total: int


def protect(counts: Mapping[Cell, int], least: int = LEAST) -> Table | None:
    """The table that may be published, None where even its total is small.

    `counts`: {(row, column): number}; a missing cell is 0. Rows and columns keep their order of
    first appearance, the rest stands last.
    """
    joined = {cell: number for cell, number in counts.items() if number}
    if sum(joined.values()) < least:
        return None
    while True:
        joined = _without_small_totals(joined, least)
        hidden = _hidden(joined, least)
        if hidden is not None:
            return _table(joined, hidden)
        joined = _join_smallest(joined)


# Totals


def _totals(counts: Mapping[Cell, int], side: int) -> dict[str, int]:
    totals: dict[str, int] = {}
    for cell, number in counts.items():
        totals[cell[side]] = totals.get(cell[side], 0) + number
    return totals


def _without_small_totals(counts: dict[Cell, int], least: int) -> dict[Cell, int]:
    """Join every row and column with a small total; the rest itself must not be small."""
    for side in (0, 1):
        totals = _totals(counts, side)
        small = {key for key, total in totals.items() if total < least}
        if small:
            counts = _join(counts, side, _enough(small, totals, least))
    return counts


def _enough(small: set[str], totals: Mapping[str, int], least: int) -> set[str]:
    """`small` and as many of the next smallest as make the rest large enough."""
    joined = small | ({REST} & set(totals))
    others = sorted(set(totals) - joined, key=lambda key: (totals[key], key))
    for key in others:
        if sum(totals[one] for one in joined) >= least:
            break
        joined.add(key)
    return joined


def _join(counts: Mapping[Cell, int], side: int, keys: Iterable[str]) -> dict[Cell, int]:
    joined: dict[Cell, int] = {}
    keys = set(keys)
    for cell, number in counts.items():
        names = [REST if cell[one] in keys and one == side else cell[one] for one in (0, 1)]
        key = (names[0], names[1])
        joined[key] = joined.get(key, 0) + number
    return joined


def _join_smallest(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """No cycle hides a small cell: there are too few rows or columns, the smallest two are one."""
    side = 0 if len(_totals(counts, 0)) >= len(_totals(counts, 1)) else 1
    totals = _totals(counts, side)
    smallest = sorted(totals, key=lambda key: (key != REST, totals[key], key))[:2]
    return _join(counts, side, smallest)


# Cells


def _hidden(counts: Mapping[Cell, int], least: int) -> set[Cell] | None:
    """The cells to hide, None where some small cell cannot be hidden."""
    small = sorted((cell for cell, number in counts.items() if number < least), key=counts.get)
    hidden = set(small)
    for cell in small:
        cycle = _cycle(cell, counts, hidden, least)
        if cycle is None:
            return None
        hidden |= cycle
    return hidden


def _cycle(
    cell: Cell, counts: Mapping[Cell, int], hidden: set[Cell], least: int
) -> set[Cell] | None:
    """The cheapest cells by which `cell` could as well be `least`, every total being the same.

    From the cell's column to its row: by turns a cell that gives and one that takes. One that gives
    keeps 1 at least, as 0 is never hidden. The price of a cell is the number that readers lose.
    """
    given = least - counts[cell]
    start, end = (1, cell[1]), (0, cell[0])
    queue: list[tuple[float, tuple[int, str], tuple[Cell, ...]]] = [(0, start, ())]
    seen: set[tuple[int, str]] = set()
    while queue:
        price, node, path = heapq.heappop(queue)
        if node == end:
            return set(path)
        if node in seen:
            continue
        seen.add(node)
        for other in _beside(node, cell, counts):
            if node[0] == 1 and counts[other] <= given:
                continue
            step = 0 if other in hidden else counts[other]
            far = (1 - node[0], other[1 - node[0]])
            heapq.heappush(queue, (price + step, far, (*path, other)))
    return None


def _beside(node: tuple[int, str], left_out: Cell, counts: Mapping[Cell, int]) -> Iterator[Cell]:
    """The cells of a row (0, key) or a column (1, key), without `left_out`."""
    side, key = node
    return (cell for cell in counts if cell[side] == key and cell != left_out)


def _table(counts: Mapping[Cell, int], hidden: set[Cell]) -> Table:
    rows, columns = (_rest_last(_totals(counts, side)) for side in (0, 1))
    cells = {
        (row, column): None if (row, column) in hidden else counts.get((row, column), 0)
        for row in rows
        for column in columns
    }
    return Table(rows, columns, cells, sum(counts.values()))


def _rest_last(totals: dict[str, int]) -> dict[str, int]:
    return dict(sorted(totals.items(), key=lambda item: item[0] == REST))
