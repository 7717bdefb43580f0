"""JavaScript tests are counted one by one, from what Hoot prints."""

from runtime.testing import hoot
from runtime.testing.results import FAILED, PASSED

KIND = "add-ons"
LATE = "Error received after termination: "


def test_a_pass_with_its_time():
    line = '[HOOT] Test "@gov_hotline/card/shows the number" passed (assertions: 1 / time: 12 ms)'
    for text in (line, LATE + line):
        found = hoot.read(text, KIND)
        assert (found.outcome, found.seconds) == (PASSED, 0.012)
        assert found.name == "@gov_hotline/card/shows the number"


def test_a_failure_with_its_message():
    found = hoot.read('[HOOT] Test "@x/adds" failed:\n\nFailed assertion:\n> Expected: 3', KIND)
    assert (found.outcome, found.name) == (FAILED, "@x/adds")
    assert "Expected: 3" in found.message


def test_other_lines_are_no_tests():
    assert hoot.read('[HOOT] "@x" ended (passed: 2 / time: 18 ms)', KIND) is None
    assert hoot.read("[HOOT] Passed 2 tests (2 assertions, total time: 00:00:00)", KIND) is None
