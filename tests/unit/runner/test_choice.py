"""What may be left out, and that a missing browser is never left out silently."""

import pytest

from runtime.faults import Fault
from runtime.testing import addons, choice
from runtime.testing.results import FAILED, SKIPPED, Result


def test_words_are_read():
    assert choice.skipped({}) == set()
    assert choice.skipped({"HOTLINE_SKIP": "browser, lint"}) == {"browser", "lint"}


def test_an_unknown_word_is_refused():
    with pytest.raises(Fault, match="browsers"):
        choice.skipped({"HOTLINE_SKIP": "browsers"})


def test_a_missing_browser_stops_the_run_and_names_the_way_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choice, "browser", lambda: None)
    with pytest.raises(Fault, match="No browser") as caught:
        choice.need_browser(set())
    assert "HOTLINE_SKIP=browser" in caught.value.way_out
    choice.need_browser({"browser"})


@pytest.mark.parametrize("reason", ["Chrome executable not found", "websocket-client module is"])
def test_a_test_skipped_for_want_of_a_browser_has_failed(reason: str, tmp_path):
    skipped = Result("add-ons", "x.tests.test_a.TestA.test_tour", SKIPPED, message=reason)
    assert addons.judge(skipped, set(), tmp_path).outcome == FAILED
    assert addons.judge(skipped, {"browser"}, tmp_path).outcome == SKIPPED


def test_other_skips_stay_what_they_are(tmp_path):
    skipped = Result("add-ons", "x.tests.test_a.TestA.test_x", SKIPPED, message="not on Tuesdays")
    assert addons.judge(skipped, set(), tmp_path).outcome == SKIPPED
