"""Hold and both transfers, by the acts of the screen."""

from typing import Any

import pytest
from hotline import Desk, Hotline, Refused, until
from stage import Stage

CITIZEN = "79135550101"


@pytest.fixture
def talk(hotline: Hotline, maria: Desk, stage: Stage) -> dict[str, Any]:
    """A citizen talks with the operator; the expert's telephone would be taken."""
    stage.operator("101", queue=False, after=0.3)
    stage.operator("103", queue=False, after=0.5)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(CITIZEN)
    return hotline.call(before, phase="talking")


def expert(maria: Desk, talk: dict[str, Any]) -> str:
    """Return the key of the expert among those who may get the call."""
    found = maria.phone("targets", talk["id"], "expert")
    [key] = [one["key"] for one in found if one["phone"] == "103"]
    return key


def talks_with(hotline: Hotline, talk: dict[str, Any], interface: str) -> bool:
    """Say whether this telephone is in the call."""
    return any(
        leg["interface"] == interface and leg["answered_at"] and not leg["ended_at"]
        for leg in hotline.legs(talk)
    )


def test_a_blind_transfer(hotline: Hotline, maria: Desk, talk: dict[str, Any]) -> None:
    """B6: the citizen talks with the expert, the operator is free, the cause is kept."""
    to = expert(maria, talk)
    with pytest.raises(Refused):
        maria.phone("transfer", talk["id"], to, "blind", "")
    told = maria.ends(maria.phone("transfer", talk["id"], to, "blind", "competence"))
    assert told["words"] == "Звонок переведён."
    until(lambda: talks_with(hotline, talk, "PJSIP/103"), "the expert takes the call")
    until(lambda: not talks_with(hotline, talk, "PJSIP/101"), "the operator is out")
    moved = hotline.transfer(talk)
    assert (moved["kind"], moved["result"], moved["cause"]) == ("blind", "done", "competence")
    maria.is_("ready")  # whoever handed the call over has no card to finish


def test_an_attended_transfer(hotline: Hotline, maria: Desk, talk: dict[str, Any]) -> None:
    """B6: first a word with the expert, then the citizen stays with him: one call all the time."""
    to = expert(maria, talk)
    asked = maria.phone("transfer", talk["id"], to, "attended", "needs_decision")
    assert maria.ends(asked)["state"] == "done"
    until(
        lambda: "complete" in (maria.phone("look")["call"] or {"may": []})["may"],
        "the expert talks with the operator",
    )
    assert maria.ends(maria.phone("complete", talk["id"]))["state"] == "done"
    until(lambda: not talks_with(hotline, talk, "PJSIP/101"), "the operator is out")
    assert talks_with(hotline, talk, "PJSIP/103")
    moved = hotline.transfer(talk)
    assert (moved["kind"], moved["result"]) == ("attended", "done")
    assert hotline.rows("SELECT id FROM hotline_call WHERE id > :'id'::int", id=talk["id"]) == []


def bridges(hotline: Hotline) -> set[str]:
    """The bridges in which telephones are now."""
    channels = hotline.pbx.cli("core show channels concise").splitlines()
    return {line.split("!")[-2] for line in channels if line.startswith("PJSIP/")}


def test_all_three_talk(hotline: Hotline, maria: Desk, talk: dict[str, Any]) -> None:
    """B6: from the word with the expert into one talk of three, which the operator may leave."""
    to = expert(maria, talk)
    maria.ends(maria.phone("transfer", talk["id"], to, "attended", "needs_decision"))
    until(
        lambda: "conference" in (maria.phone("look")["call"] or {"may": []})["may"],
        "the expert talks with the operator",
    )
    assert maria.ends(maria.phone("conference", talk["id"]))["state"] == "done"
    until(lambda: len(bridges(hotline)) == 1, "all three are in one bridge")
    hotline.call(talk["id"] - 1, phase="talking")
    assert maria.ends(maria.phone("complete", talk["id"]))["state"] == "done"
    until(lambda: not talks_with(hotline, talk, "PJSIP/101"), "the operator is out")
    assert talks_with(hotline, talk, "PJSIP/103")


def test_a_consultation_is_taken_back(hotline: Hotline, maria: Desk, talk: dict[str, Any]) -> None:
    to = expert(maria, talk)
    maria.ends(maria.phone("transfer", talk["id"], to, "attended", "needs_decision"))
    until(lambda: talks_with(hotline, talk, "PJSIP/103"), "the expert answers")
    assert maria.ends(maria.phone("cancel", talk["id"]))["state"] == "done"
    until(lambda: not talks_with(hotline, talk, "PJSIP/103"), "the expert is out")
    assert talks_with(hotline, talk, "PJSIP/101")
    assert hotline.transfer(talk)["result"] == "cancelled"


def test_hold_and_back(hotline: Hotline, maria: Desk, talk: dict[str, Any]) -> None:
    """B6: music for the citizen, then both talk again; how long is kept."""
    before = talk["id"] - 1
    assert maria.ends(maria.phone("hold", talk["id"]))["state"] == "done"
    hotline.call(before, phase="held")
    assert maria.ends(maria.phone("unhold", talk["id"]))["state"] == "done"
    hotline.call(before, phase="talking")
    maria.ends(maria.phone("hangup", talk["id"]))
    over = hotline.call(before, phase="over")
    assert (over["fate"], over["ended_by"]) == ("answered", "operator")
