"""No call is ever lost: every part is killed while citizens and operators call.

``make test`` has a short round, ``make soak`` (HOTLINE_SOAK=300 calls) the whole one, ``CALLS=60
make soak`` one in between. What is true is read from the PBX's own file. The books and the figures
stay in the folder of the logs.
"""

import hashlib
import itertools
import json
import os
import re
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import soak
import soak_books
from hotline import Desk, Hotline, until
from soak import Soak
from soak_books import Written
from soak_words import as_odoo_has, none
from stage import Stage

from runtime.pbx import Pbx
from runtime.testing.odoo import Odoo
from runtime.testing.running import Server

VARIABLE = "HOTLINE_SOAK"
USUAL = 16  # calls where nobody asks for more
SHORT = 25  # calls: up to here there is no time for all that people do
EVERY_SHORT, EVERY_WHOLE = 3.0, 9.0  # seconds between two kills
BACK_SHORT, BACK_WHOLE = 8.0, 90.0  # seconds for call-backs: a second try comes after a minute
SETTLED = 11.5  # seconds until the last call of the books counts as over
BREATH = 3.0  # seconds before the PBX's death: what began in them it may not have written down
AGAIN = 55.0  # seconds: a minute between two tries, less what a connector's death makes unsure
SETTINGS = """
    UPDATE hotline_line SET callback_on = true, round_the_clock = true, callback_interval = 1;
    UPDATE hotline_pbx SET ledger_folder = :'books', ledger_since = now() - interval '2 days',
           recordings_source = 'folder', recordings_folder = :'sounds';
    SELECT 1
"""
# The connector looks every two seconds at what ended: who is to be called back?
NOT_LOOKED = """
    SELECT id, fate, ledger_at FROM hotline_call
    WHERE phase = 'over' AND callback_looked IS NOT TRUE ORDER BY id
"""
KEPT = (
    "call",
    "call_leg",
    "task",
    "pbx_command",
    "recording",
    "reconciliation_line",
    "call_transfer",
    "operator_state",
)


@dataclass(frozen=True)
class Soaked:
    """A hotline after the round, and what its books say."""

    hotline: Hotline
    round: Soak

    @property
    def books(self) -> Path:
        """The file of CEL."""
        return self.round.books

    @property
    def sounds(self) -> Path:
        """The folder of recordings."""
        return self.hotline.pbx.home / "spool/monitor"

    def told(self, *directions: str) -> list[Written]:
        """The calls of the books, in the order they began."""
        found = soak_books.written(self.books).values()
        return sorted(
            (one for one in found if one.direction in (directions or ("in", "out"))),
            key=lambda one: one.began,
        )

    def calls(self) -> dict[str, dict[str, Any]]:
        """The calls of Odoo by their Linkedid; each once."""
        rows = self.hotline.rows("SELECT * FROM hotline_call ORDER BY id")
        found = {row["linkedid"]: row for row in rows}
        assert len(found) == len(rows)
        return found

    def recordings(self) -> list[dict[str, Any]]:
        """What Odoo has of recordings, with the Linkedid of its call."""
        return self.hotline.rows(
            "SELECT r.*, c.linkedid AS call FROM hotline_recording r "
            "LEFT JOIN hotline_call c ON c.id = r.call_id ORDER BY r.id"
        )

    def files(self) -> dict[str, Path]:
        """{name: file} of recordings that have sound."""
        found = (path for path in self.sounds.rglob("*.raw") if path.stat().st_size)
        return {str(path.relative_to(self.sounds)): path for path in found}


@pytest.fixture(scope="module")
def soaked(bench: tuple[Odoo, str], new_pbx: Callable[..., Pbx], speech: Path) -> Iterator[Soaked]:
    """A hotline of its own after the round: silent, all parts alive."""
    calls = int(os.environ.get(VARIABLE, USUAL))
    is_short = calls <= SHORT
    with soak.own_database(*bench) as odoo:
        server = Server(odoo, f"e2e_{soak.NAME}").start()
        made = Hotline(server, new_pbx(dial=4))
        try:
            _prepare(made)
            with Stage(made.pbx) as stage:
                every = EVERY_SHORT if is_short else EVERY_WHOLE
                back = BACK_SHORT if is_short else BACK_WHOLE
                found = Soaked(made, Soak(made, stage, calls, every, back, speech, is_short))
                found.round.run()
            _settle(found)
            _keep(found, odoo.folder)
            yield found
        finally:
            made.close()
            server.kill()


