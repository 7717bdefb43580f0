"""The telephone in the browser against the real PBX: registered, answered, hung up, heard."""

from pathlib import Path

import pytest
from handset import Handset
from hotline import Desk, Hotline, until
from pages import Page, Pages
from stage import Stage

KNOWN = "79135550101"
POP, STRIP = ".o_hotline_ringing", ".o_hotline_strip"
WORDS = f"{STRIP} .o_hotline_strip_words"
BAR = ".o_hotline_softphone_bar"
LAMP = ".o_hotline_softphone_lamp"
READY = f"{LAMP}[title='Телефон в браузере готов.']"


@pytest.fixture
def page(browsers: Pages, olga: Desk, patient: None) -> Page:
    """Her page; she comes on the line on it, with the telephone of the browser."""
    page = browsers["olga"]
    page.goes("/odoo")
    page.clicks("[name=phone_state]")
    page.clicks(".o_hotline_extension", "110")
    page.sees("[name=phone_state]", "На линии")
    page.sees(READY)
    return page


def test_a_call_is_answered_and_ended_in_the_browser(
    hotline: Hotline, page: Page, stage: Stage
) -> None:
    """E9: «Ответить» takes the call, speech comes to the PBX, «Завершить» ends it."""
    before = hotline.last_call()
    stage.citizen(KNOWN)
    page.sees(f"{POP} .o_hotline_who", "Иванова М.")
    page.clicks(f"{POP} [name=softphone_answer]")
    page.sees(WORDS, "Разговор")
    talk = hotline.call(before, phase="talking", operator_id=page.desk.user)
    [leg] = [leg for leg in hotline.legs(talk) if leg["role"] == "operator"]
    assert leg["interface"] == "PJSIP/110"
    until(lambda: spoken(stage, "110"), "speech from the browser")
    page.clicks(f"{STRIP} [name=microphone]")
    page.sees(f"{STRIP} [name=microphone]", "Микрофон выключен")
    page.clicks(f"{STRIP} [name=hangup]")
    page.sees(WORDS, "Разговор окончен")
    over = hotline.call(before, phase="over")
    assert (over["fate"], over["ended_by"]) == ("answered", "operator")
    page.sees(READY)
    assert not page.errors


def test_the_supervisor_listens_by_the_browser(
    hotline: Hotline, page: Page, maria: Desk, olga: Desk, stage: Stage, speech: Path
) -> None:
    """E9: the ring is no citizen's call of this page: a bar takes it; the talk goes on.

    The citizen speaks: in complete silence ChanSpy heeds a hang-up with the next sound only.
    """
    olga.ends(olga.phone("pause", olga.phone("look")["reasons"][0]["id"]))
    page.sees("[name=phone_state]", "Перерыв")
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(KNOWN, speech=speech)
    with Handset(stage.pbx, "101") as handset:
        handset.lift()
        talk = hotline.call(before, phase="talking")
        asked = olga.phone("listen", talk["id"])
        page.clicks(f"{BAR} [name=softphone_answer]")
        assert olga.ends(asked)["state"] == "done"
        until(lambda: "hotline-spy!listen!" in channels(stage), "the supervisor listens")
        page.clicks(f"{BAR} [name=softphone_hang_up]")
        page.lacks(BAR)
        until(lambda: "hotline-spy" not in channels(stage), "nobody listens any more")


def channels(stage: Stage) -> str:
    """The channels of the PBX, a line each."""
    return stage.pbx.cli("core show channels concise")


def spoken(stage: Stage, number: str) -> bool:
    """Say whether speech has come from this telephone."""
    lines = stage.pbx.cli("pjsip show channelstats").splitlines()
    row = next((line.split() for line in lines if f" {number}-" in line), [])
    return len(row) > 4 and int(row[4]) > 0
