"""A mail server to look into, a system to look into, and time that can be moved on."""

import email
import email.policy
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from runtime.testing.running import Server

HERE = Path(__file__).parent
LIMIT = 120.0  # seconds: for what waits for nothing but the processor


class Sink:
    """The mail server: start it, kill it, look what it took."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it and wait until it listens; nothing happens where it runs."""
        if self.process:
            return
        command = [sys.executable, str(HERE / "smtp_sink.py"), str(self.folder), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def stop(self) -> None:
        """End it at once, talks and all."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        self.process = None

    def empty(self) -> None:
        """Forget what it took and what it was told."""
        for path in self.folder.iterdir():
            path.unlink()

    def say(self, name: str, text: str | None = "") -> None:
        """Make it stall or refuse; None: let it work again."""
        path = self.folder / name
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")

    def received(self) -> int:
        """How many letters it has read to their end, taken or not."""
        counter = self.folder / "received"
        return len(counter.read_text(encoding="utf-8").splitlines()) if counter.exists() else 0

    def taken(self) -> list[tuple[str, email.message.EmailMessage]]:
        """(recipient, letter) of all it took, in order."""
        files = sorted(self.folder.glob("*.json"), key=lambda path: int(path.stem))
        letters = [json.loads(path.read_text(encoding="utf-8")) for path in files]
        policy = email.policy.default
        return [
            (letter["to"][0], email.message_from_bytes(letter["source"].encode(), policy=policy))
            for letter in letters
        ]


def do(server: Server, act: str, script: str = "outbox", **options: object) -> object:
    """Run a function of ``inside/SCRIPT.py`` and commit; what it returned."""
    source = (HERE / f"inside/{script}.py").read_text(encoding="utf-8")
    printed = server.shell(f"OPTIONS = { ({'act': act, **options})!r}\n{source}")
    return json.loads(printed.splitlines()[-1])["result"]


def ask(server: Server, query: str, **values: object) -> list[tuple[str, ...]]:
    """The rows of a query, as text."""
    words = {name: str(value) for name, value in values.items()}
    found = server.odoo.databases.server.query(query, server.database, **words)
    return [tuple(line.split("|")) for line in found.splitlines()]


def states(server: Server, case: int) -> list[tuple[str, ...]]:
    """[(kind, state)] of the letters of a case, in the order in which they were written."""
    query = "SELECT kind, state FROM hotline_mail WHERE ticket_id = :case ORDER BY id"
    return ask(server, query, case=case)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for it; the test fails after LIMIT seconds."""
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {LIMIT:.0f} s"
        time.sleep(0.1)


def nothing_waits(server: Server) -> None:
    """Wait until every job of the queue has come to its end: nothing can leave any more."""
    query = "SELECT 1 FROM queue_job WHERE state IN ('pending', 'enqueued', 'started')"
    until(lambda: not ask(server, query), "the queue is empty")


def time_passes(server: Server, minutes: int) -> None:
    """What the queue and the letters wait for comes that much nearer.

    The queue looks for dead jobs after ten seconds, and wakes once a minute or when a job changes,
    as here; a letter that could not be sent is tried again minutes later. No job may run just now:
    it would lose its row to this.
    """
    shift = f"interval '{minutes} minutes'"
    ask(server, f"UPDATE hotline_mail SET next_try_at = next_try_at - {shift}")
    ask(
        server,
        f"UPDATE queue_job SET date_enqueued = date_enqueued - {shift}, eta = eta - {shift} "
        "WHERE state NOT IN ('done', 'failed')",
    )
