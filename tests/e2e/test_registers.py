"""The registers of four companies: 200 houses, 16,000 flats; a kill in the middle (D2)."""

import json
import signal
from pathlib import Path

import pytest

from runtime.testing.odoo import Odoo

SCRIPT = Path(__file__).parent / "inside" / "registers.py"
HOUSES, FLATS, COMPANIES, STREETS, PART = 200, 80, 4, 16, 1000
ACCOUNTS = HOUSES * FLATS


@pytest.fixture(scope="module")
def outcome(bench: tuple[Odoo, str]) -> dict:
    """What the processes left in the database."""
    odoo, template = bench
    database = "e2e_registers"
    odoo.databases.copy(template, database)
    try:
        script = SCRIPT.read_text(encoding="utf-8")
        printed = odoo.shell(database, script, odoo.folder / f"e2e-{database}.log", 900)
    finally:
        odoo.databases.drop(database)
    return json.loads(printed.splitlines()[-1])


def grown(outcome: dict, sizes: dict) -> dict:
    """By how many rows each table has grown."""
    return {table: count - outcome["before"][table] for table, count in sizes.items()}


def test_a_kill_in_the_middle_keeps_what_was_committed(outcome: dict):
    """D2: the part that was being written is not there, those before it are, whole."""
    killed = outcome["killed"]
    assert killed["exit"] == -signal.SIGKILL
    assert (killed["run"]["state"], killed["run"]["done"]) == ("loading", 2 * PART)
    assert grown(outcome, killed["sizes"])["hotline_account"] == 2 * PART


def test_the_next_process_goes_on(outcome: dict):
    """D2: from where it was; nothing twice."""
    resumed = outcome["resumed"]
    assert (resumed["exit"], resumed["run"]["state"]) == (0, "done")
    assert resumed["run"]["created_count"] == ACCOUNTS / COMPANIES
    assert resumed["doubles"] == 0


def test_four_companies_are_loaded(outcome: dict):
    """D2: 16,000 accounts of 16,000 flats in 200 houses, each with its holder."""
    sizes = grown(outcome, outcome["all"]["sizes"])
    assert sizes["hotline_account"] == ACCOUNTS
    assert sizes["hotline_object"] == ACCOUNTS + HOUSES + STREETS
    assert 0.95 * ACCOUNTS < sizes["res_partner"] <= ACCOUNTS
    assert sizes["hotline_phone"] > ACCOUNTS / 4
    assert outcome["all"]["doubles"] == 0


def test_the_same_files_again_change_nothing(outcome: dict):
    """D2: every row is as it was, no table has grown."""
    for run in outcome["again"]:
        assert (run["state"], run["same_count"]) == ("done", ACCOUNTS / COMPANIES)
        assert (run["created_count"], run["changed_count"], run["gone_count"]) == (0, 0, 0)
    assert outcome["after"] == outcome["all"]["sizes"]
