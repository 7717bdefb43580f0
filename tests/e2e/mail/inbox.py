"""A mailbox: letters come in by SMTP, Odoo fetches them by IMAP, a wire between can be held.

Two servers in processes of their own: `maildrop.py` and pymap (IMAP over the same maildir).
"""

import imaplib
import smtplib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from runtime.testing.odoo import free_port

HERE = Path(__file__).parent
USER, PASSWORD = "line", "secret"
SERVE = "from pymap.main import main; main()"
# pymap's own choice of a hash depends on what is installed beside it
HASH = "from pymap.config import IMAPConfig as C; print(C._get_hash_context(None).hash('secret'))"


class Wire:
    """A wire to the IMAP server; it stops where the client says a word it is told to wait for."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.word = b""
        self.held = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def hold_at(self, word: str) -> None:
        """Keep back the client's line with this word, and all after it; "" lets all through."""
        self.held.clear()
        self.word = word.encode()

    def _accept(self) -> None:
        while True:
            client, _address = self._listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.target), 10)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            for source, end, watched in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self._carry, args=(source, end, watched), daemon=True
                ).start()

    def _carry(self, source: socket.socket, end: socket.socket, watched: bool) -> None:
        try:
            while data := source.recv(65536):
                if watched and self.word and self.word in data:
                    self.held.set()
                    while self.word:
                        time.sleep(0.05)
                    break  # what was kept back never arrives: its sender is gone
                end.sendall(data)
        except OSError:
            pass  # one side is gone
        for side in (source, end):
            side.close()


class Inbox:
    """The body's mailbox."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.maildir = folder / USER
        self.imap_port, self.smtp_port = free_port(), free_port()
        self.wire = Wire(self.imap_port)
        self.imap: subprocess.Popen | None = None
        self._make()
        command = [sys.executable, str(HERE / "maildrop.py"), self.maildir, str(self.smtp_port)]
        self.smtp = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.smtp.stdout.readline() == "ready\n"

    def _make(self) -> None:
        for name in ("tmp", "new", "cur"):
            (self.maildir / name).mkdir(parents=True)
        hashed = subprocess.check_output([sys.executable, "-W", "ignore", "-c", HASH], text=True)
        (self.folder / "pymap-etc-passwd").write_text(f"{USER}:x:1:1::{USER}:\n")
        (self.folder / "pymap-etc-shadow").write_text(f"{USER}:{hashed.strip()}:::::::\n")

    def start(self) -> None:
        """Start the IMAP server and wait until it listens; nothing happens where it runs."""
        if self.imap:
            return
        options = ["--host", "127.0.0.1", "--port", str(self.imap_port), "--no-tls"]
        command = [sys.executable, "-c", SERVE, *options, "maildir", str(self.folder)]
        with (self.folder / "imap.log").open("ab") as log:
            self.imap = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.imap_port), 1).close()
                return
            except OSError:
                assert time.monotonic() < end, (self.folder / "imap.log").read_text()
                time.sleep(0.1)

    def stop(self) -> None:
        """End the IMAP server at once, talks and all."""
        if self.imap:
            self.imap.kill()
            self.imap.wait()
        self.imap = None

    def close(self) -> None:
        """End both servers."""
        self.stop()
        self.smtp.kill()
        self.smtp.wait()
        self.smtp.stdout.close()

    def send(self, letter: bytes, sender: str = "someone@nowhere.example") -> None:
        """Send a letter to the mailbox by SMTP."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as session:
            session.sendmail(sender, ["line@gov.example"], letter)

    def new(self) -> int:
        """How many letters the mail server calls new."""
        session = imaplib.IMAP4("127.0.0.1", self.imap_port)
        session.login(USER, PASSWORD)
        session.select(readonly=True)
        found = session.search(None, "UNSEEN")[1][0].split()
        session.logout()
        return len(found)
