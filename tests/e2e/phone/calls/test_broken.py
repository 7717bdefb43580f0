"""What ends in mid-call: the connector, the PBX. Nothing is doubled, nothing stays open."""

import time

from hotline import Desk, Hotline, member, until
from stage import Stage

from runtime import phones

CITIZEN = "79135550101"


def talk(hotline: Hotline, maria: Desk, stage: Stage) -> dict:
    """A citizen talks with the operator."""
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(CITIZEN)
    joined = "SELECT id FROM hotline_call WHERE id > :'before'::int AND answered_at IS NOT NULL"
    until(lambda: hotline.row(joined, before=before), "both are in the talk")
    return hotline.call(before, phase="talking")


def is_answered(hotline: Hotline, stage: Stage) -> None:
    """A citizen calls and is answered; he stays until that was seen."""
    before = hotline.last_call()
    stage.operator("101", queue=False, after=0.3)
    stage.citizen(CITIZEN)
    hotline.call(before, phase="talking")
    phones.hang_up(stage.pbx, CITIZEN)
    assert hotline.call(before, phase="over")["fate"] == "answered"


def test_a_connector_killed_in_mid_call(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B1: the talk goes on, the next connector takes it over, its end is written once."""
    now = talk(hotline, maria, stage)
    hotline.kill(hotline.connectors[0])
    hotline.serves(hotline.connect())
    assert hotline.call(now["id"] - 1, phase="talking")["operator_id"] == maria.user
    phones.hang_up(stage.pbx, CITIZEN)
    over = hotline.call(now["id"] - 1, phase="over")
    assert (over["fate"], over["answered_at"]) == ("answered", now["answered_at"])
    assert [leg["role"] for leg in hotline.legs(over)] == ["citizen", "operator"]
    assert hotline.open() == []


def test_a_call_that_ended_unseen(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B1: nobody saw the end: the call is closed, and the time nobody knows of is marked."""
    now = talk(hotline, maria, stage)
    hotline.kill(hotline.connectors[0])
    phones.hang_up(stage.pbx, CITIZEN)
    hotline.serves(hotline.connect())
    over = hotline.call(now["id"] - 1, phase="over")
    assert over["unknown_from"]
    assert over["unknown_until"]
    assert hotline.open() == []
    maria.is_("wrap_up")


def test_a_second_connector_takes_over(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B1: one serves, the other waits; a command goes out once."""
    first = hotline.connectors[0]
    second = hotline.connect()
    waits = (
        "SELECT 1 AS waits FROM pg_stat_activity "
        "WHERE datname = current_database() AND query LIKE '%pg_try_advisory_lock%'"
    )
    until(lambda: hotline.rows(waits), "the second one tries")
    hotline.serves(first)
    hotline.kill(first)
    hotline.serves(second)
    talk(hotline, maria, stage)
    phones.hang_up(stage.pbx, CITIZEN)
    hotline.quiet()


def test_a_pbx_that_restarts_in_mid_call(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B1: the call is over, the screen says what is so, afterwards calls come as before."""
    now = talk(hotline, maria, stage)
    stage.pbx.kill()
    hotline.offline()
    assert maria.phone("look")["pbx"]["online"] is False
    stage.pbx.start()
    hotline.serves(hotline.connectors[0])
    over = hotline.call(now["id"] - 1, phase="over")
    assert over["ended_at"]
    assert hotline.open() == []
    # C2: the restarted queue may have forgotten the pause of the wrap-up: it is set again.
    maria.is_("wrap_up")
    until(lambda: "paused:wrap_up" in member(stage), "the queue stays away from the card")
    assert maria.phone("look")["presence"]["state"] == "wrap_up"
    maria.phone("finish_wrap_up")
    is_answered(hotline, stage)


def test_the_queue_of_a_killed_pbx(
    hotline: Hotline, maria: Desk, pavel: Desk, stage: Stage
) -> None:
    """B6: who came on the line a moment before is in the queue again, who left meanwhile is not."""
    pavel.sign_in()
    time.sleep(1.5)  # the PBX writes members down once a second
    maria.sign_in()
    stage.pbx.kill()
    hotline.offline()
    pavel.phone("sign_out")
    stage.pbx.start()
    hotline.serves(hotline.connectors[0])
    until(lambda: member(stage, "101"), "the one on the line is in the queue")
    until(lambda: not member(stage, "102"), "the one who left is not")
    hotline.quiet()
    maria.is_("ready")
    pavel.is_("offline")
    is_answered(hotline, stage)
