"""A hotline at work while its parts are killed in turn, as a power cut would end them.

It runs over a PostgreSQL of its own with default durability: killing the tests' one would end
whatever else runs.
"""

import contextlib
import itertools
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import soak_books
from hotline import Hotline, until
from soak_people import Keys, Operator
from stage import Stage

from runtime import postgres
from runtime.testing.databases import Databases
from runtime.testing.odoo import Odoo

NAME = "soak"
WISH, HIDDEN, KNOWN = "wish", "anonymous", "79135550101"
# One citizen after the other: seconds until he hangs up, and what is special about him.
CITIZENS: tuple[tuple[float, str], ...] = (
    (6, ""), (12, ""), (0.4, ""), (3, ""), (9, WISH),
    (7, HIDDEN), (10, ""), (2, ""), (5, KNOWN), (14, ""),
)  # fmt: skip
QUICK = "SET synchronous_commit = off"  # of the copying alone
LONGEST = 240.0  # seconds until a part is up again, or an operator is off the line
PATIENCE = 300.0  # seconds beyond the calls asked for, until the operators came to all they do
SHORTEST = 1.5  # seconds of a talk: one that is not a breath is recorded
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
    back: float  # seconds for call-backs after the last call
    speech: Path
    is_short: bool = False
    pace: float = 1.0  # seconds between two calls
    calm: float = 3.0  # the same once nothing is killed any more: operators have time to dial
    killed: list[str] = field(default_factory=list)
    deaths: list[float] = field(default_factory=list)  # when the PBX was killed
    called: list[str] = field(default_factory=list)  # numbers the citizens call from
    enough: threading.Event = field(default_factory=threading.Event)  # all asked for have called
    done: threading.Event = field(default_factory=threading.Event)  # nobody calls any more
    closing: threading.Event = field(default_factory=threading.Event)  # the operators go home
    gone: threading.Event = field(default_factory=threading.Event)  # they have
    one: threading.Lock = field(default_factory=threading.Lock)
    faults: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = (f"7914555{number:04}" for number in itertools.count())
        clicks = itertools.takewhile(lambda _number: not self.done.is_set(), numbers)
        self.operators = [Operator(self.hotline, login, clicks) for login in ("maria", "pavel")]
        self.keys = Keys(self.hotline)

    def run(self) -> None:
        """Call and kill until all have called; then wait until nobody is on the line.

        Who was asked for calls while parts are killed. Where the machine is too slow for the
        operators to come to anything by then, others call, and nothing is killed any more.
        """
        self._telephones()
        works = (self._kill_in_turn, self._supervise, *self._people())
        kills, revival, *people = map(self._thread, works)
        self._citizens()
        kills.join(LONGEST)
        time.sleep(self.back)
        self.closing.set()
        for thread in people:
            thread.join(LONGEST)
        self.gone.set()
        revival.join(LONGEST)
        assert not self.faults, self.faults
        assert not any(thread.is_alive() for thread in (kills, revival, *people))
        until(self._is_silent, "nobody is on the line")
        self.revive()

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        made = threading.Thread(target=self._guard, args=(work,), daemon=True)
        made.start()
        return made

    def _citizens(self) -> None:
        """Call, one after the other, until all was killed and all was done with talks."""
        end = float("inf")
        for number, citizen in enumerate(itertools.cycle(CITIZENS)):
            if number == self.calls:
                self.enough.set()
                end = time.monotonic() + PATIENCE
            if self.faults or time.monotonic() > end or self._is_through():
                break
            self._call(number, *citizen)
            time.sleep(self.calm if self._is_calm() else self.pace)
        self.done.set()

    def _is_calm(self) -> bool:
        return self.enough.is_set() and len(self.killed) >= len(PARTS)

    def _is_through(self) -> bool:
        """All was killed, and all was done with talks; a short round had a talk and a dialling."""
        if not self._is_calm():
            return False
        return self._had_both() if self.is_short else self.operators[0].plans.is_through

    def _had_both(self) -> bool:
        found = soak_books.written(self.books).values()
        served = any(one.direction == "in" and one.ended and one.talked > SHORTEST for one in found)
        return served and any(one.direction == "out" for one in found)

    @property
    def books(self) -> Path:
        """The PBX's file of CEL."""
        return self.hotline.pbx.home / "log/cel-custom/hotline.csv"

    def _telephones(self) -> None:
        self.stage.operator("101", queue=False, after=0.3)
        self.stage.operator("102", queue=False, after=0.5, talk=4)
        self.stage.operator("103", queue=False, after=0.4, talk=6)
        self.stage.city(after=0.3, talk=2.5, busy="7", silent="8", speech=self.speech)

    def _people(self) -> list[Callable[[], None]]:
        work = [one.work for one in (*self.operators, self.keys)]
        return [lambda one=one: one(self.closing) for one in work]

    def _call(self, number: int, seconds: float, special: str) -> None:
        own = f"7913555{1000 + number}"
        number_of = special if special in (HIDDEN, KNOWN) else own
        if special == WISH:
            self.keys.wanted.append(own)
        self.called.append(number_of)
        self.stage.citizen(number_of, seconds=seconds, speech=self.speech)

    def _supervise(self) -> None:
        """What systemd does: a connector that ended, for the database was away, begins anew."""
        while not self.gone.wait(1):
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
        while not self.done.wait(self.every) and not self._is_calm():
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
        self.deaths.append(time.time())
        self.stage.pbx.kill()
        self.stage.pbx.start()

    def _kill_database(self) -> None:
        """Kill the server with all its processes, in the middle of what they write."""
        cluster = self.hotline.server.odoo.cluster
        pid_file = cluster.data / "postmaster.pid"
        pid = int(pid_file.read_text().splitlines()[0])
        family = (pid, *_children(pid))
        for one in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        until(lambda: not any(map(_lives, family)), "the database is dead")
        # Its number may be another process's by now, or nobody has buried it
        for lock in (pid_file, cluster.socket / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)
        cluster.start()


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
