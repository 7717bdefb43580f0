"""Jobs side by side: none is lost, none is told twice, one that breaks does not stop the others."""

import io
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from runtime.console import Console
from runtime.faults import Fault
from runtime.testing import addons, cli, e2e, lanes, odoo, process, unit
from runtime.testing.results import FAILED, PASSED, SKIPPED, Result


@pytest.fixture
def console() -> Console:
    return Console(stream=io.StringIO())


def job(kind: str, *outcomes: str) -> lanes.Job:
    found = [Result(kind, f"{kind}{n}", outcome) for n, outcome in enumerate(outcomes)]
    return lanes.Job(kind, f"Tests of {kind}", lambda _watch: found)


def test_results_come_in_the_order_of_the_jobs(console: Console):
    """The first job ends last: it waits for the second one, so they do run side by side."""
    second = threading.Event()

    def wait(_watch: lanes.Watch) -> list[Result]:
        return [Result("a", "waited", PASSED if second.wait(20) else FAILED)]

    def release(_watch: lanes.Watch) -> list[Result]:
        second.set()
        return [Result("b", "released", PASSED)]

    jobs = [lanes.Job("a", "Slow", wait), lanes.Job("b", "Quick", release)]
    found = lanes.run(jobs, console, 2)
    assert [(result.name, result.outcome) for result in found] == [
        ("waited", PASSED),
        ("released", PASSED),
    ]


def test_one_lane_runs_one_after_another(console: Console):
    running, most = [], []

    def work(_watch: lanes.Watch) -> list[Result]:
        running.append(1)
        most.append(len(running))
        running.pop()
        return []

    lanes.run([lanes.Job("a", f"Job {n}", work) for n in range(5)], console, 1)
    assert most == [1] * 5


@pytest.mark.parametrize("error", [Fault("No disk", "buy one"), ValueError("broken")])
def test_a_job_that_breaks_is_a_failed_test_and_the_others_go_on(console, error):
    def fail(_watch: lanes.Watch) -> list[Result]:
        raise error

    found = lanes.run([lanes.Job("a", "Breaks", fail), job("b", PASSED)], console, 2)
    assert [(result.kind, result.outcome) for result in found] == [("a", FAILED), ("b", PASSED)]
    assert getattr(error, "way_out", "ValueError: broken") in found[0].message


def test_each_job_has_a_line_of_its_own(console: Console):
    lanes.run([job("a", PASSED, FAILED), job("b", SKIPPED)], console, 2)
    lines = console.stream.getvalue().splitlines()
    assert sorted(line.removesuffix(", 0 s").strip() for line in lines) == [
        "Tests of a: 1 passed, 1 failed, 0 skipped",
        "Tests of b: 0 passed, 0 failed, 1 skipped",
    ]


def test_who_breaks_off_leaves_no_process_behind(console: Console, tmp_path, monkeypatch):
    """Ctrl-C reaches the main thread; the programmes of the lanes end, what waits never starts."""
    monkeypatch.setenv("HOTLINE_RUNTIME", str(tmp_path))
    codes, started = [], []

    def sleep(_watch: lanes.Watch) -> list[Result]:
        started.append(1)
        codes.append(process.run(["sleep", "60"], tmp_path / "sleep.log"))
        return []

    def break_off(_watch: lanes.Watch) -> list[Result]:
        while not process._RUNNING:
            time.sleep(0.01)
        raise KeyboardInterrupt

    jobs = [lanes.Job("b", "Breaks off", break_off)]
    jobs += [lanes.Job("a", f"Sleeps {n}", sleep) for n in range(4)]
    with pytest.raises(KeyboardInterrupt):
        lanes.run(jobs, console, 2)
    assert codes
    assert all(codes)
    assert len(started) < 4


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path, console: Console) -> cli.Bench:
    monkeypatch.setenv("HOTLINE_RUNTIME", str(tmp_path))
    monkeypatch.delenv("HOTLINE_SKIP", raising=False)
    return cli.Bench(console)


def outcomes(bench: cli.Bench) -> list[tuple[str, str]]:
    return [(result.name, result.outcome) for result in bench.results]


def test_a_kind_must_run_something_in_one_of_its_jobs(bench: cli.Bench):
    bench.side_by_side([job("a", SKIPPED), job("a", PASSED), job("b", SKIPPED), job("c")], 2)
    failed = [result.kind for result in bench.results if result.outcome == FAILED]
    assert failed == ["b", "c"]


def test_what_the_user_leaves_out_does_not_run(bench: cli.Bench):
    bench.words = {"e2e"}
    work = lanes.Job("e2e", "End to end", lambda _watch: pytest.fail("it ran"))
    bench.side_by_side([work, job("a", PASSED)], 2)
    assert outcomes(bench) == [("a0", PASSED)]
    assert "left out: e2e" in bench.console.stream.getvalue()


def test_every_test_of_an_add_on_is_in_one_run_and_in_one_only(monkeypatch: pytest.MonkeyPatch):
    """The second run is asked for all but what the first one is asked for."""
    asked = {}

    def note(_odoo, database, tags, _words, _watch):
        asked[database] = tags.split(",")
        return []

    monkeypatch.setattr(addons, "_over_a_copy", note)
    addons.run_browser(None, set(), str)
    addons.run_rest(None, set(), str)
    browser, rest = asked[addons.BROWSER_DATABASE], asked[addons.DATABASE]
    assert "/gov_hotline:TestRolesTour" in browser
    assert {tag for tag in rest if not tag.startswith("-")} == {
        f"/{name}" for name in odoo.own_addons()
    }
    assert {tag[1:] for tag in rest if tag.startswith("-")} == set(browser)


@pytest.mark.parametrize(
    ("folder", "jobs"),
    [
        (e2e.FOLDER, [e2e.run_own_clone, e2e.run_mail, e2e.run_phone, e2e.run_systems]),
        (unit.FOLDER, [unit.run_domain, unit.run_rest]),
    ],
)
def test_every_file_is_in_one_job_and_in_one_only(
    folder: str, jobs: list, monkeypatch: pytest.MonkeyPatch, tmp_path
):
    """What each job asks pytest for, files left out again: no test is lost, none runs twice."""
    asked = []

    def note(*arguments, **_more):
        asked.append([word for word in arguments[2] if folder in word])
        return []

    monkeypatch.setattr(unit, "pytest", note)
    monkeypatch.setattr(odoo, "installed", lambda _odoo: ("template", []))
    monkeypatch.setattr(e2e.running, "export", lambda *_words: {})
    bench = SimpleNamespace(
        folder=tmp_path, environment=SimpleNamespace(python="python"),
        databases=SimpleNamespace(exists=lambda _name: True),
    )  # fmt: skip
    monkeypatch.setattr(e2e, "replace", lambda odoo, **_more: odoo)
    for job in jobs:
        job(bench, str) if folder == e2e.FOLDER else job("python", tmp_path, str)
    files = {str(path) for path in Path(folder).rglob("test_*.py")}
    ran = [file for words in asked for file in files if _asks_for(words, file)]
    assert sorted(ran) == sorted(files)


def _asks_for(words: list[str], file: str) -> bool:
    left_out = [word.removeprefix("--ignore=") for word in words if word.startswith("--ignore=")]
    wanted = [word for word in words if not word.startswith("--")]
    return any(map(file.startswith, wanted)) and not any(map(file.startswith, left_out))
