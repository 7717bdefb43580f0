"""The whole chain for tests: the real PBX, the connector's process, Odoo, operators' sessions.

Nothing here knows the insides of the connector: people act by RPC as their screens do, hear the
bus by a websocket, and the database is read.
"""

import contextlib
import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import websocket
from stage import QUEUE, Stage

from runtime import odoo as runtime_odoo
from runtime.pbx import Pbx
from runtime.testing.clients import LIMIT as REQUEST
from runtime.testing.clients import Visitor
from runtime.testing.running import Server

LIMIT = 90.0  # seconds until what is expected must have come; a busy machine is slow
SETTING = Path(__file__).parent / "inside/hotline.py"
T = TypeVar("T")


def until(found: Callable[[], T], what: str | Callable[[], str]) -> T:
    """Ask again and again until the answer is true; return it.

    `what` is wanted; where it is called, it is once nothing came: what there is instead.
    """
    end = time.monotonic() + LIMIT
    while not (result := found()):
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what if isinstance(what, str) else what()}")
        time.sleep(0.1)
    return result


def member(stage: Stage, number: str = "101") -> str:
    """Return the line of the queue about a telephone."""
    lines = stage.pbx.cli(f"queue show {QUEUE}").splitlines()
    return next((line for line in lines if f"PJSIP/{number}" in line), "")


class Refused(Exception):  # noqa: N818  # as in "the act is refused"
    """The server refused an act; its words."""


class Hotline:
    """One PBX, one connector (or more), one Odoo, over a database of their own."""

    def __init__(self, server: Server, pbx: Pbx) -> None:
        self.server, self.pbx = server, pbx
        self.connectors: list[subprocess.Popen] = []

    def settle(self) -> None:
        """Make the people, their telephones and the record of the PBX."""
        site = self.pbx.site
        options = {
            "host": site.ami_address,
            "port": site.ports.ami,
            "secret": self.pbx.secrets["AMI"],
            "ws": self.door("wss"),
            "sip": self.pbx.secrets["110"],
        }
        script = SETTING.read_text(encoding="utf-8")
        self.server.shell(f"OPTIONS = {options!r}\n{script}")
        self.server.close_shell()

    def door(self, way: str) -> str:
        """Where the PBX listens for telephones in browsers, by ws or wss."""
        ports = self.pbx.site.ports
        port = {"ws": ports.http, "wss": ports.https}[way]
        return f"{way}://{self.pbx.site.address}:{port}/ws"

    def leads_to(self, way: str) -> None:
        """Tell the pages that open from now on which of them to use."""
        words = "UPDATE hotline_pbx SET ws_url = :'door'"
        self.server.odoo.databases.server.query(words, self.server.database, door=self.door(way))

    # the connector

    def connect(self) -> subprocess.Popen:
        """Start a connector; a second one waits for its turn."""
        odoo, database = self.server.odoo, self.server.database
        log = odoo.folder / f"e2e-{database}-connector.log"
        words = ("hotline_pbx", "-d", database, "--pbx", "main")
        made = runtime_odoo.start(odoo.environment, odoo.configuration, *words, log=log)
        self.connectors.append(made)
        return made

    def serves(self, connector: subprocess.Popen) -> None:
        """Wait until this process serves the PBX."""
        sql = "SELECT state, connector FROM hotline_pbx"
        words = f":{connector.pid}"
        until(
            lambda: (row := self.row(sql))["state"] == "online" and words in row["connector"],
            f"connector {words} online",
        )

    def offline(self) -> None:
        """Wait until Odoo knows that the PBX is away."""
        sql = "SELECT state FROM hotline_pbx WHERE state = 'offline'"
        until(lambda: self.row(sql), "the PBX is offline")

    def kill(self, connector: subprocess.Popen) -> None:
        """End a connector as a power cut would."""
        connector.kill()
        connector.wait()
        self.connectors.remove(connector)

    def close(self) -> None:
        """End the connectors."""
        for connector in self.connectors:
            runtime_odoo.stop(connector)
        self.connectors.clear()

    # the database

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Return the rows of a query; ``:'name'`` in it stands for a value."""
        words = {name: str(value) for name, value in values.items()}
        query = f"SELECT coalesce(json_agg(found), '[]') FROM ({sql}) AS found"
        databases = self.server.odoo.databases
        return json.loads(databases.server.query(query, self.server.database, **words))

    def put_away(self) -> None:
        """Put away the calls of other tests, so that a page that opens stands empty.

        It would hear the bus's last fifty seconds and open the operator's unfinished call.
        """
        words = "UPDATE hotline_call SET state = 'closed' WHERE state = 'open' AND phase = 'over'"
        for sql in ("DELETE FROM bus_bus", words):
            self.server.odoo.databases.server.query(sql, self.server.database)

    def row(self, sql: str, **values: Any) -> dict[str, Any]:
        """Return the only row, {} where there is none; AssertionError for more."""
        found = self.rows(sql, **values)
        assert len(found) < 2, found
        return found[0] if found else {}

    def last_call(self) -> int:
        """Return the id of the newest call."""
        return self.row("SELECT coalesce(max(id), 0) AS id FROM hotline_call")["id"]

    def call(self, after: int, **expected: Any) -> dict[str, Any]:
        """Wait until the only call since ``after`` has these values; return all of them."""
        sql = "SELECT * FROM hotline_call WHERE id > :'after'::int"

        def found() -> dict[str, Any]:
            row = self.row(sql, after=after)
            return row if row and expected.items() <= row.items() else {}

        try:
            return until(found, f"{expected}")
        except AssertionError:
            raise AssertionError(
                f"{expected} never came; is: {self.rows(sql, after=after)}"
            ) from None

    def disposition(self, call: dict[str, Any]) -> str:
        """Return the name of the disposition a call has, in Russian."""
        sql = "SELECT name->>'ru_RU' AS name FROM hotline_disposition WHERE id = :'id'::int"
        return self.row(sql, id=call["disposition_id"] or 0).get("name", "")

    def legs(self, call: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the participants of a call in the order of their coming."""
        sql = "SELECT * FROM hotline_call_leg WHERE call_id = :'id'::int ORDER BY id"
        return self.rows(sql, id=call["id"])

    def transfer(self, call: dict[str, Any]) -> dict[str, Any]:
        """Return the only transfer of a call."""
        return self.row(
            "SELECT * FROM hotline_call_transfer WHERE call_id = :'id'::int", id=call["id"]
        )

    def open(self) -> list[dict[str, Any]]:
        """Return the calls and the legs that have not ended."""
        return self.rows(
            "SELECT 'call' AS what, id, phase, linkedid FROM hotline_call WHERE phase <> 'over' "
            "UNION ALL "
            "SELECT 'leg', id, role, uniqueid FROM hotline_call_leg WHERE ended_at IS NULL"
        )

    def quiet(self) -> None:
        """Wait until no call goes on and no command is under way."""
        open_ = "SELECT id, kind, state FROM hotline_pbx_command WHERE state IN ('new', 'sent')"
        try:
            until(lambda: not self.open() and not self.rows(open_), "all calls over, acts ended")
        except AssertionError:
            raise AssertionError(f"still open: {self.open()}, {self.rows(open_)}") from None

    def desk(self, login: str) -> "Desk":
        """Sign a person in."""
        return Desk(self, login).open()


