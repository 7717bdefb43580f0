"""Recordings of real calls: fetched from the PBX's folder, heard by the page, faults seen."""

import hashlib
from pathlib import Path

import pytest
from hotline import Desk, Hotline, until
from stage import Stage

from runtime import phones

CITIZEN = "79135550101"
TOLD = "SELECT r.* FROM hotline_recording r WHERE r.call_id = :'call'::int"


@pytest.fixture(autouse=True)
def folder(hotline: Hotline) -> Path:
    """The folder of the PBX's recordings, named in its record."""
    found = hotline.pbx.home / "spool/monitor"
    server = hotline.server.odoo.databases.server
    sql = (
        "UPDATE hotline_pbx SET recordings_source = 'folder', recordings_folder = :'folder' "
        "RETURNING id"
    )
    server.query(sql, hotline.server.database, folder=str(found))
    return found


def talked(hotline: Hotline, maria: Desk, stage: Stage, speech: Path) -> dict:
    """A citizen talks for some seconds; return the call once it is over."""
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(CITIZEN, seconds=7, speech=speech)
    return hotline.call(before, phase="over", fate="answered")


def sound(folder: Path) -> set[Path]:
    """Return the files in which something is."""
    return {path for path in folder.rglob("*.raw") if path.stat().st_size}


def kept(hotline: Hotline, call: dict, state: str = "stored") -> dict:
    """Wait until the recording of a call is so."""
    return until(
        lambda: next(
            (row for row in hotline.rows(TOLD, call=call["id"]) if row["state"] == state), None
        ),
        lambda: f"a recording {state}; is {hotline.rows(TOLD, call=call['id'])}",
    )


def test_the_recording_lands_in_the_card(
    hotline: Hotline, maria: Desk, stage: Stage, speech: Path, folder: Path
) -> None:
    """E9, B1: fetched after the call, its hash is that of the file, heard in parts by the page."""
    call = talked(hotline, maria, stage, speech)
    recording = kept(hotline, call)
    content = (folder / recording["file"]).read_bytes()
    assert recording["sha256"] == hashlib.sha256(content).hexdigest()
    assert recording["channels"] == 2
    assert recording["seconds"] >= 2
    [shown] = maria.do("hotline.call", "recordings", [call["id"]])
    assert shown["id"] == recording["id"]
    url = f"{hotline.server.url}/hotline/recording/{recording['id']}"
    whole = maria.visitor.session.get(url)
    assert whole.status_code == 200
    assert whole.content[44:] == content
    part = maria.visitor.session.get(url, headers={"Range": "bytes=44-143"})
    assert (part.status_code, part.content) == (206, content[:100])
    look = (
        "SELECT user_ref FROM hotline_sight "
        "WHERE model = 'hotline.call' AND kind = 'played' AND res_ref = :'call'::int"
    )
    assert hotline.row(look, call=call["id"])["user_ref"] == maria.user


def test_nothing_is_kept_of_who_gave_up(
    hotline: Hotline, maria: Desk, stage: Stage, speech: Path, folder: Path
) -> None:
    """B1: nobody talked: no recording, no fault."""
    stage.silent("101", queue=False)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(CITIZEN, seconds=2, speech=speech)
    call = hotline.call(before, phase="over", fate="abandoned")
    mine = "SELECT id, state FROM hotline_recording WHERE linkedid = :'linkedid'"
    until(lambda: not hotline.rows(mine, linkedid=call["linkedid"]), "what was told is forgotten")


def test_fetched_after_the_connector_was_killed(
    hotline: Hotline, maria: Desk, stage: Stage, speech: Path, folder: Path
) -> None:
    """B1: the connector dies in the talk; the next one fetches."""
    older = sound(folder)
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(CITIZEN, seconds=phones.NEVER, speech=speech)
    call = hotline.call(before, phase="talking")
    until(lambda: sound(folder) - older, "something was said")
    hotline.kill(hotline.connectors[0])
    phones.hang_up(stage.pbx, CITIZEN)
    hotline.serves(hotline.connect())
    recording = kept(hotline, call)
    assert (folder / recording["file"]).stat().st_size == recording["size"]


def test_a_missing_file_is_seen(
    hotline: Hotline, maria: Desk, stage: Stage, speech: Path, folder: Path
) -> None:
    """B1: the file is gone: a fault of the call, until it is there again."""
    stage.operator("101", queue=False, after=0.3)
    maria.sign_in()
    before = hotline.last_call()
    stage.citizen(CITIZEN, seconds=phones.NEVER, speech=speech)
    call = hotline.call(before, phase="talking")
    file = until(lambda: hotline.rows(TOLD, call=call["id"]), "told")[0]["file"]
    until(lambda: (folder / file).exists() and (folder / file).stat().st_size, "sound")
    hidden = folder / "hidden.raw"
    (folder / file).rename(hidden)
    phones.hang_up(stage.pbx, CITIZEN)
    kept(hotline, call, "missing")
    [shown] = maria.do("hotline.call", "recordings", [call["id"]])
    assert shown["words"] == "Запись не найдена"
    hidden.rename(folder / file)
    server = hotline.server.odoo.databases.server  # half a minute has gone
    server.query("UPDATE hotline_recording SET next_try_at = told_at", hotline.server.database)
    kept(hotline, call)
