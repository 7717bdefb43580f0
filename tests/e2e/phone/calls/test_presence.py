"""The operator's state and the queue of the PBX: each follows the other."""

from hotline import Desk, Hotline, member, until
from stage import QUEUE, Stage

from runtime import phones

CITIZEN = "79135550101"


def test_the_queue_follows_the_screen(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B6: on the line, a pause with its reason, back, off the line."""
    maria.sign_in()
    assert "paused" not in member(stage)
    reason = maria.phone("look")["reasons"][0]
    maria.ends(maria.phone("pause", reason["id"]))
    assert "paused" in member(stage)
    assert maria.phone("look")["presence"]["words"] == reason["name"]
    maria.ends(maria.phone("resume"))
    assert "paused" not in member(stage)
    maria.is_("ready")
    maria.ends(maria.phone("sign_out"))
    assert not member(stage)
    maria.is_("offline")


def test_the_screen_follows_the_queue(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B6: what is done at the telephone itself, or by the PBX's administrator, is on the screen."""
    maria.sign_in()
    stage.pbx.cli(f"queue pause member PJSIP/101 queue {QUEUE} reason lunch")
    told = maria.hears("presence", state="paused")
    assert told["words"] == "Обед"
    stage.pbx.cli(f"queue unpause member PJSIP/101 queue {QUEUE}")
    maria.is_("ready")
    stage.pbx.cli(f"queue remove member PJSIP/101 from {QUEUE}")
    maria.is_("offline")
    stage.pbx.cli(f"queue add member PJSIP/101 to {QUEUE}")
    maria.is_("ready")


def test_a_card_to_finish_keeps_the_queue_away(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """C2: after a talk no call comes until the operator says so; nobody counts the seconds."""
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    stage.citizen(CITIZEN)
    maria.is_("talking")
    phones.hang_up(stage.pbx, CITIZEN)
    maria.is_("wrap_up")
    until(lambda: "paused" in member(stage), "the queue waits")
    maria.phone("finish_wrap_up")
    until(lambda: "paused" not in member(stage), "the queue rings again")
    maria.is_("ready")
