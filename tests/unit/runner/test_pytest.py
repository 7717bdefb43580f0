"""The bench over pytest: each test is counted once, and silence is a failure."""

import gc
import os
import sys
from pathlib import Path

import pytest

from runtime import paths
from runtime.testing import process, unit
from runtime.testing.results import FAILED, PASSED, SKIPPED, Result


def forked(command, log: Path, environment: dict[str, str], _watch) -> int:
    """As ``process.run``, in a fork of this interpreter: it has imported pytest already."""
    child = os.fork()
    if not child:
        gc.freeze()  # pytest collects garbage at its end: not ours
        sys.stdout = sys.stderr = log.open("a", encoding="utf-8")
        os.environ.update(environment)
        code = pytest.main(command[3:])  # without "python -m pytest"
        sys.stdout.flush()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run pytest over one file, as a process of its own."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def run(source: str) -> list[Result]:
        (tmp_path / "test_sample.py").write_text(source, encoding="utf-8")
        # a file of its own: pytest looks into all folders above it
        (tmp_path / "pytest.ini").write_text("[pytest]\n")
        arguments = ["-p", "no:cacheprovider", "-c", str(tmp_path / "pytest.ini"), str(tmp_path)]
        # other plug-ins (hypothesis) only cost time here
        variables = {"PYTHONPATH": str(paths.ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return unit.pytest(Path(sys.executable), "unit", arguments, tmp_path, variables)

    return run


@pytest.fixture
def run(start, monkeypatch: pytest.MonkeyPatch):
    """The same without the second that an interpreter and pytest take to start."""
    monkeypatch.setattr(process, "run", forked)
    return start


def outcomes(results: list[Result]) -> list[str]:
    return [result.outcome for result in results]


def test_every_outcome_is_counted(start):
    found = start(
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
