"""Outgoing mail against a real mail server: killed in the middle, dead for a while, a whole life.

The mail server is a process of its own and counts what it took; Odoo is killed as a power cut
would.
"""

import email
import email.policy
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.testing.odoo import free_port
from runtime.testing.running import Server

SINK = Path(__file__).with_name("smtp_sink.py")
SCRIPT = Path(__file__).parent / "inside" / "outbox.py"
LIMIT = 180.0  # seconds: a dead job is found within a minute of the start


class Sink:
    """The mail server: start it, kill it, look what it took."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [sys.executable, str(SINK), str(self.folder), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def stop(self) -> None:
        """End it at once, talks and all."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        self.process = None

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


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    """A mail server that works."""
    found = Sink(tmp_path, free_port())
    found.start()
    yield found
    found.stop()


def do(server: Server, act: str, **options: object) -> object:
    """Run a function of ``inside/outbox.py`` and commit."""
    given = {"act": act, **options}
    printed = server.shell(f"OPTIONS = {given!r}\n{SCRIPT.read_text(encoding='utf-8')}")
    return json.loads(printed.splitlines()[-1])["result"]


def states(server: Server, case: int) -> list[tuple[str, str]]:
    """[(kind, state)] of the letters of a case, in the order in which they were written."""
    query = "SELECT kind, state FROM hotline_mail WHERE ticket_id = :case ORDER BY id"
    found = server.odoo.databases.server.query(query, server.database, case=str(case))
    return [tuple(line.split("|")) for line in found.splitlines()]


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for it; the test fails after LIMIT seconds."""
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {LIMIT:.0f} s"
        time.sleep(0.3)


@pytest.fixture
def server(new_server: Callable[..., Server], sink: Sink, request) -> Server:
    """A system whose mail goes to the sink."""
    made = new_server(f"mail_{request.node.name.removeprefix('test_')[:20]}")
    do(made, "setting", port=sink.port)
    return made


def test_killed_in_the_middle(server: Server, sink: Sink):
    """E6: killed while the letter is handed over: unknown, one copy, again only by hand."""
    sink.say("stall")
    case = do(server, "answered")
    until(lambda: sink.received() == 1, "the letter is being handed over")
    assert states(server, case) == [("answer", "sending")]
    server.kill()
    sink.say("stall", None)
    server.start()
    until(lambda: states(server, case) == [("answer", "unknown")], "the letter is found")
    time.sleep(5)
    assert sink.received() == 1
    do(server, "again", case=case)
    until(lambda: states(server, case) == [("answer", "sent")], "sent again by hand")
    ((recipient, letter),) = sink.taken()
    assert recipient == "anna@citizen.example"
    assert sink.received() == 2
    query = "SELECT message_id FROM hotline_mail"
    kept = server.odoo.databases.server.query(query, server.database).strip()
    assert letter["Message-ID"].strip() == kept


def test_killed_before_the_job(server: Server, sink: Sink):
    """E6: killed with a letter in the queue: it leaves once, after the start."""
    server.kill()
    case = do(server, "answered")
    assert states(server, case) == [("answer", "queued")]
    server.start()
    until(lambda: states(server, case) == [("answer", "sent")], "sent after the start")
    assert len(sink.taken()) == 1


def test_a_dead_mail_server_delays(server: Server, sink: Sink):
    """E6: nobody listens: it waits, says why, and leaves once when the mail server is back."""
    sink.stop()
    case = do(server, "answered")
    query = "SELECT last_error FROM hotline_mail WHERE state = 'queued' AND tries > 0"
    read = server.odoo.databases.server.query
    until(lambda: read(query, server.database).strip(), "the first try failed")
    assert states(server, case) == [("answer", "queued")]
    sink.start()
    until(lambda: states(server, case) == [("answer", "sent")], "sent when it is back")
    assert len(sink.taken()) == 1


def test_a_whole_life(server: Server, sink: Sink):
    """B5, E6: from registration to closing the sink holds exactly the listed letters."""
    case = do(server, "whole_life")
    until(lambda: {state for _kind, state in states(server, case)} == {"sent"}, "all are sent")
    time.sleep(5)  # whatever else would come
    letters = [(recipient, kind) for (recipient, _letter), (kind, _state) in
               zip(sink.taken(), states(server, case), strict=True)]  # fmt: skip
    assert letters == [
        ("anna@citizen.example", "notice"),
        ("zhkh@mo.gov.example", "card"),
        ("zhkh@mo.gov.example", "card_corrected"),
        ("anna@citizen.example", "answer"),
    ]
    cards = [letter for recipient, letter in sink.taken() if recipient.startswith("zhkh")]
    for card in cards:
        (file,) = card.iter_attachments()
        assert file.get_content().startswith(b"%PDF")
    assert "ИСПРАВЛЕННАЯ" in cards[1]["Subject"]
    plain = sink.taken()[-1][1].get_body(("plain",)).get_content()
    assert "Отопление восстановлено." in plain
