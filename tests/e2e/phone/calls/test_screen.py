"""What an operator sees and does on the page itself, in a real Chromium; the real PBX rings."""

from collections.abc import Iterator
from typing import Any

import pytest
from handset import Handset
from hotline import Desk, Hotline, until
from pages import CTRL_ALT, Page, Pages
from stage import Stage

from runtime import phones
from runtime.pbx import Pbx

KNOWN, UNKNOWN = "79135550101", "79135550303"
POP, STRIP = ".o_hotline_ringing", ".o_hotline_strip"
WORDS = f"{STRIP} .o_hotline_strip_words"


@pytest.fixture
def page(browsers: Pages, hotline: Hotline, maria: Desk, patient: None) -> Page:
    """The page of the operator of telephone 101, while she is on the line."""
    page = browsers["maria"]
    hotline.put_away()
    page.goes("/odoo")
    maria.sign_in()
    page.sees("[name=phone_state]", "На линии")
    return page


@pytest.fixture
def handset(maria: Desk, pbx: Pbx) -> Iterator[Handset]:
    """Her desk telephone."""
    with Handset(pbx, "101") as made:
        yield made


def rings(page: Page, stage: Stage, number: str = KNOWN) -> None:
    """A citizen calls and stands on the page."""
    stage.citizen(number)
    page.sees(POP)


def test_an_appeal_registered_while_the_citizen_talks(
    hotline: Hotline, page: Page, handset: Handset, stage: Stage
) -> None:
    """E9, B1: who calls, one key, «Рабочее место»: the appeal is of this call; its disposition."""
    before = hotline.last_call()
    rings(page, stage)
    page.sees(f"{POP} .o_hotline_who", "Иванова М.")
    page.press("Enter")
    page.sees(".o_hotline_workplace", "Иванова")
    page.lacks(POP)
    handset.lift()
    page.sees(WORDS, "Разговор")
    page.sees("[name=phone_state]", "Разговаривает")
    page.clicks("label[for=hotline_group_appeal]")
    page.sees(".o_hotline_missing li")
    page.types(".o_hotline_topic input", "отопл")
    page.clicks(".o_hotline_topic_menu a", "Коммунальное хозяйство")
    page.types("textarea[name=question]", "Третий день холодные батареи. Прошу дать отопление.")
    page.lacks(".o_hotline_missing li.text-danger")
    page.clicks("button[name=register]:enabled")
    number = page.sees(".modal .o_hotline_big[data-name=number]").strip()
    page.sees(WORDS, "Разговор")
    [case] = hotline.rows(
        "SELECT id, number, state FROM helpdesk_ticket WHERE number = :'number'", number=number
    )
    talk = hotline.call(before, phase="talking")
    assert (talk["ticket_id"], talk["operator_id"]) == (case["id"], page.desk.user)
    assert case["state"] != "draft"
    page.clicks(f"{STRIP} [name=hangup]")
    page.sees(WORDS, "Разговор окончен")
    page.clicks(".modal button[name=close_registered]")
    page.sees(".o_hotline_idle")
    over = hotline.call(before, phase="over", state="closed")
    assert (over["fate"], over["ended_by"], over["group"]) == ("answered", "operator", "appeal")
    assert hotline.disposition(over)
    page.sees("[name=phone_state]", "На линии")
    linked_by_one_key(hotline, page, handset, stage, case)
    assert not page.errors


def linked_by_one_key(
    hotline: Hotline, page: Page, handset: Handset, stage: Stage, case: dict[str, Any]
) -> None:
    """B1: she calls again: the key in the pop, her appeal is offered, Enter; the strip says it."""
    before = hotline.last_call()
    rings(page, stage)
    page.press("f", CTRL_ALT)
    page.sees(".o_hotline_link_row", case["number"])
    page.press("Enter")
    page.lacks(".o_hotline_link_row")
    assert hotline.call(before)["ticket_id"] == case["id"]
    handset.lift()
    page.sees(STRIP, case["number"])
    page.press("f", CTRL_ALT)
    page.types("input[name=case]", case["number"])
    page.sees(".o_hotline_link_row", case["number"])
    page.clicks(".modal button", "Отмена")


def test_all_three_talk(hotline: Hotline, page: Page, handset: Handset, stage: Stage) -> None:
    """E9, B6: by clicks: a word with the expert, all three hear each other, the two go on."""
    before = hotline.last_call()
    rings(page, stage)
    page.press("Enter")
    page.lacks(POP)
    with Handset(stage.pbx, "103") as expert:
        handset.lift()
        page.sees(WORDS, "Разговор")
        page.clicks(f"{STRIP} [name=transfer]")
        page.clicks(".o_hotline_target_row", "103")
        page.clicks("input[name=cause][value=needs_decision]")
        page.clicks("button[name=transfer_attended]")
        page.sees(f"{STRIP} .o_hotline_consult", "Вызываем: expert")
        expert.lift()
        page.sees(f"{STRIP} .o_hotline_consult", "Вы говорите")
        page.clicks(f"{STRIP} [name=conference]")
        page.sees(".o_notification", "Все трое слышат")
        until(lambda: len(bridges(stage)) == 1, "all three are in one bridge")
        handset.speaks = True
        until(expert.hears, "the expert hears the operator")
        page.sees(f"{STRIP} .o_hotline_consult", "Говорите втроём")
        page.sees(WORDS, "Разговор")
        page.clicks(f"{STRIP} [name=hangup]")
        page.lacks(STRIP)
        page.sees("[name=phone_state]", "На линии")
        talk = hotline.call(before, phase="talking")
        until(lambda: hotline.transfer(talk)["result"] == "done", "the citizen is handed on")
        assert len(bridges(stage)) == 1, "the two talk on"
    assert not page.errors


def bridges(stage: Stage) -> set[str]:
    """The bridges in which telephones are now."""
    lines = stage.pbx.cli("core show channels concise").splitlines()
    return {line.split("!")[-2] for line in lines if line.startswith("PJSIP/")}


def test_an_unknown_caller_who_is_cut_off(
    hotline: Hotline, page: Page, handset: Handset, stage: Stage
) -> None:
    """E9: a number and no name, the form has it; the line breaks, the draft stays, call back."""
    page.goes("/odoo/hotline-workplace")
    before = hotline.last_call()
    rings(page, stage, UNKNOWN)
    page.sees(f"{POP} .o_hotline_who", "555-03-03")
    page.press("Enter")
    page.lacks(POP)
    handset.lift()
    page.sees(WORDS, "Разговор")
    assert "5550303" in digits(page.sees_field(".o_hotline_caller input[name=phone]", "03"))
    page.types("textarea[name=question]", "Нет воды второй день")
    phones.hang_up(stage.pbx, UNKNOWN)
    page.sees(WORDS, "Связь прервалась")
    page.sees(f"{STRIP} [name=call_again]")
    assert page.sees_field("textarea[name=question]") == "Нет воды второй день"
    over = hotline.call(before, phase="over", question="Нет воды второй день")
    assert over["partner_id"] is None
    assert not page.errors


def digits(text: str) -> str:
    """The digits of a number as it is shown."""
    return "".join(filter(str.isdecimal, text))
