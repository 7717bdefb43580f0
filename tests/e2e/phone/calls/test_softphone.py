"""The telephone in the browser against the real PBX: registered, answered, hung up, heard."""

from pathlib import Path

import pytest
from hotline import Desk, Hotline, until
from pages import Page, Pages
from stage import Stage

KNOWN = "79135550101"
POP, STRIP = ".o_hotline_ringing", ".o_hotline_strip"
WORDS = f"{STRIP} .o_hotline_strip_words"
LAMP = ".o_hotline_softphone_lamp"
READY = f"{LAMP}[title='Телефон в браузере готов.']"


@pytest.fixture
def way() -> str:
    """How the browser reaches the PBX: by its own TLS, or plainly, as a proxy does."""
    return "wss"


@pytest.fixture
def page(hotline: Hotline, browsers: Pages, olga: Desk, patient: None, way: str) -> Page:
    """Her page; she comes on the line on it, with the telephone of the browser."""
    hotline.leads_to(way)
    page = browsers["olga"]
    page.goes("/odoo")
    page.sees(READY)  # a supervisor's is, off the line too
    page.comes_on_line("110")
    page.sees(READY)
    return page


@pytest.mark.parametrize("way", ["wss", "ws"])
def test_a_call_is_answered_and_ended_in_the_browser(
    hotline: Hotline, page: Page, stage: Stage, speech: Path
) -> None:
    """E9: «Ответить» takes the call, both hear each other, «Завершить» ends it."""
    before = hotline.last_call()
    stage.citizen(KNOWN, speech=speech)
    page.sees(f"{POP} .o_hotline_who", "Иванова М.")
    page.clicks(f"{POP} [name=softphone_answer]")
    page.sees(WORDS, "Разговор")
    talk = hotline.call(before, phase="talking", operator_id=page.desk.user)
    [leg] = [leg for leg in hotline.legs(talk) if leg["role"] == "operator"]
    assert leg["interface"] == "PJSIP/110"
    until(lambda: spoken(stage, "110"), "speech from the browser")
    until(page.heard, "the citizen's speech in the browser")
    page.clicks(f"{STRIP} [name=microphone]")
    page.sees(f"{STRIP} [name=microphone]", "Микрофон выключен")
    page.clicks(f"{STRIP} [name=hangup]")
    page.sees(WORDS, "Разговор окончен")
    over = hotline.call(before, phase="over")
    assert (over["fate"], over["ended_by"]) == ("answered", "operator")
    page.sees(READY)
    assert not page.errors


def spoken(stage: Stage, number: str) -> bool:
    """Say whether speech has come from this telephone."""
    lines = stage.pbx.cli("pjsip show channelstats").splitlines()
    row = next((line.split() for line in lines if f" {number}-" in line), [])
    return len(row) > 4 and int(row[4]) > 0
