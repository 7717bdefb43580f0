"""`make verify-journal`: its exit code, its faults, the server it leaves as it found it."""

import subprocess
from types import SimpleNamespace

import pytest

from runtime import environment, journal, odoo, postgres
from runtime.faults import Fault


class Cluster:
    """A stand-in for the embedded PostgreSQL; `states` is what was done to it."""

    def __init__(self, running):
        self.is_running, self.states = running, []

    def running(self):
        return self.is_running

    def start(self):
        self.states.append("started")
        return SimpleNamespace(exists=lambda name: name == "hotline")

    def stop(self):
        self.states.append("stopped")


@pytest.fixture
def run(monkeypatch, tmp_path):
    """``run(code, running=…)``: the check ends with that code; (exit code, cluster, words)."""
    monkeypatch.delenv("HOTLINE_DB_HOST", raising=False)
    python = tmp_path / "python"
    ready = SimpleNamespace(python=python, pg_home=tmp_path, pg_bin=tmp_path)
    calls = []
    monkeypatch.setattr(environment, "describe", lambda _chosen=None: ready)
    monkeypatch.setattr(odoo, "write_conf", lambda *_args, **_options: tmp_path / "conf")
    monkeypatch.setattr(journal.paths, "logs", lambda: tmp_path)

    def do(code, *, running=False, installed=True, marks=()):
        if installed:
            python.touch()
        cluster = Cluster(running)
        monkeypatch.setattr(postgres, "cluster", lambda *_args, **_options: cluster)

        def check(command, stderr, **_options):
            calls.append(command)
            stderr.write(b"Error: no control mark in x\n")
            return subprocess.CompletedProcess(command, code)

        monkeypatch.setattr(journal.subprocess, "run", check)
        return journal.verify(list(marks)), cluster, calls[-1]

    return do


@pytest.mark.parametrize("code", [0, 1])
def test_the_findings_are_the_exit_code(run, code):
    found, cluster, words = run(code, marks=["marks"])
    assert found == code
    assert cluster.states == ["started", "stopped"]
    assert words[-4:-1] == ["hotline_verify_journal", "-d", "hotline"]
    assert words[-1].startswith("/")


def test_a_running_system_goes_on(run):
    _found, cluster, _words = run(0, running=True)
    assert cluster.states == ["started"]


def test_what_could_not_be_checked_is_a_fault(run):
    with pytest.raises(Fault, match="no control mark in x"):
        run(2)


def test_nothing_is_installed(run):
    with pytest.raises(Fault, match="no installed system"):
        run(0, installed=False)
