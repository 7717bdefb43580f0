import json
import socket
import struct
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


class Gateway:
    """A fake SMS gateway on a socket of this machine; it fails the ways that gateways fail.

    `answer`: (status, body, headers), or «hang» (no answer), «drop» (read, then the line is cut),
    «half» (the answer is cut in the middle). `taken`: (headers, message) of all it has read.
    """

    def __init__(self):
        self.taken = []
        self.answer = (200, b'{"id": "77-1"}', {})
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                gateway._serve(self)

            def log_message(self, *args):
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/send?v=1"

    def _serve(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.taken.append((dict(handler.headers), json.loads(body)))
        if self.answer == "hang":
            self._hang(handler)
        elif self.answer == "drop":
            self._cut(handler)
        elif self.answer == "half":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")
        else:
            self._reply(handler, *self.answer)

    def _reply(self, handler, status, body, headers):
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def _hang(self, handler):
        handler.connection.settimeout(5)
        try:
            handler.connection.recv(1)  # until the other side gives up
        except OSError:
            """It gave up."""

    def _cut(self, handler):
        """Reset the connection, as a crashed gateway does."""
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    @contextmanager
    def running(self):
        """Listen inside the block."""
        thread = Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()
