"""A hotline at work while its parts are killed in turn, as a power cut would end them.

It runs over a PostgreSQL of its own with default durability: killing the tests' one would end
whatever else runs. What must be true in the end is read from the PBX's own file by a reader that
shares nothing with the connector's.
"""

import contextlib
import csv
import json
import os
import signal
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from hotline import Desk, Hotline, Refused, until
from requests import RequestException
from stage import Stage

from runtime import postgres
from runtime.testing.databases import Databases
from runtime.testing.odoo import Odoo

NAME = "soak"
LONGEST = 4  # seconds of a call; operators are two, so some citizens wait in vain
OPERATORS = (("102", {"after": 0.3}), ("103", {"after": 0.3, "talk": 1.5}))
CLICK = "+79135550909"
QUICK = "SET synchronous_commit = off"  # of the copying alone
PARTS = ("connector", "database", "pbx", "odoo")


@contextlib.contextmanager
def own_database(odoo: Odoo, template: str) -> Iterator[Odoo]:
    """Odoo over a durable PostgreSQL of its own, with a copy of the template."""
    cluster = postgres.cluster("soak-db", odoo.environment.pg_home, durable=True)
    cluster.destroy()
    data = odoo.environment.state / "soak-data"
    folder = odoo.folder / NAME
    folder.mkdir(exist_ok=True)
    made = replace(
        odoo,
        databases=Databases(cluster.start(), data),
        cluster=cluster,
        folder=folder,
        name=NAME,
    )
    try:
        made.configure()
        made.databases.create(f"e2e_{NAME}")
        _copy(odoo, template, made)
        yield made
    finally:
        cluster.destroy()


def _copy(source: Odoo, template: str, target: Odoo) -> None:
    """Copy a database between the servers, and its files."""
    here, there = (_words(one.databases.server) for one in (source, target))
    dump = source.cluster.bin / "pg_dump"
    load = target.cluster.bin / "psql"
    with subprocess.Popen([dump, *here, "-d", template], stdout=subprocess.PIPE) as out:
        words = ["-X", "-q", "-d", f"e2e_{NAME}", "-c", QUICK, "-f", "-"]
        subprocess.run([load, *there, *words], stdin=out.stdout, check=True, capture_output=True)
    target.databases.server.query("CHECKPOINT")
    files = source.databases.files(template)
    if files.exists():
        goal = target.databases.files(f"e2e_{NAME}")
        subprocess.run(["rm", "-rf", goal], check=True)
        goal.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", files, goal], check=True)


def _words(server: "postgres.Server") -> list[str]:
    return ["-h", server.host, "-p", str(server.port), "-U", server.user]