def _prepare(made: Hotline) -> None:
    made.settle()
    home = made.pbx.home
    folders = {"books": str(home / "log"), "sounds": str(home / "spool/monitor")}
    made.server.odoo.databases.server.query(SETTINGS, made.server.database, **folders)
    made.connect()
    made.serves(made.connectors[0])


def _settle(found: Soaked) -> None:
    """Reconcile as a supervisor would, fetch what is left to be fetched, reconcile again."""
    made = found.hotline
    made.serves(made.connectors[0])
    olga = Desk(made, "olga")
    olga.visitor.login("olga", olga.password)
    until(lambda: time.time() - found.books.stat().st_mtime > SETTLED, "the last call is settled")
    _reconcile(made, olga)
    made.kill(made.connectors[0])  # the next one looks through the folder of recordings
    made.serves(made.connect())
    until(
        lambda: (
            found.files().keys() <= {row["file"] for row in found.recordings()}
            and "waiting" not in {row["state"] for row in found.recordings()}
        ),
        lambda: f"all recordings are fetched; {found.recordings()}",
    )
    _reconcile(made, olga)
    until(
        lambda: not made.rows(NOT_LOOKED),
        lambda: f"all calls are looked at; {made.rows(NOT_LOOKED)}",
    )


def _reconcile(made: Hotline, olga: Desk) -> None:
    sql = "SELECT id, state, result FROM hotline_pbx_command WHERE kind = 'reconcile' ORDER BY id"
    known = len(made.rows(sql))
    olga.do("hotline.pbx", "action_reconcile", [made.row("SELECT id FROM hotline_pbx")["id"]])
    until(
        lambda: len(rows := made.rows(sql)) > known and rows[-1]["state"] not in ("new", "sent"),
        lambda: f"the reconciliation ends; {made.rows(sql)}",
    )
    assert made.rows(sql)[-1]["state"] == "done", made.rows(sql)


