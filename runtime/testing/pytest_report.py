"""Plug-in for pytest (``-p runtime.testing.pytest_report``): one record per test (results.py)."""

import os

import pytest

from . import results
from .results import FAILED, PASSED, REPORT_VARIABLE, SKIPPED, Result, append


class Reporter:
    """Joins the three phases of a test (set-up, call, tear-down) into one record."""

    def __init__(self, path: str, kind: str) -> None:
        self.path, self.kind = path, kind
        self.pending: dict[str, Result] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the phase; write the record after the last one."""
        before = self.pending.pop(report.nodeid, Result(self.kind, report.nodeid, PASSED))
        after = _add_phase(before, report)
        if report.when == "teardown":
            append(self.path, after)
        else:
            self.pending[report.nodeid] = after

    def pytest_sessionfinish(self) -> None:
        """Say that the run came to its end: one that breaks off may exit with 0."""
        results.end(self.path)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be imported is a failed test, one skipped as a whole a skipped one."""
        if report.outcome != "passed":
            outcome = FAILED if report.failed else SKIPPED
            append(self.path, Result(self.kind, report.nodeid, outcome, 0.0, report.longreprtext))


def _add_phase(result: Result, report: pytest.TestReport) -> Result:
    seconds = round(result.seconds + report.duration, 3)
    outcome, message = result.outcome, result.message
    if report.outcome != "passed":
        outcome = FAILED if report.failed or outcome == FAILED else SKIPPED
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        message = f"{message}\n{text}".strip()
    return Result(result.kind, result.name, outcome, seconds, message)


def pytest_configure(config: pytest.Config) -> None:
    """Write records only where the bench asked for them."""
    # What the tests start is not the bench's: an Odoo of theirs must not report.
    path = os.environ.pop(REPORT_VARIABLE, None)
    if path:
        kind = os.environ.get("HOTLINE_TEST_KIND", "unit")
        config.pluginmanager.register(Reporter(path, kind), "hotline-report")
