"""Steps run once; what was interrupted runs again; files are whole or not there."""

import io

import pytest

from runtime import cache, steps
from runtime.console import Console
from runtime.steps import Step


def perform(*todo):
    """Run the steps; what was printed."""
    stream = io.StringIO()
    steps.perform(todo, Console(len(todo), stream))
    return stream.getvalue()


def test_a_step_runs_once_per_key():
    done = []
    step = Step("one", "Step one", "a", lambda _console: done.append(1))
    assert "[1/1] Step one: done" in perform(step)
    assert perform(step) == ""
    perform(Step("one", "Step one", "b", lambda _console: done.append(2)))
    assert done == [1, 2]


def test_an_interrupted_step_runs_again():
    def interrupted(_console):
        raise KeyboardInterrupt

    done = []
    perform(Step("one", "Step one", "a", lambda _console: done.append(1)))
    with pytest.raises(KeyboardInterrupt):
        perform(Step("one", "Step one", "b", interrupted))
    assert Step("one", "Step one", "a", interrupted).pending()
    perform(Step("one", "Step one", "b", lambda _console: done.append(2)))
    assert done == [1, 2]


def test_a_step_whose_result_was_removed_runs_again(tmp_path):
    result = tmp_path / "result"
    step = Step("one", "Step one", "a", lambda _console: result.touch(), result)
    perform(step)
    assert not step.pending()
    result.unlink()
    assert step.pending()


def test_a_step_without_a_key_always_runs():
    step = Step("one", "Step one", None, lambda _console: None)
    perform(step)
    assert step.pending()


def test_progress_shows_only_after_two_seconds(monkeypatch):
    from threading import Event

    from runtime import console

    monkeypatch.setattr(console, "QUIET", 0)
    shown = Event()

    class Stream(io.StringIO):
        def write(self, text):
            if "…" in text:
                shown.set()
            return super().write(text)

    stream = Stream()
    with Console(3, stream).step("Long work"):
        assert shown.wait(10)
    assert "[1/3] Long work … 0 s" in stream.getvalue()
    monkeypatch.setattr(console, "QUIET", 60)
    assert "…" not in perform(Step("quick", "Quick", None, lambda _console: None))


def test_the_key_depends_on_names_and_contents(tmp_path):
    path = tmp_path / "file"
    path.write_text("a")
    before = steps.key("x", path)
    path.write_text("b")
    assert steps.key("x", path) != before
    assert steps.key("ab", "c") != steps.key("a", "bc")


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "file"
    steps.write_atomic(path, "old")
    with pytest.raises(TypeError):
        steps.write_atomic(path, None)
    assert path.read_text() == "old"


def test_a_secret_file_is_readable_by_its_owner_only(tmp_path):
    steps.write_atomic(tmp_path / "conf", "x", 0o600)
    assert (tmp_path / "conf").stat().st_mode & 0o777 == 0o600


def test_the_cache_gives_a_set_back(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    target.mkdir()
    (source / "a.whl").write_text("content")
    assert not cache.get_set("set", target)
    cache.put_set("set", source)
    assert cache.get_set("set", target)
    assert (target / "a.whl").read_text() == "content"


def test_a_damaged_file_of_the_cache_does_not_count(tmp_path):
    source = tmp_path / "a.deb"
    source.write_text("content")
    sha256 = cache.put(source)
    assert cache.get(sha256, tmp_path / "copy")
    next((tmp_path / "cache").rglob(sha256)).write_text("rotten")
    assert not cache.get(sha256, tmp_path / "copy")
    assert cache.put(source) == sha256
    assert cache.get(sha256, tmp_path / "copy")
