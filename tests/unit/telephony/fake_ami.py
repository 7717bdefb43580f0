"""An AMI server over a real socket for tests: it speaks as Asterisk 22 was recorded to speak.

It can also fail the ways a PBX fails: half messages, a frozen peer, a close in the middle, a wrong
secret, a right that is missing.
"""

import asyncio
import hashlib
from collections.abc import Callable

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
DENIED = "Response: Error\r\nActionID: {id}\r\nMessage: Permission denied"
BOOTED = "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 270\r\nStatus: Fully Booted"
ANSWERS = {
    "Challenge": ["Response: Success\r\nActionID: {id}\r\nChallenge: 184212"],
    "Ping": ["Response: Success\r\nActionID: {id}\r\nPing: Pong\r\nTimestamp: 1795295263.5"],
    "CoreSettings": [
        "Response: Success\r\nActionID: {id}\r\nAsteriskVersion: 22.10.1+dfsg+~cs6.17.60671434-1"
    ],
    "CoreShowChannels": [
        "Response: Success\r\nActionID: {id}\r\nEventList: start\r\nMessage: Channels will follow",
        "Event: CoreShowChannel\r\nActionID: {id}\r\nChannel: PJSIP/101-0001\r\nLinkedid: h.1",
        "Event: CoreShowChannelsComplete\r\nActionID: {id}\r\nEventList: Complete\r\nListItems: 1",
    ],
    "QueueStatus": [
        "Response: Success\r\nActionID: {id}\r\nEventList: start\r\nMessage: Queue status follows",
        "Event: QueueParams\r\nQueue: hotline\r\nMax: 0\r\nActionID: {id}",
        "Event: QueueEntry\r\nQueue: hotline\r\nUniqueid: h.2\r\nWait: 7\r\nActionID: {id}",
        "Event: QueueStatusComplete\r\nActionID: {id}\r\nEventList: Complete\r\nListItems: 1",
    ],
    "Originate": [
        "Response: Success\r\nActionID: {id}\r\nMessage: Originate successfully queued",
        "Event: OriginateResponse\r\nActionID: {id}\r\nResponse: Success\r\nReason: 4",
    ],
}


class FakeAmi:
    """`async with FakeAmi() as pbx`: pbx.port, pbx.actions (what came), pbx.say(text)."""

    def __init__(self, secret="s3cret", banner=BANNER):
        self.secret, self.banner = secret, banner
        self.answers: dict[str, list[str] | Callable | None] = dict(ANSWERS)
        self.actions: list[dict[str, str]] = []
        self.logins = 0
        self._writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    port = 0

    async def __aexit__(self, *_error):
        self._server.close()
        self.cut()
        await self._server.wait_closed()

    async def _serve(self, reader, writer):
        self._writers.append(writer)
        writer.write(self.banner)
        try:
            while raw := await reader.readuntil(b"\r\n\r\n"):
                self._answer(writer, raw)
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    def _answer(self, writer, raw):
        lines = raw.decode().strip().split("\r\n")
        action = dict(line.split(": ", 1) for line in lines)
        self.actions.append(action)
        answer = self.answers.get(action["Action"], [DENIED])
        if action["Action"] == "Login":
            answer = self._log_in(action)
        answer = answer(action) if callable(answer) else answer
        for text in answer or ():
            self._write(writer, text.format(id=action["ActionID"]))

    def _log_in(self, action):
        key = hashlib.md5(f"184212{self.secret}".encode(), usedforsecurity=False).hexdigest()
        if action["Key"] != key:
            return ["Response: Error\r\nActionID: {id}\r\nMessage: Authentication failed"]
        self.logins += 1
        return ["Response: Success\r\nActionID: {id}\r\nMessage: Authentication accepted", BOOTED]

    def _write(self, writer, text):
        writer.write(text.encode() + b"\r\n\r\n")

    def say(self, *texts):
        """Send events to every client."""
        for writer in self._writers:
            for text in texts:
                self._write(writer, text)

    def say_bytes(self, data):
        for writer in self._writers:
            writer.write(data)

    def cut(self):
        """Close every connection without a word."""
        for writer in self._writers:
            if not writer.is_closing():
                writer.transport.abort()
        self._writers.clear()

    def names(self):
        return [action["Action"] for action in self.actions]
