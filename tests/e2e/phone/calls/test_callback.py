"""Who gave up, or pressed 1, is called back by the operator who becomes free; nobody twice."""

from collections.abc import Iterator

import pytest
from ami import Ami
from hotline import Desk, Hotline, until
from stage import Stage
from test_queue import press

KNOWN = "79135550101"
LINE = "UPDATE hotline_line SET callback_on = {on}, round_the_clock = {on}"
# Half an hour of the day that is twelve hours away: at whatever hour the test runs, it is night.
NIGHT = """
    UPDATE hotline_line l
       SET round_the_clock = FALSE, callback_from = day.begins, callback_until = day.begins + 0.5
      FROM (SELECT id, (12 + extract(hour FROM now() AT TIME ZONE hotline_tz))::int % 24 AS begins
              FROM res_company) AS day
     WHERE day.id = l.company_id
"""
DIALLED = """
    SELECT c.id, c.user_id, c.state
    FROM hotline_pbx_command c JOIN hotline_call k ON k.id = c.call_id
    WHERE c.kind = 'originate' AND k.id > :'after'::int ORDER BY c.id
"""


def do(hotline: Hotline, sql: str) -> None:
    """Change the database as nobody's screen does."""
    hotline.server.odoo.databases.server.query(sql, hotline.server.database)


# The connector looks at ended calls every two seconds, also at those of the tests before.
NOT_LOOKED = """
    SELECT id, fate FROM hotline_call
    WHERE phase = 'over' AND callback_looked IS NOT TRUE AND ended_at IS NOT NULL
"""
NO_TASK = "UPDATE hotline_task SET state = 'cancelled' WHERE state = 'open'"


@pytest.fixture
def calling_back(hotline: Hotline) -> Iterator[Hotline]:
    """The line calls back, at any hour; the others of this folder do not. No task is left.

    Nor is one there at the beginning: the citizen is that of the tests before.
    """
    words = "all calls of before are looked at"
    until(lambda: not hotline.open() and not hotline.rows(NOT_LOOKED), words)
    do(hotline, NO_TASK)
    do(hotline, LINE.format(on="TRUE"))
    yield hotline
    do(hotline, LINE.format(on="FALSE"))
    do(hotline, NO_TASK)


class Waiting:
    """A citizen whom nobody answered: the tasks and the dialling since then."""

    def __init__(self, hotline: Hotline, stage: Stage, seconds: float = 2) -> None:
        self.hotline, self.stage = hotline, stage
        self.first = hotline.row("SELECT coalesce(max(id), 0) AS id FROM hotline_task")["id"]
        self.before = hotline.last_call()
        self.sipp = stage.citizen(KNOWN, seconds=seconds)

    def gives_up(self) -> dict:
        """Wait until he has, and until his call-back is there."""
        self.hotline.call(self.before, phase="over", fate="abandoned")
        self.call = self.hotline.last_call()
        return until(self.task, "the call-back")

    def task(self) -> dict:
        """Return his call-back; {} while there is none."""
        sql = "SELECT * FROM hotline_task WHERE id > :'first'::int"
        return self.hotline.row(sql, first=self.first)

    def is_(self, **expected: object) -> dict:
        """Wait until the call-back is so."""
        return until(
            lambda: (row := self.task()) and expected.items() <= row.items() and row,
            lambda: f"a call-back {expected}; is {self.task()}",
        )

    def calls(self) -> list[dict]:
        """Return the calls since he called, his own among them."""
        sql = "SELECT id, direction, fate FROM hotline_call WHERE id > :'after'::int ORDER BY id"
        return self.hotline.rows(sql, after=self.before)

    def dialled(self) -> list[dict]:
        """Return the diallings since he called."""
        return self.hotline.rows(DIALLED, after=self.before)


def test_who_gave_up_is_called_back(calling_back: Hotline, maria: Desk, stage: Stage) -> None:
    """D1, X4: operator free, her telephone, the citizen's, a talk: done, with its evidence."""
    hotline, citizen = calling_back, Waiting(calling_back, stage)
    task = citizen.gives_up()
    assert (task["state"], task["cause"], task["phone"]) == ("open", "abandoned", f"+{KNOWN}")
    stage.operator("101", queue=False, after=0.5)
    stage.city(after=0.5, talk=6)
    maria.sign_in()
    talk = hotline.call(citizen.call, phase="talking")
    assert (talk["direction"], talk["operator_id"]) == ("out", maria.user)
    assert "Перезваниваем" in talk["dialled_why"]
    assert maria.hears("phone_call", call_id=talk["id"])["why"] == talk["dialled_why"]
    over = hotline.call(citizen.call, phase="over")
    assert over["fate"] == "answered"
    legs = {leg["role"]: leg for leg in hotline.legs(over)}
    assert legs["operator"]["answered_at"] <= legs["citizen"]["answered_at"]
    done = citizen.is_(state="done", outcome="talk")
    assert (done["evidence_kind"], done["evidence_call_id"]) == ("talk", over["id"])
    assert len(citizen.dialled()) == 1


