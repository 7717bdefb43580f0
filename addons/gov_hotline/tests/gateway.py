import json
import socket
import struct

from .fake_service import FakeService


class Gateway(FakeService):
    """A fake SMS gateway on a socket of this machine; it fails the ways that gateways fail.

    `answer`: (status, body, headers), or «hang» (no answer), «drop» (read, then the line is cut),
    «half» (the answer is cut in the middle). `taken`: (headers, message) of all it has read.
    """

    def __init__(self):
        self.taken = []
        self.answer = (200, b'{"id": "77-1"}', {})
        super().__init__("POST", "send?v=1")

    def _serve(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.taken.append((dict(handler.headers), json.loads(body)))
        if self.answer == "hang":
            self._hang(handler)
        elif self.answer == "drop":
            self._cut(handler)
        elif self.answer == "half":
            self._half(handler)
        else:
            self._reply(handler, *self.answer)

    def _cut(self, handler):
        """Reset the connection, as a crashed gateway does."""
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()
