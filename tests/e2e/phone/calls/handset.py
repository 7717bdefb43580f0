"""A desk telephone that is lifted when a test says so.

Sipp lifts by the clock, and a page on a busy machine cannot be waited for by a clock.

One call at a time. It agrees to whatever the PBX tells in a talk and sends no speech.
"""

import re
import socket
import threading
from typing import Self

from runtime import phones
from runtime.pbx import Pbx
from runtime.pbx_conf import LOCAL

LIMIT = 60.0  # seconds until it rings
COPIED = ("Via", "Record-Route", "From", "Call-ID", "CSeq")  # of a request, into its answer
SDP = "application/sdp"
_LINE = re.compile(r"^([\w-]+)[ \t]*:[ \t]*(.*?)\r?$", re.MULTILINE)


class Handset:
    """Registered as ``number`` while the block lasts; rings until ``lift()``."""

    def __init__(self, pbx: Pbx, number: str) -> None:
        self.pbx, self.number = pbx, number
        self.news = threading.Condition()
        self.invite: tuple[str, tuple] | None = None  # what rings: the request, who sent it
        self.talks = False

    def __enter__(self) -> Self:
        self.port = phones.free_udp_port(LOCAL)
        phones.register(self.pbx, self.number, self.port, 7200)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((LOCAL, self.port))
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.socket.sendto(b"", (LOCAL, self.port))  # wakes the reader for its end
        self.reader.join(LIMIT)
        self.socket.close()

    def rings(self) -> None:
        """Wait until it rings."""
        with self.news:
            assert self.news.wait_for(lambda: self.invite, LIMIT), f"{self.number} never rang"

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
                self.talks = self.talks and method != "BYE"

    def _invited(self, text: str, sender: tuple) -> None:
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
        lines += [f"To: {to}{tag}", f"Contact: <sip:{self.number}@{LOCAL}:{self.port}>"]
        body = self._speech() if sdp else ""
        lines += [f"Content-Type: {SDP}"] if sdp else []
        lines += [f"Content-Length: {len(body)}", "", body]
        self.socket.sendto("\r\n".join(lines).encode(), sender)

    def _speech(self) -> str:
        """What it would speak and hear; nobody listens at that port."""
        return (
            f"v=0\r\no=handset 1 1 IN IP4 {LOCAL}\r\ns=-\r\nc=IN IP4 {LOCAL}\r\nt=0 0\r\n"
            f"m=audio {self.port + 1} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n"
        )