class Desk:
    """One person's session: acts by RPC as the screen does, hears the bus."""

    def __init__(self, hotline: Hotline, login: str) -> None:
        self.hotline, self.name = hotline, login
        self.password = f"{login}-password"
        self.visitor = Visitor(hotline.server.url)
        self.heard: list[tuple[str, Any]] = []
        self.socket: websocket.WebSocket | None = None
        self.reader: threading.Thread | None = None

    def open(self) -> "Desk":
        """Log in and listen."""
        self.visitor.login(self.name, self.password)
        self.user = self._ask("/web/session/get_session_info")["uid"]
        cookie = self.visitor.session.cookies.get("session_id")
        url = self.hotline.server.url
        self.socket = websocket.create_connection(
            url.replace("http", "ws", 1) + "/websocket",
            cookie=f"session_id={cookie}", origin=url, timeout=REQUEST,
        )  # fmt: skip
        self.socket.settimeout(None)
        last = self.hotline.row("SELECT coalesce(max(id), 0) AS id FROM bus_bus")["id"]
        wish = {"event_name": "subscribe", "data": {"channels": [], "last": last}}
        self.socket.send(json.dumps(wish))
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        return self

    def close(self) -> None:
        """Hear no more."""
        with contextlib.suppress(OSError):  # the server went first
            self.socket.sock.shutdown(socket.SHUT_RDWR)  # wakes the reader; a close would not
        self.reader.join(REQUEST)
        self.socket.shutdown()
        self.visitor.session.close()

    def _read(self) -> None:
        while True:
            try:
                text = self.socket.recv()
            except (OSError, websocket.WebSocketException):
                return
            if not text:
                return
            for one in json.loads(text):
                message = one["message"]
                if message["type"].startswith("gov_hotline."):
                    name = message["type"].removeprefix("gov_hotline.")
                    self.heard.append((name, message["payload"]))

    def hears(self, name: str, **expected: Any) -> Any:
        """Wait for a message of the bus with these values; it may have come already."""

        def found() -> Any:
            return next(
                (
                    payload
                    for kind, payload in self.heard
                    if kind == name and expected.items() <= payload.items()
                ),
                None,
            )

        return until(found, lambda: f"{self.name}: {name} {expected}; heard {self.heard}")

    def names(self) -> list[str]:
        """Return the names of what was heard."""
        return [name for name, _payload in self.heard]

    # acts

    def _ask(self, path: str, **params: Any) -> Any:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        url = self.hotline.server.url + path
        answer = self.visitor.session.post(url, json=body, timeout=REQUEST).json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]

    def do(self, model: str, method: str, *words: Any) -> Any:
        """Call a public method as the page does; Refused with the server's words."""
        return self._ask(
            "/web/dataset/call_kw",
            model=model, method=method, args=list(words), kwargs={"context": {"lang": "ru_RU"}},
        )  # fmt: skip

    def phone(self, act: str, *words: Any) -> Any:
        """Act on the telephone of the screen."""
        return self.do("hotline.handset", act, *words)

    def ends(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Wait for the end of an act; return what the screen is told."""
        number = asked["command_id"]
        assert number, "no command was made"
        return until(
            lambda: next(
                (
                    payload
                    for name, payload in self.heard
                    if name == "command"
                    and payload["command_id"] == number
                    and payload["state"] not in ("new", "sent")
                ),
                None,
            ),
            lambda: f"the end of command {number}; heard {self.heard}",
        )

    def sign_in(self) -> None:
        """Come on the line at the own telephone; the queue knows."""
        [seat] = [one["id"] for one in self.phone("look")["extensions"]]
        assert self.ends(self.phone("sign_in", seat))["state"] == "done"

    def is_(self, state: str) -> None:
        """Wait until the database has this person in a state."""
        sql = (
            "SELECT coalesce((SELECT state FROM hotline_operator_state "
            "WHERE user_id = :'user'::int AND until IS NULL), 'offline') AS state"
        )
        until(
            lambda: self.hotline.row(sql, user=self.user)["state"] == state,
            lambda: f"{self.name} {state}; is {self.hotline.row(sql, user=self.user)}",
        )
