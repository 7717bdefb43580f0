from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


class FakeService:
    """A service from outside on a socket of this machine; what it answers is the child's."""

    def __init__(self, verb, path):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                """Say nothing."""

        setattr(Handler, f"do_{verb}", lambda handler: service._serve(handler))
        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/{path}"

    def _half(self, handler):
        """Cut the answer in the middle."""
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")

    def _reply(self, handler, status, body, headers=()):
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **dict(headers)}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def _hang(self, handler):
        handler.connection.settimeout(5)
        try:
            handler.connection.recv(1)  # until the other side gives up
        except OSError:
            """It gave up."""

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
