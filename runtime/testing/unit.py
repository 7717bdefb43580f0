"""``make test-unit``: tests/unit with plain pytest, in an interpreter without Odoo.

``pytest()`` also runs the tests of tests/e2e and of one add-on: the record is the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from runtime import paths

from . import process, results
from .results import FAILED, Result

KIND = "unit"
FOLDER = "tests/unit"
DOMAIN = f"{FOLDER}/domain"
_OK, _TESTS_FAILED = 0, 1  # pytest's exit codes; any other one is a broken run


def pytest(
    python: Path,
    kind: str,
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    watch: Callable[[str], object] = lambda text: None,
    name: str = "",
) -> list[Result]:
    """Run pytest and return one result per test.

    Report and log go to ``folder``, under ``name`` (the kind if there is none). A run that found
    no test, or broke off, has a failed result that says so.
    """
    name = name or kind
    report, log = folder / f"{name}.jsonl", folder / f"{name}.log"
    results.start(report)
    log.unlink(missing_ok=True)
    plug_in = ["-p", "runtime.testing.pytest_report"]
    variables = {results.REPORT_VARIABLE: str(report), "HOTLINE_TEST_KIND": kind}
    code = process.run(
        [python, "-m", "pytest", "-q", *plug_in, *arguments],
        log,
        {**variables, **(environment or {})},
        lambda: watch(f"{len(results.read(report))} tests"),
    )
    found = [with_log(result, log) for result in results.read(report)]
    whole = code in (_OK, _TESTS_FAILED) and results.ended(report)
    if not whole or not results.executed(found):
        what = "no test was executed" if not results.executed(found) else "pytest broke off"
        message = f"{process.tail(log)}\nexit code {code}"
        found.append(Result(kind, what, FAILED, 0.0, message, str(log)))
    return found


def with_log(result: Result, log: Path) -> Result:
    """Name the log in what failed."""
    return replace(result, log=str(log)) if result.outcome == FAILED else result


def where(arguments: Sequence[str], default: str) -> list[str]:
    """The arguments for pytest, with the default folder unless one of them is a path."""
    named = any((paths.ROOT / part.split("::")[0]).exists() for part in arguments)
    return [*arguments] if named else [default, *arguments]


def run(
    python: Path,
    folder: Path,
    arguments: Sequence[str] = (),
    watch: Callable[[str], object] = lambda text: None,
    name: str = KIND,
) -> list[Result]:
    """The unit tests in one process; ``arguments`` go to pytest (a path, -k WORD)."""
    # tables of Unicode that hypothesis makes once
    kept = {"HYPOTHESIS_STORAGE_DIRECTORY": str(paths.state() / "hypothesis")}
    return pytest(python, KIND, where(arguments, FOLDER), folder, kept, watch, name)


def run_domain(python: Path, folder: Path, watch: Callable[[str], object]) -> list[Result]:
    """The tests of the law."""
    return run(python, folder, [DOMAIN], watch, "unit-domain")


def run_rest(python: Path, folder: Path, watch: Callable[[str], object]) -> list[Result]:
    """All but those of ``run_domain``."""
    return run(python, folder, [FOLDER, f"--ignore={DOMAIN}"], watch, "unit-rest")
