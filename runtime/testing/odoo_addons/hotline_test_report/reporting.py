"""One record per test out of Odoo's own runner.

Odoo counts; we want each test: its name, outcome, seconds and message. Hoot tests run
inside one Python test, so they are read from what the browser prints.
"""

import logging
import os
import time

from odoo.tests import case, common, result

from odoo.addons.base.models import ir_qweb

from runtime.testing import bundles, hoot
from runtime.testing.results import FAILED, PASSED, REPORT_VARIABLE, SKIPPED, Result, append

KIND = "add-ons"


def _name(test):
    """``gov_hotline.tests.test_x.TestX.test_y``, of a subtest its test."""
    while isinstance(test, case._SubTest):
        test = test.test_case
    return test.id().removeprefix("odoo.addons.")


def _is_holder(test):
    """Whether it stands for a failed or skipped setUpClass: such a thing is never stopped."""
    return not isinstance(test, case.TestCase | case._SubTest)


class Reporter:
    """Collects what OdooTestResult is told about a test and writes it when the test stops."""

    def __init__(self, path):
        self.path = path
        self.outcomes = {}
        self.started = {}

    def start(self, test):
        self.started[_name(test)] = time.monotonic()

    def note(self, test, outcome, message):
        """Remember a failure (of a test or one of its subtests) or a skip."""
        if _is_holder(test):
            append(self.path, Result(KIND, _name(test), outcome, message=message))
            return
        _outcome, messages = self.outcomes.setdefault(_name(test), (outcome, []))
        messages.append(message)

    def stop(self, test):
        name = _name(test)
        outcome, messages = self.outcomes.pop(name, (PASSED, []))
        seconds = round(time.monotonic() - self.started.pop(name), 3)
        append(self.path, Result(KIND, name, outcome, seconds, "\n".join(messages)))


class HootHandler(logging.Handler):
    """Turns Hoot's lines in the browser's console into records of their own."""

    def __init__(self, path):
        super().__init__(logging.INFO)
        self.path = path

    def emit(self, record):
        if not record.name.endswith(".browser"):
            return
        if result_of_hoot := hoot.read(record.getMessage(), KIND):
            append(self.path, result_of_hoot)


def _wrap(method_name, before):
    """Call ``before`` with the same arguments ahead of the method of Odoo's result class."""
    original = getattr(result.OdooTestResult, method_name)

    def method(self, *args):
        before(self, *args)
        return original(self, *args)

    setattr(result.OdooTestResult, method_name, method)


def _watch_results(reporter):
    def failed(self, test, err):
        if not self._soft_fail:
            reporter.note(test, FAILED, self._exc_info_to_string(err, test))

    _wrap("startTest", lambda self, test: reporter.start(test))
    _wrap("stopTest", lambda self, test: reporter.stop(test))
    _wrap("addError", failed)
    _wrap("addFailure", failed)
    _wrap("addSkip", lambda self, test, reason: reporter.note(test, SKIPPED, reason))


def _leave_out_bundles():
    original = ir_qweb.IrQweb._get_bundles_to_pregenarate

    def _get_bundles_to_pregenarate(self):
        return tuple(names - bundles.UNUSED for names in original(self))

    ir_qweb.IrQweb._get_bundles_to_pregenarate = _get_bundles_to_pregenarate


def _refuse_browser():
    """HOTLINE_SKIP=browser: skip what needs one even where one is installed."""

    def refuse(self, *args, **kwargs):
        raise case.SkipTest("HOTLINE_SKIP=browser")

    common.ChromeBrowser.__init__ = refuse


_watch_results(Reporter(os.environ[REPORT_VARIABLE]))
_leave_out_bundles()
logging.getLogger().addHandler(HootHandler(os.environ[REPORT_VARIABLE]))
if "browser" in os.environ.get("HOTLINE_SKIP", "").split(","):
    _refuse_browser()