def test_who_presses_one_is_called_back(
    calling_back: Hotline, pavel: Desk, stage: Stage, ami: Ami
) -> None:
    """D1: a key in the queue; called back as soon as somebody is free."""
    citizen = Waiting(calling_back, stage, seconds=40)
    channel = ami.wait("QueueCallerJoin", CallerIDNum=KNOWN)["Channel"]
    stage.until("Queue(hotline")
    press(ami, channel, "1")
    citizen.is_(state="open", cause="wish", phone=f"+{KNOWN}")
    stage.operator("102", queue=False, after=0.3)
    stage.city(after=0.3, talk=1)
    pavel.sign_in()
    done = citizen.is_(state="done", outcome="talk")
    assert done["user_id"] == pavel.user
    assert len(citizen.dialled()) == 1


def test_who_called_again_is_not_called_back(
    calling_back: Hotline, maria: Desk, stage: Stage
) -> None:
    """D1: one call-back for two calls; answered at the third, it is taken back."""
    citizen = Waiting(calling_back, stage)
    task = citizen.gives_up()
    again = calling_back.last_call()
    stage.citizen(KNOWN, seconds=1)
    calling_back.call(again, phase="over", fate="abandoned")
    looked = "SELECT callback_looked AS so FROM hotline_call WHERE id > :'after'::int"
    until(lambda: calling_back.row(looked, after=again).get("so"), "looked at")
    assert citizen.task()["id"] == task["id"]
    again = calling_back.last_call()
    stage.citizen(KNOWN)
    calling_back.call(again, phase="waiting")
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    talk = calling_back.call(again, phase="talking")
    maria.phone("hangup", talk["id"])  # by a person: a talk that broke off is called back
    calling_back.call(again, phase="over", fate="answered")
    citizen.is_(state="cancelled", outcome="called_again")
    assert citizen.dialled() == []


def test_an_operator_who_does_not_lift_and_the_next_one(
    calling_back: Hotline, maria: Desk, pavel: Desk, stage: Stage
) -> None:
    """D1: the citizen is not rung then; the other operator who is free gets the next try."""
    citizen = Waiting(calling_back, stage)
    citizen.gives_up()
    stage.silent("101", queue=False)
    maria.sign_in()
    task = citizen.is_(not_taken=1, dialling_id=None)
    assert (task["state"], task["tries"]) == ("open", 0)
    [first] = citizen.dialled()
    assert first["user_id"] == maria.user
    assert len(citizen.calls()) == 2  # the citizen's own and the one at her telephone
    stage.operator("102", queue=False, after=0.3)
    stage.city(after=0.3, talk=1)
    pavel.sign_in()
    do(calling_back, "UPDATE hotline_task SET next_at = now() WHERE state = 'open'")
    citizen.is_(state="done", outcome="talk")
    assert [one["user_id"] for one in citizen.dialled()] == [maria.user, pavel.user]


def test_nobody_is_called_at_night(calling_back: Hotline, maria: Desk, stage: Stage) -> None:
    """D1: an operator is free, but it is no hour to call: the task waits for the morning."""
    do(calling_back, NIGHT)
    try:
        stage.operator("101", queue=False, after=0.3)
        citizen = Waiting(calling_back, stage)
        task = citizen.gives_up()
        assert task["next_at"] > task["since_at"]
        maria.sign_in()
        looked = "SELECT now() AT TIME ZONE 'UTC' > made_at + interval '6 s' AS so "
        looked += "FROM hotline_pbx_command ORDER BY id DESC LIMIT 1"
        until(lambda: calling_back.row(looked)["so"], "three looks of the connector")
        assert citizen.dialled() == []
    finally:
        do(calling_back, "UPDATE hotline_line SET callback_from = 9, callback_until = 21")


def test_a_connector_killed_in_a_call_back_dials_once(
    calling_back: Hotline, maria: Desk, stage: Stage
) -> None:
    """D1: between marking and dialling, or after it: the next connector dials nothing again."""
    hotline, citizen = calling_back, Waiting(calling_back, stage)
    citizen.gives_up()
    stage.silent("101", queue=False)
    maria.sign_in()
    until(lambda: citizen.task()["dialling_id"], "the call-back is dialled")
    [dialled] = until(citizen.dialled, "its command")
    until(lambda: citizen.dialled()[0]["state"] != "new", "it is sent")
    hotline.kill(hotline.connectors[0])
    hotline.serves(hotline.connect())
    task = citizen.is_(state="open", dialling_id=None)
    hotline.quiet()
    assert [one["id"] for one in citizen.dialled()] == [dialled["id"]]
    assert len(citizen.calls()) == 2  # the citizen's own and one of ours
    assert task["next_at"] > task["since_at"]
