"""The bench over Odoo's own runner: every outcome is told, and a complaint in the log is one."""

from dataclasses import replace

import pytest

from runtime import paths
from runtime.testing import addons
from runtime.testing import odoo as bench_odoo
from runtime.testing.odoo import Odoo
from runtime.testing.results import FAILED, PASSED, SKIPPED, Result

SAMPLES = paths.ROOT / "tests/fixtures/addons"
CASE = "bench_sample.tests.test_sample.TestSample"


@pytest.fixture(scope="module")
def found(bench: tuple[Odoo, str]) -> dict[str, Result]:
    odoo = bench[0]
    path = (*odoo.environment.addons_path, SAMPLES)
    odoo = replace(
        odoo, environment=replace(odoo.environment, addons_path=path), name="test-sample"
    )
    odoo.configure()
    base, _results = bench_odoo.base(odoo)
    odoo.databases.copy(base, "sample")
    tags = "/bench_sample"
    results = addons.odoo_runner(odoo, "sample", ["-i", "bench_sample"], tags, set(), str)
    odoo.databases.drop("sample")
    return {result.name: result for result in results}


@pytest.mark.parametrize(
    ("name", "outcome", "message"),
    [
        ("test_passes", PASSED, ""),
        ("test_fails", FAILED, "1 != 2"),
        ("test_breaks", FAILED, "ValueError: broken"),
        ("test_fails_in_a_part", FAILED, "2 != 1"),
        ("test_is_skipped", SKIPPED, "not on Tuesdays"),
        ("test_complains", PASSED, ""),
        ("test_complains_as_expected", PASSED, ""),
    ],
)
def test_each_test_is_told(found: dict[str, Result], name: str, outcome: str, message: str):
    result = found[f"{CASE}.{name}"]
    assert result.outcome == outcome
    assert message in result.message


def test_a_class_that_cannot_be_set_up_has_failed(found: dict[str, Result]):
    (broken,) = (result for name, result in found.items() if "setUpClass" in name)
    assert broken.outcome == FAILED
    assert "broken class" in broken.message


def test_only_the_unexpected_complaint_counts(found: dict[str, Result]):
    complaints = [result for name, result in found.items() if name.startswith("unexpected")]
    assert len(complaints) == 1
    assert complaints[0].name.endswith("during TestSample.test_complains")


def test_nothing_else_is_counted(found: dict[str, Result]):
    assert len(found) == 7 + 2
