"""What `make test` says at its end, and with which exit code."""

import re

import pytest

from runtime.testing import summary
from runtime.testing.results import FAILED, PASSED, SKIPPED, Result

CLOSING = re.compile(r"\d+ passed, \d+ failed, \d+ skipped")


def results(*outcomes: str) -> list[Result]:
    return [Result("unit", f"test_{n}", outcome) for n, outcome in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("outcomes", "line"),
    [
        ((), "0 passed, 0 failed, 0 skipped"),
        ((PASSED,), "1 passed, 0 failed, 0 skipped"),
        ((PASSED, FAILED, SKIPPED, PASSED), "2 passed, 1 failed, 1 skipped"),
    ],
)
def test_the_last_line_is_the_sum_and_nothing_else(outcomes: tuple, line: str):
    assert summary.render(results(*outcomes), 1.0).splitlines()[-1] == line
    assert CLOSING.fullmatch(line)


def test_kinds_are_summed_up():
    found = [Result("lint", "a", PASSED), Result("e2e", "b", PASSED), Result("e2e", "c", FAILED)]
    text = summary.render(found, 1.0)
    assert text.splitlines()[-1] == "2 passed, 1 failed, 0 skipped"
    assert "lint" in text
    assert "e2e" in text


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [((), 1), ((SKIPPED,), 1), ((PASSED,), 0), ((PASSED, SKIPPED), 0), ((PASSED, FAILED), 1)],
)
def test_only_a_run_with_a_pass_and_no_failure_is_good(outcomes: tuple, code: int):
    assert summary.exit_code(results(*outcomes)) == code


def test_ten_slowest_first():
    found = [Result("unit", f"test_{n}", PASSED, float(n)) for n in range(12)]
    lines = summary.slowest(found)
    assert len(lines) == 10
    assert "test_11" in lines[0]
    assert "test_1" not in [line.split()[-1] for line in lines]


def test_a_failure_shows_its_name_the_end_of_its_message_and_its_log():
    message = "\n".join(f"line {n}" for n in range(100))
    text = summary.render([Result("e2e", "test_it", FAILED, 1.0, message, "/logs/e2e.log")], 1.0)
    last_screen = "\n".join(text.splitlines()[-24:])
    assert "FAILED e2e: test_it" in last_screen
    assert "line 99" in last_screen
    assert "line 50" not in text
    assert "/logs/e2e.log" in last_screen


def test_failures_come_after_the_slowest_tests():
    found = [Result("unit", "good", PASSED, 9.0), Result("unit", "bad", FAILED, 0.1, "boom")]
    text = summary.render(found, 1.0)
    assert text.index("Slowest") < text.index("FAILED unit: bad")
