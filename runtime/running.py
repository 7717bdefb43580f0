"""``make run``: prepare, start PostgreSQL and Odoo, greet, and stop everything in the end."""

import errno
import os
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from . import (
    environment,
    greeting,
    odoo,
    paths,
    pbx,
    pbx_tree,
    postgres,
    processes,
    python,
    settings,
    sql,
)
from . import telephony as telephones
from .console import Console
from .database import Database
from .faults import Fault

# What the set-up, the runs and the tests leave in .runtime.
OURS = ("lock", "log", "stamps", "odoo*", "venv*", "node", "pip", "tmp*", "*.conf", "*.pid",
        "postgres", "test*", ".*.conf.*", "asterisk*", "pbx", "prompts")  # fmt: skip
STEPS = 4  # beside the set-up: PostgreSQL, database, telephony, Odoo


@dataclass
class Runner:
    """One run from the first check to the last stop."""

    settings: settings.Settings
    console: Console
    cluster: "postgres.Cluster | None" = None
    odoo: "subprocess.Popen | None" = None
    telephony: "telephones.Telephony | None" = None

    @property
    def url(self) -> str:
        """Where the browser finds it."""
        everywhere = self.settings.address in ("0.0.0.0", "::")  # noqa: S104
        host = "127.0.0.1" if everywhere else self.settings.address
        return f"http://{f'[{host}]' if ':' in host else host}:{self.settings.port}"

    def run(self) -> int:
        """Everything; returns when Odoo ended or the user pressed Ctrl-C."""
        python.check_version()
        refuse_second()
        end_orphans()
        check_port(self.settings.address, self.settings.port)
        processes.note("run", os.getpid())
        _listen()
        try:
            self._start()
            return self._watch()
        except KeyboardInterrupt:
            self.console.say("")
            return 130 if self.odoo is None else 0
        finally:
            self.stop()

    def _start(self) -> None:
        steps = [step for step in environment.plan() if step.pending()]
        phone = pbx_tree.steps() if self.settings.phone else []
        self.console.total = len(steps) + STEPS + sum(step.pending() for step in phone)
        ready = environment.prepare(console=self.console)
        with self.console.step("PostgreSQL"):
            server = self._server(ready)
        conf = self._conf(ready, server)
        with self.console.step(f"Database {self.settings.database}"):
            database = Database(ready, server, conf, self.settings, self.console.note)
            done = database.ensure()
        self.console.say(f"      {done}")
        told = self._ring(database)
        log = paths.logs() / "odoo.log"
        with self.console.step("Odoo"):
            self.odoo = odoo.start(ready, conf, log=log)
            processes.note("odoo", self.odoo.pid)
            odoo.wait_http(self.url, self.odoo, log=log)
        if told:
            self.telephony.connect(self.url)
        self._greet(server)

    def _ring(self, database: Database) -> bool:
        """Telephony is part of the demo: an own server with people at work has its own."""
        if not self.settings.phone:
            return False
        self.telephony = telephones.Telephony(database, self.console)
        return self.telephony.start()

    def _greet(self, server: sql.Server) -> None:
        """Only the embedded database is a demo, whose numbers may be shown."""
        name = self.settings.database
        phone = greeting.phone(server, name) if self.cluster else greeting.ANY_PHONE
        rings = bool(self.telephony and self.telephony.pbx)
        found = greeting.logins(server, name)
        self.console.say(greeting.render(self.url, found, phone, rings=rings))

    def _server(self, ready: environment.Environment) -> sql.Server:
        own = self.settings.server
        if own:
            server = sql.Server(own.host, own.port, own.user, own.password, ready.pg_bin)
            server.check()
            return server
        self.cluster = postgres.cluster("postgres", ready.pg_home, say=self.console.say)
        return self.cluster.start()

    def _conf(self, ready: environment.Environment, server: sql.Server) -> Path:
        return odoo.write_conf(
            ready, server, database=self.settings.database,
            http_interface=self.settings.address, http_port=self.settings.port,
        )  # fmt: skip

    def _watch(self) -> int:
        code = self.odoo.wait()
        raise Fault(
            f"Odoo ended by itself with code {code}", "See its log", paths.logs() / "odoo.log"
        )

    def stop(self) -> None:
        """Stop what this run started, Odoo first."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C
        if self.odoo:
            self.console.say("Stopping Odoo and PostgreSQL …")
            odoo.stop(self.odoo)
            processes.forget("odoo")
        if self.telephony:
            self.telephony.stop()
        if self.cluster:
            self.cluster.stop()
        processes.forget("run")


def _interrupt(*_signal) -> None:
    raise KeyboardInterrupt


def _listen() -> None:
    """End in order at Ctrl-C, at make stop and when the terminal closes (unless under nohup)."""
    signal.signal(signal.SIGINT, _interrupt)  # a shell's background job would ignore it
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def refuse_second() -> None:
    """Fault if this clone already runs."""
    if processes.alive("run"):
        raise Fault("This clone already runs", "Use it, or stop it by: make stop")


def end_orphans() -> None:
    """Odoo of a run that was killed still holds the port and the database: end it."""
    telephones.end_orphans()
    processes.end("odoo")


def check_port(address: str, port: int) -> None:
    """Fault if somebody listens on the port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Fault(
                    f"{address}:{port} cannot be used ({error.strerror})",
                    "Set HOTLINE_ADDRESS to one of this machine, HOTLINE_PORT to 1024 or more",
                ) from error
            raise Fault(
                f"Port {port} on {address} is taken",
                f"Stop what uses it, or choose another: HOTLINE_PORT={port + 1} make run",
            ) from error


def stop() -> int:
    """``make stop``: end the run of this clone, also one whose console is gone."""
    ended = processes.end("run", signal.SIGTERM, 60)
    ended = telephones.end_orphans() or ended
    ended = processes.end("odoo") or ended
    for cluster in postgres.existing(environment.describe().pg_home):
        ended = cluster.running() or ended
        cluster.stop()
    print("Stopped." if ended else "Nothing of this clone was running.")
    return 0


def refuse_foreign(folder: Path) -> None:
    """Fault if a folder the user chose by HOTLINE_RUNTIME holds more than we made there."""
    names = (path.name for path in folder.iterdir())
    strange = sorted(n for n in names if not any(fnmatch(n, pattern) for pattern in OURS))
    if strange and folder != paths.ROOT / ".runtime":
        raise Fault(
            f"{folder} holds what is not ours: {', '.join(strange[:5])}",
            "Nothing was removed; take that elsewhere, or unset HOTLINE_RUNTIME",
        )


def clean() -> int:
    """``make clean``: stop, then remove .runtime and the embedded databases with their data."""
    folder = paths.state()
    refuse_foreign(folder)
    stop()
    for cluster in postgres.existing(environment.describe().pg_home):
        cluster.destroy()
    postgres.remove_elsewhere()
    pbx.Pbx(pbx.home()).remove()
    shutil.rmtree(folder)
    print(f"Removed {folder}. The downloads stay in {paths.cache()}.")
    return 0
