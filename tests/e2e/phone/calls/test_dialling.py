"""Click-to-call: the operator's telephone first, then the city; every failure has its words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hotline import Desk, Hotline, Refused
from stage import Stage

from runtime import phones

CITIZEN = "+79135550101"
OUT_OF_ORDER = 502
OWN = {
    "busy": "Ваш телефон занят.",
    "no_answer": "Ваш телефон звонил, трубку никто не снял.",
    "rejected": "Ваш телефон отклонил звонок.",
    "offline": "Ваш телефон не в сети: проверьте, включён ли он.",
}
CITY = {
    "busy": "Номер занят.",
    "no_answer": "Никто не отвечает.",
    "rejected": "Звонок отклонён.",
    "offline": "Номер недоступен.",
}


def test_a_click_calls_the_citizen(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    """B2: one call, from the click to its end, with a disposition like any other."""
    stage.operator("101", queue=False, after=0.5)
    stage.city(after=0.5, talk=2)
    before = hotline.last_call()
    dialled = maria.phone("dial", CITIZEN)
    assert maria.ends(dialled)["state"] == "done"
    over = hotline.call(before, phase="over")
    assert (over["id"], over["direction"]) == (dialled["call_id"], "out")
    assert (over["fate"], over["state"]) == ("answered", "open")
    assert over["operator_id"] == maria.user
    assert over["talk_seconds"] >= 1
    assert {leg["role"] for leg in hotline.legs(over)} == {"operator", "citizen"}
    with pytest.raises(Refused):
        maria.do("hotline.workplace", "close_call", over["id"], {})


def test_a_double_click_makes_one_call(hotline: Hotline, maria: Desk, stage: Stage) -> None:
    stage.operator("101", queue=False, after=2)  # both clicks come before it is taken
    stage.city(after=0.5, talk=1)
    before = hotline.last_call()
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _click: maria.phone("dial", CITIZEN), range(2))
    assert one["command_id"] == other["command_id"]
    assert hotline.call(before, phase="over")["fate"] == "answered"


@pytest.mark.parametrize("failure", ["busy", "rejected", "no_answer", "offline"])
def test_the_own_telephone_does_not_answer(
    hotline: Hotline, maria: Desk, stage: Stage, failure: str
) -> None:
    """B2: the operator reads why, the call is closed and nothing goes to the city."""
    manner = {
        "busy": {"refuse": phones.BUSY},
        "rejected": {"refuse": phones.DECLINE},
        "no_answer": {"after": phones.NEVER},
    }.get(failure)
    if manner:
        stage.operator("101", queue=False, **manner)
    else:
        gone = stage.operator("101", queue=False)
        gone.stop()
        phones.register(stage.pbx, "101", gone.port, 0)
    before = hotline.last_call()
    told = maria.ends(maria.phone("dial", CITIZEN))
    assert told["words"] == OWN[failure]
    over = hotline.call(before, phase="over", state="closed")
    assert over["fate"] == failure
    assert hotline.disposition(over)


@pytest.mark.parametrize("failure", ["busy", "rejected", "no_answer", "offline"])
def test_the_citizen_is_not_reached(
    hotline: Hotline, maria: Desk, stage: Stage, failure: str
) -> None:
    """B2: the operator's telephone was taken, the city did not answer: the operator reads why."""
    manner = {
        "busy": {"refuse": phones.BUSY},
        "rejected": {"refuse": phones.DECLINE},
        "no_answer": {"after": phones.NEVER},
        "offline": {"refuse": OUT_OF_ORDER},
    }[failure]
    stage.operator("101", queue=False, after=0.2)
    stage.city(**manner)
    before = hotline.last_call()
    maria.phone("dial", CITIZEN)
    over = hotline.call(before, phase="over")
    assert over["fate"] == failure
    told = maria.hears("phone_call", call_id=over["id"], phase="over")
    assert told["words"] == CITY[failure]


def test_a_number_that_may_not_be_dialled(hotline: Hotline, maria: Desk) -> None:
    before = hotline.last_call()
    with pytest.raises(Refused, match="звонить нельзя"):
        maria.phone("dial", "8-809-505-05-05")
    assert hotline.last_call() == before
