"""Long work in parts, killed in the middle by ``kill -9``: nothing half done, nothing twice."""

import signal

import pytest
from processes import outcome

from runtime.testing.odoo import Odoo


@pytest.fixture(scope="module")
def destruction(bench: tuple[Odoo, str]) -> dict:
    """What a destruction by act left, killed in its second part."""
    return outcome(bench, "destruction")


@pytest.fixture(scope="module")
def recalculation(bench: tuple[Odoo, str]) -> dict:
    """What the moving of dates left, killed in its second part."""
    return outcome(bench, "recalculation")


def test_destruction_killed(destruction: dict):
    """B4: the part that was on is undone, with its files and journal lines; the screen says so."""
    killed = destruction["killed"]
    assert killed["exit"] == [-signal.SIGKILL]
    assert killed["state"] == "running"
    assert killed["lines"] == ["destroyed"] * 2 + ["planned"] * 3
    assert killed["cases"] == [False] * 2 + [True] * 3
    assert killed["files"][2:] == [True] * 3
    assert killed["told"] == [1, 1, 0, 0, 0]
    assert killed["percent"] == 40
    assert killed["says"].startswith("Прервано, продолжится")


def test_destruction_goes_on(destruction: dict):
    """B4: the next process destroys the rest; each case has one line of the journal."""
    for name in ("resumed", "once more"):
        now = destruction[name]
        assert now["exit"] == [0]
        assert (now["state"], now["percent"], now["says"]) == ("done", 100, "")
        assert now["lines"] == ["destroyed"] * 5
        assert now["cases"] == [False] * 5
        assert now["questions"] == 0
        assert now["told"] == [1] * 5
        assert now["finished"] == 1


def test_recalculation_killed(recalculation: dict):
    """X9: the part that was on is undone: dates, certificates, lines and journal agree."""
    killed = recalculation["killed"]
    assert killed["exit"] == [-signal.SIGKILL]
    assert killed["state"] == "applying"
    assert killed["moved"] == [line == "applied" for line in killed["lines"]]
    assert sum(killed["moved"]) == 2
    assert killed["told"] == killed["recounts"] == [int(moved) for moved in killed["moved"]]
    assert killed["activities"] == 0
    assert killed["says"].startswith("Прервано, продолжится")


def test_recalculation_goes_on(recalculation: dict):
    """X9: the next process moves the rest; each date once, each officer is told once."""
    for name in ("resumed", "once more"):
        now = recalculation[name]
        assert now["exit"] == [0]
        assert (now["state"], now["says"]) == ("applied", "")
        assert now["lines"] == ["applied"] * 5
        assert now["moved"] == [True] * 5
        assert now["told"] == now["recounts"] == [1] * 5
        assert now["activities"] == 1
