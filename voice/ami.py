"""As much of AMI as the voice needs: log in, hear user events, set variables of channels."""

import contextlib
import socket
import threading
from collections.abc import Iterator

CONNECT = 5.0  # seconds
SILENCE = 90.0  # seconds after which the connection is asked whether it lives
_LONGEST = 65_536  # bytes of a line that can be meant


class Refused(Exception):  # noqa: N818  # as in "the login is refused"
    """The PBX does not let the account in."""


class Ami:
    """One login. Events are read in one thread, values set from any."""

    def __init__(self, host: str, port: int, login: str, secret: str) -> None:
        self.socket = socket.create_connection((host, port), timeout=CONNECT)
        self.stream = self.socket.makefile("rb")
        self.sending = threading.Lock()
        self.stream.readline(_LONGEST)  # the banner
        self.send("Login", Username=login, Secret=secret)
        answer = next(self._messages())
        if answer.get("Response") != "Success":
            self.close()
            raise Refused(answer.get("Message", ""))
        self.socket.settimeout(SILENCE)

    def send(self, action: str, **values: str) -> None:
        """Send an action; its answer is nobody's."""
        lines = {"Action": action, **values}
        if any(sign in text for text in lines.values() for sign in "\r\n\0"):
            raise ValueError("a line break would be an action of its own")
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        with self.sending:
            self.socket.sendall(f"{text}\r\n".encode())

    def set(self, channel: str, name: str, value: str) -> None:
        """Set a variable of a channel; of one that is gone nothing happens."""
        self.send("Setvar", Channel=channel, Variable=name, Value=value)

    def events(self) -> Iterator[dict[str, str]]:
        """Yield the user events until the connection ends."""
        for message in self._messages():
            if message.get("Event") == "UserEvent":
                yield message

    def _messages(self) -> Iterator[dict[str, str]]:
        message: dict[str, str] = {}
        asked = False
        while True:
            try:
                line = self.stream.readline(_LONGEST)
            except TimeoutError:
                if asked:
                    return
                self.send("Ping")
                asked = True
                self.stream = self.socket.makefile("rb")  # a timed-out one reads no more
                continue
            if not line:
                return
            asked = False
            name, _, value = line.decode("utf-8", errors="replace").strip().partition(": ")
            if name:
                message.setdefault(name, value)
            elif message:
                yield message
                message = {}

    def close(self) -> None:
        """Leave."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
