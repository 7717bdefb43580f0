"""The bench itself: kinds, what is left out, and problems of the machine."""

import io
from types import SimpleNamespace

import pytest

from runtime.console import Console
from runtime.faults import Fault
from runtime.testing import addons, cli
from runtime.testing.results import FAILED, PASSED, SKIPPED, Result


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path) -> cli.Bench:
    monkeypatch.setenv("HOTLINE_RUNTIME", str(tmp_path))
    monkeypatch.delenv("HOTLINE_SKIP", raising=False)
    return cli.Bench(Console(stream=io.StringIO()))


def last_line(bench: cli.Bench) -> str:
    return bench.console.stream.getvalue().rstrip("\n").splitlines()[-1]


def test_a_failing_test_fails_the_run(bench: cli.Bench):
    bench.part("unit", "Unit tests", lambda: [Result("unit", "a", PASSED)])
    bench.part("e2e", "End to end", lambda: [Result("e2e", "b", FAILED)])
    assert bench.close() == 1
    assert last_line(bench) == "1 passed, 1 failed, 0 skipped"


def test_a_kind_that_ran_nothing_fails_the_run(bench: cli.Bench):
    bench.part("unit", "Unit tests", lambda: [Result("unit", "a", PASSED)])
    bench.part("e2e", "End to end", lambda: [Result("e2e", "b", SKIPPED)])
    assert bench.close() == 1
    assert last_line(bench) == "1 passed, 1 failed, 1 skipped"


def test_a_good_run(bench: cli.Bench):
    bench.part("unit", "Unit tests", lambda: [Result("unit", "a", PASSED)])
    assert bench.close() == 0
    assert last_line(bench) == "1 passed, 0 failed, 0 skipped"


def test_nothing_at_all_fails(bench: cli.Bench):
    assert bench.close() == 1
    assert last_line(bench) == "0 passed, 0 failed, 0 skipped"


def test_a_kind_the_user_leaves_out_does_not_run(bench: cli.Bench):
    bench.words = {"e2e"}
    bench.part("e2e", "End to end", lambda: pytest.fail("it ran"))
    assert bench.results == []


def test_what_the_machine_lacks_is_a_failed_test(bench: cli.Bench, monkeypatch: pytest.MonkeyPatch):
    def broken(*_arguments):
        raise Fault("No browser", "install one")

    monkeypatch.setattr(cli, "Bench", lambda: bench)
    monkeypatch.setitem(cli.COMMANDS, "all", broken)
    assert cli.main(["all"]) == 1
    assert "install one" in bench.console.stream.getvalue()
    assert last_line(bench) == "0 passed, 1 failed, 0 skipped"


def test_an_add_on_whose_tests_are_not_imported_fails():
    found = [Result("add-ons", "gov_a.tests.test_x.TestX.test_y", PASSED)]
    silent = addons.silent(found, ["gov_a", "gov_b"])
    assert [result.name for result in silent] == ["gov_b: no test was executed"]


def test_who_cannot_have_asterisk_leaves_the_phone_out():
    said = []
    console = SimpleNamespace(say=said.append)
    for words, count in (({"phone"}, 2), (set(), 3)):
        jobs = cli._e2e_jobs(SimpleNamespace(words=words, console=console), None)
        assert len(jobs) == count
    assert said == ["left out: phone (HOTLINE_SKIP)"]
