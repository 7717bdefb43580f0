"""`odoo hotline_demo` as `make run` and an administrator call it: found, once, and no more."""

import subprocess
from collections.abc import Callable, Iterator

import pytest

from runtime import odoo as runtime_odoo
from runtime import shell
from runtime.testing.odoo import Odoo

DATABASE = "e2e_demo"
SMALL = ("--scale", "0.02", "--now", "2026-11-20T12:00")


@pytest.fixture(scope="module")
def demo(bench: tuple[Odoo, str]) -> Iterator[Callable[..., subprocess.CompletedProcess]]:
    """Runs the command over one fresh database of the module."""
    odoo, template = bench
    odoo.databases.copy(template, DATABASE)

    def run(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            runtime_odoo.command(odoo.environment, "hotline_demo", "-d", DATABASE, *words),
            env=shell.environment(**odoo.variables()),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    yield run
    odoo.databases.drop(DATABASE)


@pytest.fixture(scope="module")
def first(demo: Callable[..., subprocess.CompletedProcess]) -> subprocess.CompletedProcess:
    """The first run."""
    return demo(*SMALL)


def test_the_first_run_makes_the_data_and_says_what(first: subprocess.CompletedProcess):
    assert first.returncode == 0, first.stderr[-2000:]
    assert first.stdout.startswith("Demonstration data made in")
    assert "30 calls" in first.stdout
    assert " WARNING " not in first.stderr


def test_a_second_run_does_nothing_and_says_so(
    first: subprocess.CompletedProcess, demo: Callable[..., subprocess.CompletedProcess]
):
    again = demo(*SMALL)
    assert again.returncode == 0
    assert again.stdout.splitlines()[0].startswith("Nothing to do")
    assert again.stdout.splitlines()[1:] == first.stdout.splitlines()[1:]


def test_a_database_with_appeals_of_people_is_refused(
    first: subprocess.CompletedProcess,
    demo: Callable[..., subprocess.CompletedProcess],
    bench: tuple[Odoo, str],
):
    """What people registered is never mixed with what is made up: here the mark is gone."""
    odoo, _template = bench
    odoo.databases.server.query(
        "DELETE FROM ir_config_parameter WHERE key = 'gov_hotline.demo'", DATABASE
    )
    refused = demo(*SMALL)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.strip().splitlines()[-1]) > 20