@dataclass
class Soak:
    """So many calls, and a part killed every few seconds."""

    hotline: Hotline
    stage: Stage
    calls: int
    every: float  # seconds between two kills
    pace: float = 0.7  # seconds between two calls
    killed: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    one: threading.Lock = field(default_factory=threading.Lock)
    faults: list[BaseException] = field(default_factory=list)

    def run(self) -> None:
        """Call and kill until all have called; then wait until nobody is on the line."""
        for number, manner in OPERATORS:
            self.stage.operator(number, **manner)
        self.stage.operator("101", queue=False, after=0.3)
        self.stage.city(after=0.3, talk=1.5)
        threads = [threading.Thread(target=self._guard, args=(work,)) for work in self._works()]
        for thread in threads:
            thread.start()
        for number in range(self.calls):
            self.stage.citizen(f"7913555{1000 + number}", seconds=1 + number % LONGEST)
            time.sleep(self.pace)
        self.done.set()
        for thread in threads:
            thread.join(120)
        assert not self.faults, self.faults
        until(self._is_silent, "nobody is on the line")
        self.revive()

    def _works(self) -> tuple[Callable[[], None], ...]:
        return (self._kill_in_turn, self._click, self._supervise)

    def _supervise(self) -> None:
        """What systemd does: a connector that ended, for the database was away, begins anew."""
        while not self.done.wait(1):
            self.revive()

    def revive(self) -> None:
        """Start the connector where it has ended."""
        with self.one:
            if self.hotline.connectors[0].poll() is not None:
                self.hotline.connectors.clear()
                self.hotline.connect()

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:  # noqa: BLE001  # told by the test, not by a thread
            self.faults.append(fault)

    def _is_silent(self) -> bool:
        shown = self.stage.pbx.cli("core show channels count")
        return "0 active channels" in shown

    # what is killed

    def _kill_in_turn(self) -> None:
        while not self.done.wait(self.every):
            part = PARTS[len(self.killed) % len(PARTS)]
            getattr(self, f"_kill_{part}")()
            self.killed.append(part)

    def _kill_connector(self) -> None:
        with self.one:
            self.hotline.kill(self.hotline.connectors[0])
            self.hotline.connect()

    def _kill_odoo(self) -> None:
        self.hotline.server.kill()
        self.hotline.server.start()

    def _kill_pbx(self) -> None:
        self.stage.pbx.kill()
        self.stage.pbx.start()
        for number in self.stage.members:
            self.stage.pbx.cli(f"queue add member PJSIP/{number} to hotline")

    def _kill_database(self) -> None:
        cluster = self.hotline.server.odoo.cluster
        pid_file = cluster.data / "postmaster.pid"
        pid = int(pid_file.read_text().splitlines()[0])
        children = _children(pid)
        os.kill(pid, signal.SIGKILL)
        until(lambda: not any(map(_lives, (pid, *children))), "the database is dead")
        # Its number may be another process's by now, or nobody has buried it
        for lock in (pid_file, cluster.socket / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)
        cluster.start()

    # click-to-call beside it

    def _click(self) -> None:
        """Dial again and again; while Odoo or its database is away the click is lost, as it is."""
        while not self.done.wait(2.5):
            with contextlib.suppress(Refused, RequestException, ValueError, KeyError):
                desk = Desk(self.hotline, "maria")
                desk.visitor.login("maria", "maria-password")
                desk.phone("dial", CLICK)


def _children(pid: int) -> list[int]:
    found = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [one for one in found if _stat(one)[1:2] == [str(pid)]]


def _lives(pid: int) -> bool:
    return _stat(pid)[:1] not in ([], ["Z"])


def _stat(pid: int) -> list[str]:
    """Return (state, parent, …) of a process; nothing where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@dataclass(frozen=True)
class Written:
    """What the PBX's file says of one call, by a reader of its own."""

    linkedid: str
    citizen: str  # uniqueid of the channel of who called; empty for a call of an operator
    queued: bool  # it came to the queue; else the PBX alone served it, which is no fate
    talked: bool
    ended: bool
    channels: int  # channels that bear the number of the call: more is a second dialling


def written(path: Path) -> dict[str, Written]:
    """Read the file of CEL."""
    rows = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            rows[row[3]].append(row)
    return {linkedid: _written(linkedid, own) for linkedid, own in rows.items()}


def _written(linkedid: str, rows: list[list[str]]) -> Written:
    own = [row for row in rows if row[2] == linkedid]
    born = [row for row in own if row[0] == "CHAN_START"]
    called = bool(born) and born[0][8] == "from-trunk"
    bridged = [json.loads(row[11])["bridge_id"] for row in rows if row[0] == "BRIDGE_ENTER"]
    mine = [json.loads(row[11])["bridge_id"] for row in own if row[0] == "BRIDGE_ENTER"]
    return Written(
        linkedid,
        linkedid if called else "",
        any(row[0] == "APP_START" and row[9] == "Queue" for row in own),
        any(bridged.count(one) > 1 for one in mine),
        any(row[0] in ("HANGUP", "LINKEDID_END") and row[2] == linkedid for row in rows),
        len(born),
    )
