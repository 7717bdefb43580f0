"""X6: public statistics hide small numbers, and nobody recovers them from the totals."""

import pytest
from gov_hotline_reports.domain.small_numbers import LEAST, REST, protect
from hypothesis import given
from hypothesis import strategies as st

NAMES = "абвгде"


def table(*rows):
    """{(row, column): number} of rows of numbers."""
    return {
        (f"т{number}", NAMES[place]): count
        for number, row in enumerate(rows)
        for place, count in enumerate(row)
    }


class Attacker:
    """Knows the published table alone: every total, every shown cell, and that 0 is always shown.

    For a hidden cell it finds the largest number that agrees with all totals, by the largest flow
    through the hidden cells; written apart from what it attacks.
    """

    def __init__(self, published):
        self.hidden = [cell for cell, number in published.cells.items() if number is None]
        shown = {cell: number or 0 for cell, number in published.cells.items()}
        self.rows = {
            row: total - sum(number for cell, number in shown.items() if cell[0] == row)
            for row, total in published.rows.items()
        }
        self.columns = {
            column: total - sum(number for cell, number in shown.items() if cell[1] == column)
            for column, total in published.columns.items()
        }

    def could_be(self, cell, number):
        """Whether some table with `number` in `cell` has the published totals."""
        rows, columns = dict(self.rows), dict(self.columns)
        others = [one for one in self.hidden if one != cell]
        rows[cell[0]] -= number
        columns[cell[1]] -= number
        for row, column in others:  # each is 1 at least
            rows[row] -= 1
            columns[column] -= 1
        if min(*rows.values(), *columns.values()) < 0:
            return False
        return self._flow(rows, columns, others) == sum(rows.values()) == sum(columns.values())

    def _flow(self, rows, columns, edges):
        flow = dict.fromkeys(edges, 0)
        left, gone = dict(rows), dict(columns)
        total = 0
        while path := self._path(left, gone, edges, flow):
            amount = min(self._room(path, flow), left[path[0][0]], gone[path[-1][1]])
            for place, edge in enumerate(path):
                flow[edge] += -amount if place % 2 else amount
            left[path[0][0]] -= amount
            gone[path[-1][1]] -= amount
            total += amount
        return total

    def _room(self, path, flow):
        return min((flow[edge] for edge in path[1::2]), default=10**9)

    def _path(self, left, gone, edges, flow):
        queue = [(row, ()) for row, more in left.items() if more]
        seen = {row for row, _path in queue}
        for row, path in queue:
            for edge in edges:
                if edge[0] != row or edge[1] in seen:
                    continue
                seen.add(edge[1])
                found = (*path, edge)
                if gone[edge[1]]:
                    return found
                queue += [
                    (back[0], (*found, back))
                    for back in edges
                    if back[1] == edge[1] and back[0] not in seen and flow[back]
                ]
        return None


def check(counts):
    """Attack what is published of `counts`."""
    published = protect(counts)
    assert published
    assert published.total == sum(counts.values())
    assert min(published.rows.values()) >= LEAST
    assert min(published.columns.values()) >= LEAST
    assert not [number for number in published.cells.values() if number in range(1, LEAST)]
    attacker = Attacker(published)
    truth = regrouped(counts, published)
    for cell in attacker.hidden:
        assert attacker.could_be(cell, truth[cell]), "the attacker must know nothing false"
        if truth[cell] < LEAST:
            assert any(attacker.could_be(cell, LEAST + more) for more in range(3)), cell
    return published


def regrouped(counts, published):
    """`counts` by the published rows and columns."""
    found = {}
    for (row, column), number in counts.items():
        key = (
            row if row in published.rows else REST,
            column if column in published.columns else REST,
        )
        found[key] = found.get(key, 0) + number
    return found


def test_large_numbers_are_shown_as_they_are():
    counts = table([10, 20], [30, 40])
    published = check(counts)
    assert published.cells == counts
    assert (published.rows, published.columns) == ({"т0": 30, "т1": 70}, {"а": 40, "б": 60})


def test_a_small_number_hides_a_rectangle():
    published = check(table([3, 20, 50], [30, 40, 60], [70, 80, 90]))
    hidden = {cell for cell, number in published.cells.items() if number is None}
    assert hidden == {("т0", "а"), ("т0", "б"), ("т1", "а"), ("т1", "б")}


def test_zero_is_shown():
    assert check(table([0, 20], [30, 40])).cells["т0", "а"] == 0


def test_one_row_has_no_other_to_hide_behind():
    """A small cell of a single row would follow from its column's total: columns are joined."""
    published = check(table([3, 20, 40]))
    assert published.rows == {"т0": 63}
    assert set(published.columns) == {"в", REST}


def test_small_totals_are_joined():
    published = check(table([1, 2], [2, 2], [30, 40]))
    assert published.rows == {"т2": 70, REST: 7}


def test_the_rest_is_never_small():
    published = check(table([1, 1], [30, 40], [50, 60]))
    assert published.rows == {"т2": 110, REST: 72}


@pytest.mark.parametrize("counts", [{}, table([0]), table([1, 3]), table([2], [2])])
def test_too_little_is_not_published(counts):
    assert protect(counts) is None


def test_five_in_all_is_one_number():
    assert check(table([1, 1], [1, 2])).cells == {(REST, REST): 5}


numbers = st.one_of(st.integers(0, 6), st.integers(0, 60))
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(numbers, min_size=width, max_size=width), min_size=1, max_size=6
    )
)


@given(tables)
def test_nobody_recovers_a_small_number(rows):
    counts = table(*rows)
    if sum(counts.values()) < LEAST:
        assert protect(counts) is None
    else:
        check(counts)


@given(tables)
def test_the_same_counts_give_the_same_table(rows):
    counts = table(*rows)
    assert protect(counts) == protect(dict(counts))


def test_a_region_of_twenty_topics_and_thirty_districts():
    """Sparse, as life is: most districts have no appeal on most topics."""
    counts = {
        (f"т{row}", f"р{column}"): (row * 7 + column * 13) ** 2 % 23 * ((row + column) % 3 == 0)
        for row in range(21)
        for column in range(30)
    }
    published = check(counts)
    shown = [number for number in published.cells.values() if number]
    assert len(shown) > 20
