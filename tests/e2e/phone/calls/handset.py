"""A desk telephone that is lifted when a test says so.

Sipp lifts by the clock, and a page on a busy machine cannot be waited for by a clock.

One call at a time. It agrees to whatever the PBX tells in a talk. It sends silence, or a tone while
``speaks`` is true, and notes whether anything but silence came: ``hears()``.
"""

import math
import re
import socket
import struct
import threading
from typing import Self

from runtime import phones
from runtime.pbx import Pbx
from runtime.pbx_conf import CITY, LOCAL

LIMIT = 60.0  # seconds until it rings
COPIED = ("Via", "Record-Route", "From", "Call-ID", "CSeq")  # of a request, into its answer
SDP = "application/sdp"
RATE, FRAME = 8000, 160  # samples a second, and of 20 ms
TONE = phones.alaw(9000 * math.sin(2 * math.pi * 400 * at / RATE) for at in range(FRAME))
SILENCE = b"\xd5" * FRAME
HEADER = struct.Struct("!BBHII")  # of RTP
LOUD = 30  # steps of A-law over silence: more than the noise of a line
HEARING = 10  # loud packets: a fifth of a second
_SPOKEN = re.compile(r"^c=IN IP4 (\S+).*?^m=audio (\d+)", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^([\w-]+)[ \t]*:[ \t]*(.*?)\r?$", re.MULTILINE)


class Handset:
    """Registered as ``number`` while the block lasts; rings until ``lift()``.

    Without a number it is whoever is called in the city: the other end of the trunk.
    """

    def __init__(self, pbx: Pbx, number: str = "") -> None:
        self.pbx, self.number = pbx, number
        self.host = LOCAL if number else CITY
        self.news = threading.Condition()
        self.invite: tuple[str, tuple] | None = None  # what rings: the request, who sent it
        self.talks = self.speaks = False
        self.loud = 0
        self.to: tuple[str, int] | None = None  # where speech is sent
        self.over = threading.Event()

    def __enter__(self) -> Self:
        if self.number:
            self.port = phones.free_udp_port(LOCAL)
            phones.register(self.pbx, self.number, self.port, 7200)
        else:
            self.port = self.pbx.site.ports.trunk
        self.socket, self.ear = self._bound(self.port), self._bound(0)
        works = (self._read, self._listen, self._speak)
        self.workers = [threading.Thread(target=work, daemon=True) for work in works]
        for worker in self.workers:
            worker.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.over.set()
        for own in (self.socket, self.ear):
            own.sendto(b"", own.getsockname())  # wakes its reader for the end
        for worker in self.workers:
            worker.join(LIMIT)
        self.socket.close()
        self.ear.close()

    def _bound(self, port: int) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind((self.host, port))
        return made

    def hears(self) -> bool:
        """Say whether anything was heard since ``hush()``."""
        return self.loud >= HEARING

    def hush(self) -> None:
        """Forget what was heard."""
        self.loud = 0

    def _listen(self) -> None:
        while data := self.ear.recvfrom(65535)[0]:
            frame = data[HEADER.size :]
            if frame and max((byte ^ 0xD5) & 0x7F for byte in frame) > LOUD:
                self.loud += 1

    def _speak(self) -> None:
        """A packet every 20 ms, of silence too: without any Asterisk hears no time pass."""
        number = 0
        while not self.over.wait(FRAME / RATE):
            if self.talks and self.to:
                number += 1
                head = HEADER.pack(0x80, 8, number & 0xFFFF, number * FRAME, 4711)
                self.ear.sendto(head + (TONE if self.speaks else SILENCE), self.to)

    def rings(self) -> None:
        """Wait until it rings."""
        with self.news:
            assert self.news.wait_for(lambda: self.invite, LIMIT), (
                f"{self.number or 'the city'} never rang"
            )

    def lift(self) -> None:
        """Take the call that rings or will ring."""
        self.rings()
        self.talks = True
        self._answer(*self.invite, "200 OK", sdp=True)

    def _read(self) -> None:
        while data := self.socket.recvfrom(65535):
            text, sender = data[0].decode(), data[1]
            if not text:
                return
            method = text.split(" ", 1)[0]
            if method == "INVITE":
                self._invited(text, sender)
            elif method == "CANCEL":
                self._cancelled(text, sender)
            elif not text.startswith(("ACK", "SIP/2.0")):
                self._answer(text, sender, "200 OK", sdp=method == "UPDATE" and SDP in text)
                if method == "BYE":
                    self.talks, self.invite = False, None

    def _invited(self, text: str, sender: tuple) -> None:
        if told := _SPOKEN.search(text.replace("\r", "")):
            self.to = (told[1], int(told[2]))
        if self.talks:
            self._answer(text, sender, "200 OK", sdp=True)
            return
        self._answer(text, sender, "180 Ringing")
        with self.news:
            self.invite = (text, sender)
            self.news.notify_all()

    def _cancelled(self, text: str, sender: tuple) -> None:
        self._answer(text, sender, "200 OK")
        invite, self.invite = self.invite, None
        if invite:
            self._answer(*invite, "487 Request Terminated")

    def _answer(self, request: str, sender: tuple, status: str, *, sdp: bool = False) -> None:
        head, _, _body = request.partition("\r\n\r\n")
        found = [(name, value) for name, value in _LINE.findall(head) if name in COPIED]
        to = next(value for name, value in _LINE.findall(head) if name == "To")
        tag = "" if ";tag=" in to else f";tag=handset{self.port}"
        lines = [f"SIP/2.0 {status}", *(f"{name}: {value}" for name, value in found)]
        lines += [
            f"To: {to}{tag}",
            f"Contact: <sip:{self.number or 'city'}@{self.host}:{self.port}>",
        ]
        body = self._speech() if sdp else ""
        lines += [f"Content-Type: {SDP}"] if sdp else []
        lines += [f"Content-Length: {len(body)}", "", body]
        self.socket.sendto("\r\n".join(lines).encode(), sender)

    def _speech(self) -> str:
        """What it speaks and where it listens."""
        port = self.ear.getsockname()[1]
        return (
            f"v=0\r\no=handset 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n"
        )
