"""A running system for tests/e2e: Odoo as a server over a database of its own, on a free port."""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from runtime import environment, postgres
from runtime import odoo as runtime_odoo

from .databases import NAME, Databases
from .odoo import Odoo, free_port
from .shells import Shell

VARIABLE = "HOTLINE_E2E"
QUIET, QUIET_LIMIT = 1.5, 20.0  # seconds without a line in the log; how long to wait for them
STARTED: list["Server"] = []  # what this process has started, ended or not


@dataclass
class Server:
    """One Odoo server; start it, kill it, start it again: the port and the database stay."""

    odoo: Odoo
    database: str
    port: int = field(default_factory=free_port)
    arguments: tuple = ()
    process: subprocess.Popen | None = None
    inside: Shell | None = None

    @property
    def url(self) -> str:
        """The address of the running system."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """The log of all its runs; the bench reads it for unexpected complaints."""
        return self.odoo.folder / f"e2e-{self.database}.log"

    def start(self) -> "Server":
        """Start it and wait until it answers; Fault if it does not."""
        STARTED.append(self)
        self.process = runtime_odoo.start(
            self.odoo.environment,
            self.odoo.configuration,
            *("-d", self.database, f"--http-port={self.port}", f"--db-filter=^{self.database}$"),
            *self.arguments,
            log=self.log,
        )
        runtime_odoo.wait_http(self.url, self.process, log=self.log)
        return self

    def shell(self, script: str) -> str:
        """Run Python in Odoo's shell over the same database; what it prints.

        It is another process than the server, one for all scripts.
        """
        if not self.inside:
            self.inside = Shell(self.odoo, self.database, self.log)
        return self.inside.run(script)

    def close_shell(self) -> None:
        """End the process of ``shell()``."""
        inside, self.inside = self.inside, None
        if inside:
            inside.close()

    def stop(self) -> None:
        """End it in an orderly way."""
        self.close_shell()
        if self.process:
            self._settle()
            runtime_odoo.stop(self.process)
        self.process = None

    def _settle(self) -> None:
        """Let requests come to their end: at its stop Odoo closes their cursors and complains."""
        end = time.monotonic() + QUIET_LIMIT
        size = -1
        while time.monotonic() < end and size != self.log.stat().st_size:
            size = self.log.stat().st_size
            time.sleep(QUIET)

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None


def end_when_asked() -> None:
    """From now on SIGTERM ends this process as Ctrl-C does, and the servers it started with it.

    They have sessions of their own: nobody else would end them when the user breaks off.
    """

    def end(*_signal: object) -> None:
        for server in STARTED:
            server.close_shell()
            server.kill()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)


def export(odoo: Odoo, template: str) -> dict[str, str]:
    """The environment from which ``read()`` finds the bench again inside pytest."""
    values = {"folder": odoo.folder, "template": template, "data_dir": odoo.databases.data_dir}
    return {VARIABLE: json.dumps({name: str(value) for name, value in values.items()})}


def read() -> tuple[Odoo, str]:
    """The bench and the template with our add-ons; KeyError outside ``make test-e2e``."""
    values = json.loads(os.environ[VARIABLE])
    ready = environment.describe()
    cluster = postgres.cluster(NAME, ready.pg_home)
    databases = Databases(cluster.server, Path(values["data_dir"]))
    return Odoo(ready, databases, cluster, Path(values["folder"])), values["template"]
