"""The benchmark of a million cases in small: its copies are what acts leave, its desk asks little.

No times are asserted: the ratios are printed, the machine of CI is nobody's measure.
"""

import sys

import pytest

from benchmarks import million
from runtime.testing.odoo import Odoo

CASES, SAMPLES = 5000, 72  # 72 copies: more than 500 rows
# Queries with warm caches of the server, whatever the number of cases.
BOUNDS = {
    "desk": 30,
    "counters": 5,
    "list of open ones": 20,
    "list of all": 20,
    "exact number": 20,
    "contains": 20,
    "dossier": 60,
    "person by telephone": 5,
    "caller's card": 25,
    "create and register": 30,
}


@pytest.fixture(scope="module")
def told(bench: tuple[Odoo, str]) -> dict:
    """What the whole benchmark tells of five thousand cases."""
    odoo, template = bench
    found = million.measure(odoo, template, CASES, SAMPLES)
    sys.stdout.write("\n".join(million.report(found)) + "\n")
    return found


def test_the_copies_are_what_acts_leave(told: dict):
    """Point 7: sampled rows of every table are those that the ORM makes of the same case."""
    assert told["compare"]["differences"] == []
    assert told["compare"]["rows"] >= 500


def test_the_numbers_are_those_of_a_big_region(told: dict):
    """Point 7: questions, assignments, deadlines, calls in the proportion of the benchmark."""
    counts = told["fill"]["counts"]
    assert counts["cases"] == CASES
    assert counts["calls"] == 5 * CASES
    assert 1.4 < counts["questions"] / CASES < 1.6
    assert 1.1 < counts["assignments"] / CASES < 1.3
    assert 2.7 < counts["deadlines"] / CASES < 3.2


@pytest.mark.parametrize("name", BOUNDS)
def test_the_desk_asks_little(told: dict, name: str):
    """Point 7: queries are bounded, with 500 cases of one citizen too."""
    assert told["asked"]["queries"][name] <= BOUNDS[name]


def test_the_recalculation_moves_running_terms(told: dict):
    """Point 7, X9: the benchmark's recalculation has something to count and to move."""
    assert "running terms counted anew" in told["work"]["recalculation"]
    assert " 0 moved" not in told["work"]["recalculation"]


def test_the_reminder_sweep_comes_to_its_end(told: dict):
    """Point 7, B8: the benchmark's reminders are sent, none fails."""
    words = told["work"]["reminder sweep"]
    assert " 0 reminders" not in words
    assert " 0 failed," in words
    assert "not to its end" not in words
