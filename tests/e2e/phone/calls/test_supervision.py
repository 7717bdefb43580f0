"""The supervisor helps in a talk, by clicks in «Операторы»: who hears whom, and what is noted.

The supervisor speaks by the browser (its false microphone beeps once a second); the operator's
telephone and the citizen's note what they hear.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from handset import Handset
from hotline import Desk, Hotline, until
from pages import EAR, Page, Pages

from runtime.pbx import Pbx

CITIZEN = "+79135550101"
BAR = ".o_hotline_softphone_bar"
READY = ".o_hotline_softphone_lamp[title='Телефон в браузере готов.']"
BEEPS = 2.5  # seconds in which the false microphone has beeped twice


@pytest.fixture
def page(browsers: Pages, hotline: Hotline, olga: Desk, patient: None) -> Page:
    """The supervisor's list of operators; she is not on the line, her browser is a telephone."""
    hotline.leads_to("wss")
    page = browsers["olga"]
    page.goes("/odoo/hotline-operators")
    page.run(EAR)
    page.sees(READY)
    olga.is_("offline")
    return page


@pytest.fixture
def telephone(maria: Desk, pbx: Pbx) -> Iterator[Handset]:
    """The operator's desk telephone."""
    with Handset(pbx, "101") as made:
        yield made


@pytest.fixture
def citizen(pbx: Pbx) -> Iterator[Handset]:
    """The citizen's telephone in the city."""
    with Handset(pbx) as made:
        yield made


@pytest.fixture
def talk(hotline: Hotline, maria: Desk, telephone: Handset, citizen: Handset) -> dict[str, Any]:
    """The operator has called a citizen; both are silent."""
    before = hotline.last_call()
    maria.sign_in()
    maria.phone("dial", CITIZEN, False)
    telephone.lift()
    citizen.lift()
    return hotline.call(before, phase="talking")


def noted(hotline: Hotline, talk: dict[str, Any]) -> list[str]:
    """What the journal has of supervision in this talk."""
    sql = (
        "SELECT event FROM hotline_journal WHERE model = 'hotline.call' AND res_ref = :'id'::int "
        "AND event IN ('call_listened', 'call_prompted', 'call_joined') ORDER BY id"
    )
    return [row["event"] for row in hotline.rows(sql, id=talk["id"])]


def test_the_supervisor_listens_prompts_and_joins(
    hotline: Hotline,
    page: Page,
    olga: Desk,
    talk: dict[str, Any],
    telephone: Handset,
    citizen: Handset,
) -> None:
    """E9: heard by nobody, by the operator alone, by both; each is noted; the talk goes on."""
    page.clicks("button[name=action_listen]")
    page.clicks(f"{BAR} [name=softphone_answer]")
    until(lambda: spies(hotline) == ["listen"], "the supervisor listens")
    assert "PJSIP/110" not in hotline.pbx.cli("queue show hotline")
    citizen.speaks = True
    until(page.heard, "the citizen is heard by the supervisor")
    citizen.speaks = False
    time.sleep(1.5)  # what is on its way
    heard = hush(telephone, citizen)
    time.sleep(BEEPS)
    assert heard() == (False, False)
    page.clicks("button[name=action_whisper]")
    until(lambda: spies(hotline) == ["whisper"], "the same telephone prompts")
    until(telephone.hears, "the operator hears the supervisor")
    assert not citizen.hears()
    page.clicks("button[name=action_barge]")
    until(lambda: spies(hotline) == ["barge"], "the same telephone joins")
    heard = hush(telephone, citizen)
    until(lambda: heard() == (True, True), "both hear the supervisor")
    assert noted(hotline, talk) == ["call_listened", "call_prompted", "call_joined"]
    page.clicks(f"{BAR} [name=softphone_hang_up]")
    page.lacks(BAR)
    until(lambda: not spies(hotline), "nobody listens any more")
    assert hotline.call(talk["id"] - 1)["phase"] == "talking"
    heard = hush(telephone, citizen)
    time.sleep(BEEPS)
    assert heard() == (False, False)
    seen = (
        "SELECT DISTINCT user_ref FROM hotline_sight "
        "WHERE model = 'hotline.call' AND kind = 'listened' AND res_ref = :'id'::int"
    )
    assert hotline.row(seen, id=talk["id"])["user_ref"] == olga.user
    assert not page.errors


def hush(telephone: Handset, citizen: Handset) -> Any:
    """Begin anew; return what says whether the operator and the citizen have heard anything."""
    telephone.hush()
    citizen.hush()
    return lambda: (telephone.hears(), citizen.hears())


def spies(hotline: Hotline) -> list[str]:
    """In which way telephones listen in now."""
    lines = hotline.pbx.cli("core show channels concise").splitlines()
    found = [line.split("!") for line in lines]
    return [words[2] for words in found if words[1:2] == ["hotline-spy"]]
