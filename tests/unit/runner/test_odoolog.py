"""Odoo's log: what is unexpected fails the run."""

from pathlib import Path

import pytest

from runtime.testing import odoolog
from runtime.testing.results import FAILED

STAMP = "2026-01-02 03:04:05,678 42"
SUM = "At least one test failed when loading the modules."


def log(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "odoo.log"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def names(path: Path, *patterns: str, failed: tuple = ()) -> list[str]:
    allow = path.with_name("allowed.txt")
    allow.write_text("".join(f"# why\n{pattern}\n\n" for pattern in patterns), encoding="utf-8")
    found = odoolog.unexpected(path, "add-ons", odoolog.load_allowed(allow), failed)
    assert all(result.outcome == FAILED for result in found)
    return [result.name for result in found]


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_an_unexpected_line_fails_the_run(tmp_path: Path, level: str):
    path = log(tmp_path, f"{STAMP} {level} db odoo.models: something is off ")
    assert names(path) == [f"unexpected {level} in Odoo's log"]


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_ordinary_lines_do_not(tmp_path: Path, level: str):
    assert names(log(tmp_path, f"{STAMP} {level} db odoo.models: as always")) == []


def test_the_test_that_ran_is_named(tmp_path: Path):
    path = log(
        tmp_path,
        f"{STAMP} INFO db odoo.addons.x.tests.test_a: Starting TestA.test_it ... ",
        f"{STAMP} WARNING db odoo.models: off",
    )
    assert names(path) == ["unexpected WARNING in Odoo's log during TestA.test_it"]


def test_a_traceback_belongs_to_its_line(tmp_path: Path):
    path = log(
        tmp_path,
        f"{STAMP} ERROR db odoo.http: Exception during request",
        "Traceback (most recent call last):",
        "ValueError: WARNING is only a word here",
        f"{STAMP} INFO db odoo.http: next",
    )
    (found,) = odoolog.unexpected(path, "e2e", [])
    assert "ValueError" in found.message
    assert "next" not in found.message


def test_colours_do_not_hide_a_line(tmp_path: Path):
    path = log(tmp_path, f"{STAMP} \x1b[1;33mWARNING\x1b[0m db odoo.models: off")
    assert len(names(path)) == 1


def test_failed_tests_are_not_reported_twice(tmp_path: Path):
    path = log(
        tmp_path,
        f"{STAMP} ERROR db odoo.addons.x.tests.test_a: FAIL: TestA.test_it",
        "AssertionError: 0 is not true",
        f"{STAMP} ERROR db odoo.modules.loading: Module x: 1 failures, 0 errors of 6 tests ",
        f"{STAMP} ERROR db odoo.modules.loading: {SUM} ",
        f"{STAMP} ERROR db odoo.tests.result: 1 failed, 0 error(s) of 6 tests when loading 'db' ",
    )
    assert names(path) == []


def test_what_the_browser_of_a_failed_test_printed_is_in_that_test(tmp_path: Path):
    path = log(tmp_path, f"{STAMP} ERROR db odoo.addons.x.tests.test_a.TestA.test_js.browser: boom")
    assert names(path, failed=("x.tests.test_a.TestA.test_js",)) == []
    assert len(names(path)) == 1


def test_an_allowed_line_passes_and_no_other(tmp_path: Path):
    path = log(
        tmp_path,
        f"{STAMP} WARNING db odoo.fonts: no such font",
        f"{STAMP} WARNING db odoo.models: off",
    )
    assert len(names(path, r"WARNING odoo\.fonts: no such")) == 1


def test_an_allowed_line_without_a_reason_is_refused(tmp_path: Path):
    path = tmp_path / "allowed.txt"
    path.write_text("# a heading\n\nWARNING anything\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"allowed\.txt:3"):
        odoolog.load_allowed(path)


def test_a_run_that_broke_off_is_told_from_one_that_ended(tmp_path: Path):
    end = f"{STAMP} INFO db odoo.tests.result: 0 failed, 0 error(s) of 6 tests when loading 'db' "
    assert odoolog.ended(log(tmp_path, f"{STAMP} INFO db odoo.models: on", end))
    assert not odoolog.ended(log(tmp_path, f"{STAMP} INFO db odoo.models: on"))


def test_our_own_list_is_well_formed():
    odoolog.load_allowed()
