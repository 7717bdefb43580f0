"""No call is ever lost: every part is killed while citizens call.

``make soak`` (HOTLINE_SOAK=300 calls) is the whole round, ``CALLS=25 make soak`` a short one.
"""

import os
import time
from collections.abc import Callable, Iterator

import pytest
import soak
from hotline import Desk, Hotline, until
from soak import Soak
from stage import Stage

from runtime.pbx import Pbx
from runtime.testing.odoo import Odoo
from runtime.testing.running import Server

VARIABLE = "HOTLINE_SOAK"
pytestmark = pytest.mark.skipif(VARIABLE not in os.environ, reason="asked for by make soak")
SHORT, KILL_SHORT, KILL_WHOLE = 25, 4.0, 9.0


@pytest.fixture(scope="module")
def soaked(bench: tuple[Odoo, str], new_pbx: Callable[..., Pbx]) -> Iterator[Hotline]:
    """A hotline of its own after the round: silent, all parts alive."""
    calls = int(os.environ.get(VARIABLE, SHORT))
    with soak.own_database(*bench) as odoo:
        server = Server(odoo, f"e2e_{soak.NAME}").start()
        made = Hotline(server, new_pbx(dial=4))
        try:
            with Stage(made.pbx) as stage:
                _prepare(made)
                every = KILL_SHORT if calls <= SHORT else KILL_WHOLE
                Soak(made, stage, calls, every).run()
                _reconciled(made)
            yield made
        finally:
            made.close()
            server.kill()


def _prepare(made: Hotline) -> None:
    made.settle()
    books = made.pbx.home / "log"
    sql = (
        "UPDATE hotline_pbx SET ledger_folder = :'books', ledger_since = now() - interval '2 days'"
    )
    server = made.server.odoo.databases.server
    server.query(f"{sql} RETURNING id", made.server.database, books=str(books))
    made.connect()
    made.serves(made.connectors[0])


def _reconciled(made: Hotline) -> None:
    """Ask for reconciliations, as a supervisor would, until one finds nothing to be done."""
    made.serves(made.connectors[0])
    time.sleep(soak_grace())
    sql = "SELECT id, state, result FROM hotline_pbx_command WHERE kind = 'reconcile' ORDER BY id"
    ask = (
        "env['hotline.pbx'].search([]).action_reconcile()\nenv.cr.commit()\n"
        "print(env['hotline.pbx'].search([])._is_served())"
    )
    for _time in range(2):
        made.server.shell(ask)
        until(
            lambda: (rows := made.rows(sql)) and all(row["state"] == "done" for row in rows),
            f"the reconciliation ends; {made.rows(sql)}",
        )


def soak_grace() -> float:
    """Seconds until the last call counts as settled."""
    return 12.0


def test_every_call_of_the_books_is_there_once_with_its_fate(soaked: Hotline) -> None:
    """X8: killed again and again, nothing is lost, nothing is open, nothing is there twice."""
    told = soak.written(soaked.pbx.home / "log/cel-custom/hotline.csv")
    calls = {row["linkedid"]: row for row in soaked.rows("SELECT * FROM hotline_call")}
    assert len(calls) == soaked.row("SELECT count(*) AS n FROM hotline_call")["n"]
    came = [one for one in told.values() if one.citizen]
    assert came
    wrong = []
    for one in came:
        call = calls.get(one.linkedid, {})
        if not one.ended:
            fates = ("cut",)
        elif one.talked:
            fates = ("answered",)
        else:
            fates = ("abandoned", "no_answer") if one.queued else ("abandoned", None)
        if call.get("fate") not in fates or call["phase"] != "over" or not call["ended_at"]:
            wrong.append((one, {name: call.get(name) for name in ("fate", "phase", "ended_at")}))
    assert wrong == []


def test_nothing_is_open(soaked: Hotline) -> None:
    assert soaked.open() == []


def test_nothing_was_dialled_twice(soaked: Hotline) -> None:
    """X8: an Originate whose fate nobody knows is never sent again."""
    told = soak.written(soaked.pbx.home / "log/cel-custom/hotline.csv")
    sql = "SELECT channel_id FROM hotline_pbx_command WHERE kind = 'originate'"
    dialled = [row["channel_id"] for row in soaked.rows(sql)]
    assert len(set(dialled)) == len(dialled)
    assert dialled
    assert [one for one in dialled if one in told and told[one].channels > 1] == []
    own = {one.linkedid for one in told.values() if not one.citizen and one.channels}
    assert own <= set(dialled)


def test_the_last_reconciliation_found_nothing_to_do(soaked: Hotline) -> None:
    """X8: twice is once."""
    sql = "SELECT fault, checked_at FROM hotline_pbx_ledger"
    assert soaked.row(sql)["fault"] is None
    notes = soaked.rows("SELECT * FROM hotline_reconciliation ORDER BY id")
    assert sum(note["added"] + note["matched"] + note["corrected"] for note in notes) > 0
    assert sum(note["failed"] for note in notes) == 0


def test_an_operator_may_work_on(soaked: Hotline) -> None:
    """After all of it a session still works and the connector serves."""
    desk = Desk(soaked, "maria")
    desk.visitor.login("maria", desk.password)
    assert desk.phone("look")["pbx"]["online"] is True
