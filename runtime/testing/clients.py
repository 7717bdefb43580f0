"""How the end-to-end tests talk to a running system: JSON-2, plain HTTP, a browser.

Imported inside Odoo's virtual environment, which has requests and websocket-client.
"""

import itertools
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import requests
import websocket

from . import choice
from .running import Server

LIMIT = 30.0  # seconds for one request, or for a page to come to what is expected of it
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_DEBUGGER = re.compile(r"DevTools listening on (ws://\S+)")


class RpcError(Exception):
    """The server refused: ``status`` of HTTP, ``name`` of the exception, its message."""

    def __init__(self, status: int, name: str, message: str) -> None:
        super().__init__(f"{status} {name}: {message}")
        self.status, self.name, self.message = status, name, message


class Rpc:
    """Odoo's JSON-2 API with one user's key."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"bearer {key}"

    @classmethod
    def with_new_key(cls, server: Server, login: str) -> Self:
        """A client of the user, with a key made in the database (hours, not days)."""
        return cls(server.url, _new_key(server, login))

    def call(self, model: str, method: str, *, ids: list[int] | None = None, **values: Any) -> Any:
        """Call a public method; RpcError if the server refuses."""
        body = {**values, "ids": ids} if ids is not None else values
        answer = self.session.post(f"{self.url}/json/2/{model}/{method}", json=body, timeout=LIMIT)
        if answer.status_code >= 400:
            raise _rpc_error(answer)
        return answer.json()


def _rpc_error(answer: requests.Response) -> RpcError:
    try:
        error = answer.json()
    except ValueError:
        return RpcError(answer.status_code, "", answer.text[:300])
    return RpcError(answer.status_code, error.get("name", ""), error.get("message", ""))


def _new_key(server: Server, login: str) -> str:
    """Make the key as Odoo does: in its shell, over the running database."""
    script = (
        f"user = env['res.users'].search([('login', '=', {login!r})]).ensure_one()\n"
        "keys = env['res.users.apikeys'].with_user(user).sudo()\n"
        "from datetime import datetime, timedelta\n"
        "key = keys._generate('rpc', 'e2e', datetime.now() + timedelta(hours=2))\n"
        "env.cr.commit()\n"
        "print('KEY=' + key)\n"
    )
    return server.shell(script).split("KEY=", 1)[1].split()[0]


class Visitor:
    """A web session: cookies, forms with their CSRF token, sign-in by form."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.session.close()

    def get(self, path: str, **options: Any) -> requests.Response:
        """GET a page of the system."""
        return self.session.get(self.url + path, timeout=LIMIT, **options)

    def post(self, path: str, form: str | None = None, **fields: str) -> requests.Response:
        """Send a form; the token is taken from the page ``form`` (the path itself by default)."""
        page = self.get(form or path).text
        token = _TOKEN.search(page)
        data = {**fields, "csrf_token": token.group(1)} if token else fields
        return self.session.post(self.url + path, data=data, timeout=LIMIT)

    def login(self, login: str, password: str) -> Self:
        """Sign in by the form; AssertionError if the system does not let the visitor in."""
        answer = self.post("/web/login", login=login, password=password)
        if "/web/login" in answer.url:
            raise AssertionError(f"{login} was not let in")
        return self


class Browser:
    """A headless Chromium over its own protocol: open pages, run scripts, wait, take pictures."""

    def __init__(
        self, url: str, size: tuple[int, int] = (1440, 900), options: Sequence[str] = ()
    ) -> None:
        self.url, self.size, self.options = url, size, options
        self.numbers = itertools.count(1)
        self.errors: list[str] = []

    def __enter__(self) -> Self:
        # the browser's helpers may still write into the profile when it is removed
        self.profile = tempfile.TemporaryDirectory(
            prefix="hotline-browser-", ignore_cleanup_errors=True
        )
        self.process = self._start()
        self.socket = websocket.create_connection(
            self._page(self._debugger()), timeout=LIMIT, suppress_origin=True
        )
        for domain in ("Page", "Runtime", "Network"):
            self.send(f"{domain}.enable")
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()
        self.process.kill()
        self.process.wait()
        self.profile.cleanup()

    def _start(self) -> subprocess.Popen:
        width, height = self.size
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"]
        options += ["--no-first-run", "--disable-dev-shm-usage", f"--window-size={width},{height}"]
        options += [f"--user-data-dir={self.profile.name}", "--lang=ru", *self.options]
        self.output = Path(self.profile.name) / "chromium.log"
        with self.output.open("wb") as stream:
            return subprocess.Popen(
                [str(choice.browser()), *options, "about:blank"],
                stdout=stream,
                stderr=subprocess.STDOUT,
            )

    def _debugger(self) -> str:
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if match := _DEBUGGER.search(self.output.read_text(errors="replace")):
                return match.group(1)
            time.sleep(0.1)
        raise RuntimeError(f"the browser did not start: {self.output.read_text()[-500:]}")

    def _page(self, debugger: str) -> str:
        address = debugger.split("/devtools")[0].replace("ws://", "http://")
        targets = requests.get(f"{address}/json/list", timeout=LIMIT).json()
        pages = [target for target in targets if target["type"] == "page"]
        return pages[0]["webSocketDebuggerUrl"]

    def send(self, method: str, **parameters: Any) -> dict:
        """One command of the DevTools protocol; its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self._note(message)

    def _note(self, message: dict) -> None:
        """Keep what the page complains about: a test may assert that it is nothing."""
        parameters = message.get("params", {})
        if message.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif message.get("method") == "Runtime.consoleAPICalled" and parameters["type"] == "error":
            texts = [str(part.get("value", part.get("description"))) for part in parameters["args"]]
            self.errors.append(" ".join(texts))

    def open(self, path: str) -> None:
        """Go to a page of the system."""
        self.send("Page.navigate", url=self.url + path)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression in the page; awaited if it is a promise."""
        result = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def wait(self, script: str) -> Any:
        """Wait until the expression is true; its value. AssertionError with the page's text."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                if value := self.run(script):
                    return value
            except RuntimeError:
                pass  # the page is just being replaced
            time.sleep(0.1)
        raise AssertionError(f"never came: {script}\n{self.run('document.body.innerText')[:1000]}")

    def login(self, login: str, password: str) -> None:
        """Sign in: the cookie of a session made by the form."""
        with Visitor(self.url) as visitor:
            visitor.login(login, password)
            cookie = visitor.session.cookies.get("session_id")
        self.send("Network.setCookie", name="session_id", value=cookie, url=self.url)
