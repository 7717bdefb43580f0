"""Odoo's shell kept open: scripts run in it one after another, Odoo is loaded once.

Loading takes four seconds of a processor; an end-to-end test sends several scripts.
"""

import io
import json
import os
import select
import signal
import subprocess
import traceback
from contextlib import redirect_stdout
from pathlib import Path

from runtime import odoo as runtime_odoo
from runtime import shell

from .odoo import Odoo

LIMIT = 300.0  # seconds for one script


class Shell:
    """A process with Odoo over one database; it ends with ``close()``."""

    def __init__(self, odoo: Odoo, database: str, log: Path) -> None:
        requests, self.requests = os.pipe()
        self.answers, answers = os.pipe()
        options = ["-d", database, "--no-http", "--log-level=warn", f"--logfile={log}"]
        with log.open("ab") as stream:
            self.process = subprocess.Popen(
                runtime_odoo.command(odoo.environment, "shell", *options),
                env=shell.environment(**odoo.variables()),
                pass_fds=(requests, answers),
                stdin=subprocess.PIPE,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
        os.close(requests)
        os.close(answers)
        words = (database, requests, answers)
        script = f"from runtime.testing import shells\nshells.serve(*{words!r})\n"
        self.process.stdin.write(script.encode())
        self.process.stdin.close()

    def run(self, script: str) -> str:
        """Run Python with ``env`` in a transaction of its own; what it prints.

        End it with ``env.cr.commit()`` to keep changes. RuntimeError with the traceback if it
        fails, or takes longer than LIMIT.
        """
        os.write(self.requests, json.dumps(script).encode() + b"\n")
        answer = json.loads(self._line())
        if answer["error"]:
            raise RuntimeError(answer["error"])
        return answer["printed"]

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            ready, _write, _error = select.select([self.answers], [], [], LIMIT)
            part = os.read(self.answers, 65536) if ready else b""
            if not part:
                self.close()
                raise RuntimeError("Odoo's shell ended" if ready else f"over {LIMIT:.0f} s")
            line += part
        return line

    def close(self) -> None:
        """End it, and what its scripts have left running."""
        os.close(self.requests)
        os.close(self.answers)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def serve(database: str, requests: int, answers: int) -> None:
    """Inside Odoo's shell: run each script that comes until the other side is closed."""
    with os.fdopen(requests, "r", encoding="utf-8") as source, os.fdopen(answers, "w") as target:
        for line in source:
            printed, error = io.StringIO(), ""
            try:
                with redirect_stdout(printed):
                    _run(database, json.loads(line))
            except Exception:  # noqa: BLE001 - whoever sent it is told
                error = traceback.format_exc()
            target.write(json.dumps({"printed": printed.getvalue(), "error": error}) + "\n")
            target.flush()


def _run(database: str, script: str) -> None:
    """As Odoo's shell runs a script, but over what other processes have committed since."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    with Registry(database).check_signaling().cursor() as cr:
        context = api.Environment(cr, SUPERUSER_ID, {})["res.users"].context_get()
        env = api.Environment(cr, SUPERUSER_ID, context)
        try:
            exec(script, {"env": env})  # noqa: S102 - the scripts of our own tests
        finally:
            cr.rollback()
