"""Who gave up is called back by the operator who becomes free."""

from collections.abc import Iterator

import pytest
from hotline import Desk, Hotline, until
from stage import Stage

KNOWN = "79135550101"
LINE = "UPDATE hotline_line SET callback_on = {on}, round_the_clock = {on}"


@pytest.fixture
def calling_back(hotline: Hotline) -> Iterator[Hotline]:
    """The line calls back, at any hour; the others of this folder do not."""
    _set(hotline, on="TRUE")
    yield hotline
    _set(hotline, on="FALSE")


def _set(hotline: Hotline, on: str) -> None:
    databases = hotline.server.odoo.databases
    databases.server.query(LINE.format(on=on), hotline.server.database)


def _task(hotline: Hotline, after: int) -> dict:
    return hotline.row("SELECT * FROM hotline_task WHERE id > :'after'::int", after=after)


def test_who_gave_up_is_called_back(calling_back: Hotline, maria: Desk, stage: Stage) -> None:
    """D1, X4: operator free, her telephone, the citizen's, a talk: done, with its evidence."""
    hotline = calling_back
    tasks = hotline.row("SELECT coalesce(max(id), 0) AS id FROM hotline_task")["id"]
    before = hotline.last_call()
    stage.citizen(KNOWN, seconds=2)
    hotline.call(before, phase="over", fate="abandoned")
    task = until(lambda: _task(hotline, tasks), "the call-back")
    assert (task["state"], task["cause"], task["phone"]) == ("open", "abandoned", f"+{KNOWN}")
    given_up = hotline.last_call()
    stage.operator("101", queue=False, after=0.5)
    stage.city(after=0.5, talk=3)
    maria.sign_in()
    talk = hotline.call(given_up, phase="talking")
    assert (talk["direction"], talk["operator_id"]) == ("out", maria.user)
    assert "Перезваниваем" in talk["dialled_why"]
    assert maria.hears("phone_call", call_id=talk["id"])["why"] == talk["dialled_why"]
    over = hotline.call(given_up, phase="over")
    assert over["fate"] == "answered"
    done = until(
        lambda: (found := _task(hotline, tasks))["state"] == "done" and found, "the task is done"
    )
    assert (done["evidence_kind"], done["evidence_call_id"]) == ("talk", over["id"])
    assert done["outcome"] == "talk"
    dialled = (
        "SELECT count(*) AS made FROM hotline_pbx_command "
        "WHERE kind = 'originate' AND call_id = :'call'::int"
    )
    assert hotline.row(dialled, call=over["id"])["made"] == 1


def test_a_connector_killed_in_a_call_back_dials_once(
    calling_back: Hotline, maria: Desk, stage: Stage
) -> None:
    """D1: between marking and dialling, or after it: the next connector dials nothing again."""
    hotline = calling_back
    tasks = hotline.row("SELECT coalesce(max(id), 0) AS id FROM hotline_task")["id"]
    before = hotline.last_call()
    stage.citizen(KNOWN, seconds=2)
    hotline.call(before, phase="over", fate="abandoned")
    stage.silent("101", queue=False)
    maria.sign_in()
    until(lambda: _task(hotline, tasks).get("dialling_id"), "the call-back is dialled")
    hotline.kill(hotline.connectors[0])
    hotline.serves(hotline.connect())
    hotline.quiet()
    until(lambda: not _task(hotline, tasks)["dialling_id"], "the dialling is settled")
    made = hotline.rows("SELECT id FROM hotline_call WHERE id > :'after'::int", after=before)
    task = _task(hotline, tasks)
    assert len(made) == 2, made  # the citizen's own and one of ours
    assert task["state"] == "open"
    hotline.server.odoo.databases.server.query(
        "UPDATE hotline_task SET state = 'cancelled'", hotline.server.database
    )
