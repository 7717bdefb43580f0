"""A plain AMI client for tests: it asks, and keeps every event that comes.

Not the connector's own: what the tests see of the PBX must not depend on what they test.
"""

import contextlib
import itertools
import socket
import threading
import time
from typing import Self

from runtime.pbx import Pbx

LIMIT = 60.0  # seconds for an answer or an event; a busy machine is slow


class Ami:
    """One login; ``events`` are dictionaries in the order of their coming."""

    def __init__(self, pbx: Pbx, login: str = "odoo", secret: str = "") -> None:
        address = (pbx.site.ami_address, pbx.site.ports.ami)
        self.socket = socket.create_connection(address, timeout=LIMIT)
        self.socket.settimeout(None)
        self.stream = self.socket.makefile("rb")
        self.banner = self.stream.readline().decode().strip()
        self.events: list[dict[str, str]] = []
        self.answers: dict[str, dict[str, str]] = {}
        self.news = threading.Condition()
        self.numbers = itertools.count(1)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.welcome = self.ask("Login", Username=login, Secret=secret or pbx.secrets["AMI"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        with contextlib.suppress(OSError):  # the PBX was stopped
            self.socket.shutdown(socket.SHUT_RDWR)
        self.reader.join(LIMIT)
        self.stream.close()
        self.socket.close()

    def ask(self, action: str, **headers: str) -> dict[str, str]:
        """Send an action; its answer ("Response", "Message" …)."""
        number = str(next(self.numbers))
        lines = {"Action": action, "ActionID": number, **headers}
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.socket.sendall(f"{text}\r\n".encode())
        return self._until(lambda: self.answers.get(number), f"an answer to {action}")

    def wait(self, name: str, **expected: str) -> dict[str, str]:
        """The first event of that name with these values; it may have come already."""

        def found() -> dict[str, str] | None:
            return next((event for event in self.events if _is(event, name, expected)), None)

        return self._until(found, f"{name} {expected}")

    def names(self) -> set[str]:
        """The names of the events so far."""
        return {event["Event"] for event in self.events}

    def _until(self, found, what: str) -> dict[str, str]:
        end = time.monotonic() + LIMIT
        with self.news:
            while not (result := found()):
                left = end - time.monotonic()
                assert left > 0, f"no {what} within {LIMIT:.0f} s; came: {sorted(self.names())}"
                self.news.wait(left)
        return result

    def _read(self) -> None:
        with contextlib.suppress(ConnectionError):  # the PBX hung up on what was still on its way
            self._read_all()

    def _read_all(self) -> None:
        message: dict[str, str] = {}
        for line in self.stream:
            name, _, value = line.decode("utf-8", errors="replace").strip().partition(": ")
            if name:
                message.setdefault(name, value)
                continue
            with self.news:
                self._keep(message)
                self.news.notify_all()
            message = {}

    def _keep(self, message: dict[str, str]) -> None:
        if "Event" in message:
            self.events.append(message)
        elif "Response" in message:
            self.answers[message.get("ActionID", "")] = message


def _is(event: dict[str, str], name: str, expected: dict[str, str]) -> bool:
    return event["Event"] == name and expected.items() <= event.items()
