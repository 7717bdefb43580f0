"""Registration by many at once: real processes, one series of numbers."""

import json
from pathlib import Path

import pytest

from runtime.testing import odoolog
from runtime.testing.odoo import Odoo

SCRIPT = Path(__file__).with_name("scripts") / "forty_registrations.py"
DATABASE = "e2e_crowd"


@pytest.fixture(scope="module")
def found(bench: tuple[Odoo, str]) -> list[dict]:
    odoo, template = bench
    odoo.databases.copy(template, DATABASE)
    log = odoo.folder / "e2e-crowd.log"
    output = odoo.shell(DATABASE, SCRIPT.read_text(encoding="utf-8"), log)
    assert odoolog.unexpected(log, "e2e", odoolog.load_allowed()) == []
    odoo.databases.drop(DATABASE)
    return json.loads(output.split("FOUND ", 1)[1].splitlines()[0])


def test_nobody_sees_an_error(found: list[dict]):
    assert [row["error"] for row in found if row["error"]] == []


def test_forty_at_once_leave_no_gap(found: list[dict]):
    """A1: forty processes register into one series."""
    places = sorted(int(row["number"].split("-")[-1].split("/")[0]) for row in found)
    assert places == list(range(places[0], places[0] + len(found)))


def test_the_time_is_noted(bench: tuple[Odoo, str], found: list[dict]):
    """Not judged here: it depends on what else the machine does."""
    seconds = sorted(row["seconds"] for row in found)
    times = {"p50": seconds[len(seconds) // 2], "p95": seconds[int(len(seconds) * 0.95) - 1]}
    (bench[0].folder / "registration.json").write_text(json.dumps(times))
    assert times["p50"] > 0
