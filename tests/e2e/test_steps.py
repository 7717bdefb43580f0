"""The scheduled steps under two schedulers at once and under a kill in the middle (B8)."""

import signal

import pytest
from processes import outcome as run

from runtime.testing.odoo import Odoo

CASES = 8


@pytest.fixture(scope="module")
def outcome(bench: tuple[Odoo, str]) -> dict:
    """What the processes left in the database."""
    return run(bench, "steps")


def test_two_schedulers_tell_each_case_once(outcome: dict):
    """B8: two cron processes begin the same step in one moment: one works, one leaves it alone."""
    together = outcome["together"]
    assert together["exit"] == [0, 0]
    assert together["run"]["state"] == "done"
    assert (together["run"]["done_count"], together["run"]["starts"]) == (CASES, 1)
    assert together["marked"] == together["told"] == [1] * CASES


def test_a_kill_in_the_middle_keeps_what_was_done(outcome: dict):
    """B8: a process killed after its first case leaves that case told and the run open."""
    killed = outcome["killed"]
    assert killed["exit"] == [-signal.SIGKILL]
    assert (killed["run"]["state"], killed["run"]["done_count"]) == ("running", 1)
    assert sum(killed["marked"]) == sum(killed["told"]) == 1


def test_the_next_scheduler_goes_on(outcome: dict):
    """B8: the lock went with the process; the rest is told, nothing twice."""
    resumed = outcome["resumed"]
    assert (resumed["run"]["state"], resumed["run"]["starts"]) == ("done", 2)
    assert resumed["run"]["done_count"] == CASES
    assert resumed["marked"] == resumed["told"] == [1] * CASES


def test_a_second_run_of_the_day_does_nothing(outcome: dict):
    """B8: twice a day is once."""
    again = outcome["once more"]
    assert again["run"] == outcome["resumed"]["run"]
    assert again["told"] == [1] * CASES
