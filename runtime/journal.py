"""``make verify-journal``: check the journal of the installed database, one line a finding."""

import subprocess
from pathlib import Path

from . import environment, odoo, paths, postgres, settings, sql
from .faults import Fault

WORD = "hotline_verify_journal"


def verify(marks: list) -> int:
    """Run the check; ``marks`` are files or folders with control marks. 0: no findings, 1: some.

    Works beside a running system and without one. Fault where there is nothing to check yet.
    """
    chosen = settings.read()
    ready = environment.describe(chosen)
    if not ready.python.exists():
        raise Fault("There is no installed system here yet", "Make it by: make run")
    own = chosen.server
    if own:
        server = sql.Server(own.host, own.port, own.user, own.password, ready.pg_bin)
        return _check(ready, server, chosen.database, marks)
    cluster = postgres.cluster("postgres", ready.pg_home)
    was_running = cluster.running()
    try:
        return _check(ready, cluster.start(), chosen.database, marks)
    finally:
        if not was_running:
            cluster.stop()


def _check(ready, server: sql.Server, database: str, marks: list) -> int:
    if not server.exists(database):
        raise Fault(f"There is no database {database}", "Make it by: make run")
    conf = odoo.write_conf(ready, server, name="verify", database=database)
    words = [str(Path(mark).resolve()) for mark in marks]
    command = odoo.command(ready, WORD, "-d", database, *words)
    log = paths.logs() / "verify.log"
    with log.open("ab") as stream:
        done = subprocess.run(
            command, env=odoo.variables(conf), stderr=stream, cwd=paths.ROOT, check=False
        )
    if done.returncode not in (0, 1):
        raise Fault("The journal could not be checked", _last_line(log), log)
    return done.returncode


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1].removeprefix("Error: ") if lines else "It did not say why"
