"""Numbers of appeals are gapless when forty people press the button in one moment."""

import json
from pathlib import Path

import pytest

from runtime.testing.odoo import Odoo

SCRIPT = Path(__file__).parent / "inside" / "registrations.py"
PROCESSES, DOOMED = 40, 6


@pytest.fixture(scope="module")
def outcome(bench: tuple[Odoo, str]) -> dict:
    """What forty-six processes saw, six of which failed after they had taken a number."""
    odoo, template = bench
    database = "e2e_parallel"
    options = {"processes": PROCESSES, "doomed": DOOMED, "one_by_one": False, "warm": False}
    odoo.databases.copy(template, database)
    try:
        script = f"OPTIONS = {options!r}\n{SCRIPT.read_text(encoding='utf-8')}"
        printed = odoo.shell(database, script, odoo.folder / f"e2e-{database}.log")
    finally:
        odoo.databases.drop(database)
    return json.loads(printed.splitlines()[-1])


def _kept(outcome: dict) -> list[dict]:
    return [request for request in outcome["requests"] if not request["doomed"]]


def test_every_registration_was_a_process_of_its_own(outcome: dict):
    assert len({request["pid"] for request in outcome["requests"]}) == PROCESSES + DOOMED


def test_nobody_sees_an_error(outcome: dict):
    """Forty operators at once, all get their number."""
    assert [request["error"] for request in outcome["requests"] if request["error"]] == []
    assert all(request["number"] for request in _kept(outcome))


def test_no_request_is_started_again(outcome: dict):
    """Whoever loses the race waits for the winner; a 40001 would restart the request."""
    assert {request["attempts"] for request in outcome["requests"]} == {1}


def test_no_number_is_missing_and_none_is_given_twice(outcome: dict):
    """Both series run from 1 without a gap, although six takers of numbers failed."""
    series = outcome["numbers"].values()
    assert len(series) == 2
    for numbers in series:
        assert numbers == list(range(1, len(numbers) + 1))
    assert sum(map(len, series)) == PROCESSES
    assert len({request["number"] for request in _kept(outcome)}) == PROCESSES


def test_what_the_user_saw_is_in_the_database(outcome: dict):
    shown = {request["ticket"]: request["number"] for request in _kept(outcome)}
    stored = {one["id"]: one["number"] for one in outcome["tickets"] if one["state"] == "in_work"}
    assert stored == shown


def test_a_failed_registration_leaves_its_draft(outcome: dict):
    doomed = {request["ticket"] for request in outcome["requests"] if request["doomed"]}
    drafts = {one["id"] for one in outcome["tickets"] if one["state"] == "draft"}
    assert drafts == doomed
    assert len(doomed) == DOOMED
