"""CEL by cel_pgsql: the real PBX writes into a table, the connector reconciles from it."""

from collections.abc import Iterator

import pytest
from hotline import Desk, Hotline, until
from stage import Stage

TABLE = """
    CREATE TABLE cel (
        id bigserial PRIMARY KEY, eventtype text, eventtime float8, uniqueid text, linkedid text,
        channame text, cid_num text, cid_name text, exten text, context text, appname text,
        appdata text, extra text
    );
    SELECT 1
"""
CONF = "[global]\nhostname={host}\nport={port}\ndbname={dbname}\nuser={user}\ntable=cel\n"
BOOKS = "UPDATE hotline_pbx SET ledger_folder = :'folder', ledger_database = :'words', ledger_since"
ASKED = "SELECT state FROM hotline_pbx_command WHERE kind = 'reconcile' AND id > :'known'::int"


@pytest.fixture
def table(hotline: Hotline) -> Iterator[None]:
    """The PBX writes into the table alone; afterwards into its file again."""
    server, name = hotline.server.odoo.databases.server, hotline.server.database
    pbx = hotline.pbx
    server.query(TABLE, name)
    words = {"host": server.host, "port": server.port, "dbname": name, "user": server.user}
    (pbx.home / "etc/cel_pgsql.conf").write_text(CONF.format(**words), encoding="utf-8")
    until(lambda: "cel_custom" not in _loaded(hotline, "unload cel_custom.so"), "no file")
    until(lambda: "cel_pgsql" in _loaded(hotline, "load cel_pgsql.so"), "the table is written")
    folder, told = str(pbx.home / "log"), " ".join(f"{key}={one}" for key, one in words.items())
    server.query(f"{BOOKS} = now() - interval '1 day'; SELECT 1", name, folder=folder, words=told)
    yield
    pbx.cli("module unload cel_pgsql.so")
    pbx.cli("module load cel_custom.so")
    server.query(f"{BOOKS} = NULL; SELECT 1", name, folder="", words="")
    server.query("DROP TABLE cel; SELECT 1", name)


def _loaded(hotline: Hotline, act: str) -> str:
    hotline.pbx.cli(f"module {act}")
    return hotline.pbx.cli("module show like cel_")


@pytest.mark.usefixtures("table")
def test_a_call_of_the_table_is_restored(
    hotline: Hotline, maria: Desk, olga: Desk, stage: Stage
) -> None:
    """X8: a call that no connector heard is found in the table, with talk and operator."""
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    before = hotline.last_call()
    hotline.kill(hotline.connectors[0])
    citizen = stage.citizen("79135550101", seconds=8)
    assert citizen.wait() == 0
    hotline.serves(hotline.connect())
    known = hotline.row("SELECT coalesce(max(id), 0) AS id FROM hotline_pbx_command")["id"]
    pbx = hotline.row("SELECT id FROM hotline_pbx")["id"]

    def restored() -> list[dict]:
        rows = hotline.rows("SELECT * FROM hotline_call WHERE id > :'id'::int", id=before)
        if not rows and not [one for one in hotline.rows(ASKED, known=known) if _waits(one)]:
            olga.do("hotline.pbx", "action_reconcile", [pbx])
        return rows

    [call] = until(restored, "the call is restored")
    assert (call["restored"], call["fate"], call["operator_id"]) == (True, "answered", maria.user)
    assert [leg["interface"] for leg in hotline.legs(call)] == ["PJSIP/trunk", "PJSIP/101"]


def _waits(command: dict) -> bool:
    return command["state"] in ("new", "sent")
