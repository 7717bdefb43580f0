"""Calls of citizens: from the line to the operator's page and into the database."""

from collections.abc import Iterator

import pytest
from hotline import Desk, Hotline
from stage import Stage

KNOWN, SHARED, UNKNOWN = "79135550101", "79135550202", "79135550303"


def test_a_call_from_the_ring_to_its_end(
    hotline: Hotline, maria: Desk, pavel: Desk, stage: Stage
) -> None:
    """B1: who calls stands before that operator alone; an appeal made in the talk is linked."""
    stage.operator("101", queue=False, after=2)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(KNOWN, seconds=12)
    pop = maria.hears("call_ringing")
    assert [one["name"] for one in pop["people"]] == ["Иванова М."]
    talk = hotline.call(before, phase="talking", operator_id=maria.user)
    opened = maria.do("hotline.call", "action_answer", [talk["id"]])
    assert opened["params"]["call_id"] == talk["id"] == pop["call_id"]
    maria.do("hotline.workplace", "save_call", talk["id"], {"question": "Холодные батареи"})
    maria.do("hotline.call", "action_make_ticket", [talk["id"]])
    over = hotline.call(before, phase="over")
    assert (over["fate"], over["ended_by"], over["direction"]) == ("answered", "citizen", "in")
    assert over["ticket_id"]
    assert over["partner_id"]
    assert over["question"] == "Холодные батареи"
    assert over["talk_seconds"] >= 1
    assert over["started_at"] <= over["answered_at"] < over["ended_at"]
    assert [leg["role"] for leg in hotline.legs(over)] == ["citizen", "operator"]
    assert "call_ringing" not in pavel.names()
    maria.is_("wrap_up")


def test_who_does_not_answer_loses_the_call_to_the_next(
    hotline: Hotline, maria: Desk, pavel: Desk, stage: Stage
) -> None:
    """E9: the pop leaves the first page and comes to the second; the call is the second's."""
    stage.silent("101", queue=False)
    stage.operator("102", queue=False, after=0.5)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(KNOWN)
    rang = maria.hears("call_ringing")
    pavel.sign_in()
    maria.hears("call_ring_over", call_id=rang["call_id"])
    pavel.hears("call_ringing", call_id=rang["call_id"])
    talk = hotline.call(before, phase="talking")
    assert talk["operator_id"] == pavel.user
    pavel.is_("talking")
    maria.is_("ready")


@pytest.fixture
def all_ring(stage: Stage) -> Iterator[None]:
    """A queue that rings all of its telephones at once."""
    file = stage.pbx.home / "etc/queues.conf"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("strategy = rrmemory", "strategy = ringall"), encoding="utf-8")
    stage.pbx.cli("queue reload parameters")
    assert "'ringall' strategy" in stage.pbx.cli("queue show hotline")
    yield
    file.write_text(before, encoding="utf-8")
    stage.pbx.cli("queue reload parameters")


def test_all_telephones_of_a_queue_ring(
    hotline: Hotline, maria: Desk, pavel: Desk, stage: Stage, all_ring: None
) -> None:
    """E9: each of them has its pop; it goes from the page of who was not quick enough."""
    stage.silent("101", queue=False)
    stage.operator("102", queue=False, after=2)
    maria.sign_in()
    pavel.sign_in()
    before = hotline.last_call()
    stage.citizen(KNOWN, seconds=12)
    rang = maria.hears("call_ringing")
    pavel.hears("call_ringing", call_id=rang["call_id"])
    maria.do("hotline.call", "action_answer", [rang["call_id"]])
    maria.hears("call_ring_over", call_id=rang["call_id"])
    talk = hotline.call(before, phase="talking")
    assert talk["operator_id"] == pavel.user
    pavel.do("hotline.call", "action_answer", [talk["id"]])
    maria.is_("ready")
    over = hotline.call(before, phase="over")
    assert [leg["role"] for leg in hotline.legs(over)] == ["citizen", "operator", "operator"]
    pavel.is_("wrap_up")
    assert pavel.phone("look")["presence"]["state"] == "wrap_up"


def test_who_gives_up_is_written_down(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B6: nobody could dispose of this call: the system closes it with «Не дождался»."""
    stage.silent("101", queue=False)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(KNOWN, seconds=5)
    rang = maria.hears("call_ringing")
    over = hotline.call(before, phase="over")
    maria.hears("call_ring_over", call_id=rang["call_id"])
    assert (over["fate"], over["state"], over["answered_at"]) == ("abandoned", "closed", None)
    assert hotline.disposition(over) == "Не дождался"
    assert over["wait_seconds"] >= 1
    maria.is_("ready")


def test_an_unknown_caller_has_a_number_and_no_name(
    hotline: Hotline, maria: Desk, stage: Stage
) -> None:
    stage.operator("101", queue=False, after=0.5)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(UNKNOWN)
    pop = maria.hears("call_ringing")
    assert (pop["people"], pop["kind"]) == ([], "number")
    assert "555-03-03" in pop["phone"]
    talk = hotline.call(before, phase="talking")
    assert (talk["phone"], talk["partner_id"]) == (f"+{UNKNOWN}", None)


def test_of_two_on_a_number_the_operator_chooses(
    hotline: Hotline, maria: Desk, stage: Stage
) -> None:
    stage.operator("101", queue=False, after=0.5)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(SHARED, seconds=10)
    pop = maria.hears("call_ringing")
    assert {one["name"] for one in pop["people"]} == {"Петров И.", "Петрова А."}
    talk = hotline.call(before, phase="talking")
    assert talk["partner_id"] is None
    anna = next(one["id"] for one in pop["people"] if one["name"] == "Петрова А.")
    maria.do("hotline.call", "action_answer", [talk["id"]], anna)
    assert hotline.call(before, phase="over")["partner_id"] == anna