def _keep(found: Soaked, folder: Path) -> None:
    """The figures of the round and the books, for who reads of it afterwards."""
    rows = found.hotline.rows
    fates = Counter(
        f"{row['direction']} {row['fate'] or 'machine'}" for row in found.calls().values()
    )
    marks = "SELECT count(*) FILTER (WHERE restored) AS restored, count(*) AS all FROM hotline_call"
    moved = "SELECT kind, result, count(*) AS n FROM hotline_call_transfer GROUP BY 1, 2"
    acts = "SELECT kind, state, count(*) AS n FROM hotline_pbx_command GROUP BY 1, 2"
    backs = "SELECT state, cause, outcome, count(*) AS n FROM hotline_task GROUP BY 1, 2, 3"
    told = {
        "killed": Counter(found.round.killed),
        "called": len(found.round.called),
        "books": len(found.told()),
        "fates": fates,
        "calls": rows(marks),
        "transfers": rows(moved),
        "commands": rows(acts),
        "call-backs": rows(backs),
        "recordings": Counter(row["state"] for row in found.recordings()),
    }
    (folder / "figures.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    everything = {table: rows(f"SELECT * FROM hotline_{table} ORDER BY id") for table in KEPT}
    (folder / "rows.json").write_text(json.dumps(everything, indent=1), encoding="utf-8")
    shutil.copytree(found.books.parents[1], folder / "books", dirs_exist_ok=True)


def test_the_database_is_as_durable_as_a_real_one(soaked: Soaked) -> None:
    """X8: what was promised here is promised of PostgreSQL's own settings."""
    server = soaked.hotline.server.odoo.databases.server
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert server.query(f"SHOW {name}", soaked.hotline.server.database).strip() == "on"


def test_the_round_had_all_of_it(soaked: Soaked) -> None:
    """X8: each part was killed, and the calls were of many kinds."""
    came, stored = soaked.told("in"), Counter(row["state"] for row in soaked.recordings())["stored"]
    had = {
        "each part killed": set(soaked.round.killed) == set(soak.PARTS),
        "most calls in the books": len(came) > len(soaked.round.called) / 2,
        "somebody answered": any(one.talked for one in came),
        "somebody not answered": any(one.queued and not one.talked for one in came),
        "somebody dialled": bool(soaked.told("out")),
        "a recording": bool(stored),
    }
    figures = f"{len(soaked.round.called)} called, {len(came)} in the books, {stored} recordings"
    missing = [what for what, is_so in had.items() if not is_so]
    none(missing, f"were not ({figures}, killed {soaked.round.killed})")
    if soaked.round.calls > SHORT:
        _all_of_it(soaked)


def _all_of_it(soaked: Soaked) -> None:
    fates = {(row["direction"], row["fate"]) for row in soaked.calls().values()}
    assert {("in", "abandoned"), ("out", "answered"), ("out", "busy")} <= fates
    moved = soaked.hotline.rows("SELECT kind, result FROM hotline_call_transfer")
    assert {("blind", "done"), ("attended", "done")} <= {tuple(row.values()) for row in moved}
    acts = soaked.hotline.rows("SELECT kind, state FROM hotline_pbx_command")
    for kind in ("conference", "hold", "unhold", "hangup"):
        assert {"kind": kind, "state": "done"} in acts
    backs = soaked.hotline.rows("SELECT DISTINCT cause, outcome FROM hotline_task WHERE by_system")
    assert {"abandoned", "wish"} <= {row["cause"] for row in backs}
    assert "talk" in {row["outcome"] for row in backs}


def test_every_call_of_the_books_is_there_once_with_its_fate(soaked: Soaked) -> None:
    """X8: killed again and again, nothing is lost, nothing is open, nothing is there twice."""
    calls = soaked.calls()
    wrong = []
    for one in soaked.told():
        call = calls.get(one.linkedid, {})
        fates = one.fates | (soak_books.HEARD if _is_heard(soaked, one, call) else set())
        is_right = call.get("fate") in fates and call.get("direction") == one.direction
        if not is_right or call["phase"] != "over" or not call["ended_at"]:
            has = as_odoo_has(call) if call else "none"
            wrong.append(f"{one}: not {has} but one of {fates}")
    none(wrong, "calls are another in Odoo than in the books")


def test_nothing_is_there_that_never_was(soaked: Soaked) -> None:
    """X8: a call without a line in the books is one that was asked for and never dialled."""
    told = {one.linkedid for one in soaked.told()}
    rows = soaked.calls().items()
    more = [row for linkedid, row in rows if not (linkedid in told or _unwritten(soaked, linkedid))]
    wrong = [row for row in more if row["direction"] != "out" or row["fate"] == "answered"]
    none([f"{row['linkedid']}: {as_odoo_has(row)}" for row in wrong], "calls never were")


def test_nothing_is_open(soaked: Soaked) -> None:
    """X8: no call, no command, no dialling of a call-back waits for what will never come."""
    hotline = soaked.hotline
    asked = "SELECT id, kind, state FROM hotline_pbx_command WHERE state IN ('new', 'sent')"
    moved = "SELECT * FROM hotline_call_transfer WHERE result = 'trying'"
    none([*hotline.open(), *hotline.rows(asked), *hotline.rows(moved)], "are open")


def test_everybody_in_a_call_was_in_the_books(soaked: Soaked) -> None:
    """X8: neither the connector nor the reconciliation makes a telephone up."""
    born = soak_books.channels(soaked.books)
    sql = "SELECT uniqueid, call_id, create_date FROM hotline_call_leg ORDER BY id"
    more = [leg for leg in soaked.hotline.rows(sql) if leg["uniqueid"] not in born]
    more = [leg for leg in more if not _dies_with(soaked, leg["create_date"])]
    none([leg for leg in more if not _unwritten(soaked, leg["uniqueid"])], "legs never were")


def _unwritten(soaked: Soaked, uniqueid: str) -> bool:
    """Whether the PBX died as it was born: AMI had told of it, the file did not come to it."""
    found = re.match(r"hotline-(\d{10})\.", uniqueid)
    return bool(found) and any(0 <= at - int(found[1]) < BREATH for at in soaked.round.deaths)


def _is_heard(soaked: Soaked, one: Written, call: dict[str, Any]) -> bool:
    """Whether AMI told how a call ended, and the PBX died before its file came to that line."""
    return not one.ended and bool(call.get("ended_by")) and _dies_with(soaked, call["ended_at"])


def _dies_with(soaked: Soaked, moment: str) -> bool:
    """Whether the PBX died just after a moment of the database."""
    known = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    return any(-1 <= at - known < BREATH for at in soaked.round.deaths)


def test_nothing_was_dialled_twice(soaked: Soaked) -> None:
    """X8: an Originate whose fate nobody knows is never sent again."""
    sql = "SELECT channel_id FROM hotline_pbx_command WHERE kind = 'originate'"
    dialled = [row["channel_id"] for row in soaked.hotline.rows(sql)]
    assert dialled
    assert len(set(dialled)) == len(dialled)
    out = soaked.told("out")
    assert {one.linkedid for one in out} <= set(dialled)
    none([one for one in out if one.channels != 1 or one.cities > 1], "were dialled twice")


def test_no_citizen_was_called_back_twice(soaked: Soaked) -> None:
    """D1, X8: never again after a talk, never sooner than the line allows; a click rings once."""
    calls = defaultdict(list)
    for one in soaked.told():
        if one.number and (one.direction == "in" or one.cities):
            calls[one.number[-10:]].append(one)
    wrong = []
    for own in calls.values():
        for before, after in itertools.pairwise(own):
            is_new = "in" in (before.direction, after.direction)
            is_served = before.talked and before.ended
            if not is_new and (is_served or after.began < before.over + AGAIN):
                wrong.append(f"{before} THEN {after}")
    none(wrong, "were called back too soon")


def test_who_was_not_answered_is_called_back(soaked: Soaked) -> None:
    """D1, X8: each number that nobody answered has its call-back, no other has one."""
    waits = {
        row["phone"][-10:]: row
        for row in soaked.hotline.rows("SELECT * FROM hotline_task WHERE by_system ORDER BY id")
    }
    wrong, calls = [], soaked.calls()
    for one in soaked.told("in"):
        number = one.number[-10:]
        is_alone = number and soaked.round.called.count(one.number) == 1
        is_clear = _is_clear(one) and not _is_heard(soaked, one, calls.get(one.linkedid, {}))
        if is_alone and is_clear and bool(one.talked) == (number in waits):
            wrong.append(f"{one}: {_as_called_back(soaked, one, waits.get(number))}")
    none(wrong, "have no call-back, or one that nobody needs")


def _as_called_back(soaked: Soaked, one: Written, task: dict[str, Any] | None) -> str:
    call = soaked.calls().get(one.linkedid)
    has = as_odoo_has(call) if call else "not in Odoo"
    if not task:
        return f"no call-back; {has}"
    names = ("create_date", "cause", "state", "outcome", "call_id", "tries")
    return f"{', '.join(f'{name} {task[name]}' for name in names)}; {has}"


def _is_clear(one: Written) -> bool:
    """Whether the file alone says if it is due: who was cut off is known by more than it."""
    return one.ended and one.by_somebody if one.talked else one.queued


def test_recordings_are_with_their_calls(soaked: Soaked) -> None:
    """B1, X8: each sound once, whole, in the call in which it was said."""
    born = soak_books.channels(soaked.books)
    kept = Counter(row["file"] for row in soaked.recordings())
    none([file for file, times in kept.items() if times > 1], "files are kept twice")
    rows = {row["file"]: row for row in soaked.recordings()}
    wrong = []
    for file, path in soaked.files().items():
        row, content, call = rows[file], path.read_bytes(), born.get(path.stem)
        is_same = row["sha256"] == hashlib.sha256(content).hexdigest()
        if row["state"] != "stored" or row["call"] != call or not is_same:
            names = ("id", "state", "call", "size", "tries", "told_at", "sha256")
            has = ", ".join(f"{name} {row[name]}" for name in names)
            wrong.append(f"{file} of {call}, {len(content)} bytes: {has}")
    none(wrong, "sounds are not with their calls")


def test_every_talk_has_its_recording(soaked: Soaked) -> None:
    """B1, X8: who talked was recorded, unless the PBX died with it or the talk was a breath.

    Nor where the PBX itself heard nothing: on a busy machine the played telephones fall silent.
    """
    born = soak_books.channels(soaked.books)
    empty = [path.stem for path in soaked.sounds.rglob("*.raw") if not path.stat().st_size]
    silent = {born[stem] for stem in empty if stem in born}
    kept = {row["call"] for row in soaked.recordings() if row["state"] == "stored"}
    talks = [one for one in soaked.told() if one.talked > soak.SHORTEST and one.ended]
    assert talks
    none([one for one in talks if one.linkedid not in kept | silent], "talks without recording")


def test_the_last_reconciliation_found_nothing_to_do(soaked: Soaked) -> None:
    """X8: twice is once."""
    assert soaked.hotline.row("SELECT fault FROM hotline_pbx_ledger")["fault"] is None
    notes = soaked.hotline.rows("SELECT * FROM hotline_reconciliation ORDER BY id")
    assert sum(note["added"] + note["matched"] + note["corrected"] for note in notes) > 0
    assert sum(note["failed"] for note in notes) == 0


def test_an_operator_may_work_on(soaked: Soaked) -> None:
    """X8: after all of it a session still works and the connector serves."""
    desk = Desk(soaked.hotline, "maria")
    desk.visitor.login("maria", desk.password)
    assert desk.phone("look")["pbx"]["online"] is True
