"""The bench over pytest: each test is counted once, and silence is a failure."""

import sys
from pathlib import Path

import pytest

from runtime import paths
from runtime.testing import unit
from runtime.testing.results import FAILED, PASSED, SKIPPED, Result


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def run(source: str) -> list[Result]:
        (tmp_path / "test_sample.py").write_text(source, encoding="utf-8")
        options = [f"--rootdir={tmp_path}", "-c", "/dev/null", "-p", "no:cacheprovider"]
        arguments = [*options, str(tmp_path)]
        # other plug-ins (hypothesis) only cost time here
        variables = {"PYTHONPATH": str(paths.ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return unit.pytest(Path(sys.executable), "unit", arguments, tmp_path, variables)

    return run


def outcomes(results: list[Result]) -> list[str]:
    return [result.outcome for result in results]


def test_every_outcome_is_counted(run):
    found = run(
        "import pytest\n"
        "def test_a(): pass\n"
        "def test_b(): assert 1 == 2\n"
        "def test_c(): pytest.skip('not today')\n"
        "@pytest.mark.parametrize('n', [1, 2])\n"
        "def test_d(n): pass\n"
    )
    assert outcomes(found) == [PASSED, FAILED, SKIPPED, PASSED, PASSED]
    assert "assert 1 == 2" in found[1].message
    assert found[1].log.endswith("unit.log")
    assert "not today" in found[2].message


def test_a_broken_fixture_is_one_failed_test(run):
    found = run(
        "import pytest\n"
        "@pytest.fixture\n"
        "def f():\n    yield\n    raise ValueError('late')\n"
        "def test_a(f): pass\n"
    )
    assert outcomes(found) == [FAILED]
    assert "late" in found[0].message


def test_a_file_that_cannot_be_imported_has_failed(run):
    found = run("import no_such_module_anywhere\n")
    assert FAILED in outcomes(found)


def test_no_test_has_failed(run):
    found = run("X = 1\n")
    assert outcomes(found) == [FAILED]
    assert found[0].name == "no test was executed"


def test_only_skipped_tests_have_failed(run):
    found = run("import pytest\ndef test_a(): pytest.skip('never')\n")
    assert FAILED in outcomes(found)


def test_a_run_that_breaks_off_has_failed(run):
    found = run("import os\ndef test_a(): pass\ndef test_b(): os._exit(0)\n")
    assert outcomes(found) == [PASSED, FAILED]
    assert "broke off" in found[1].name
