"""Odoo as a child: its configuration file, its command line, start, wait and stop."""

import os
import secrets
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import paths, shell
from .environment import Environment
from .faults import Fault
from .sql import Server
from .steps import write_atomic

# Background jobs at once, mail, recalculations and speech one by one; the same as in odoo.conf.
CHANNELS = (
    "root:2,root.hotline_mail:1,root.hotline_incoming_mail:1,root.hotline_recalculation:1,"
    "root.hotline_transcript:1"
)
START = Path(__file__).with_name("scripts") / "start_odoo.py"


def server_wide(environment: Environment) -> str:
    """The modules Odoo loads before any database; OCA's queue must be one where it is installed."""
    site = environment.python.parent.parent / "lib"
    queue = any(site.glob("python3*/site-packages/odoo/addons/queue_job"))
    return "base,rpc,web" + (",queue_job" if queue else "")


def write_conf(
    environment: Environment, server: Server, *, name: str = "odoo", database: str = "", **options
) -> Path:
    """Write ``.runtime/NAME.conf`` and return it; only its owner may read it (a password).

    ``options`` are further entries of the section, such as ``http_port=8069``.
    """
    values = {
        "addons_path": ",".join(map(str, environment.addons_path)),
        "data_dir": environment.state / f"{name}-data",
        "db_host": server.host,
        "db_port": server.port,
        "db_user": server.user,
        "db_password": server.password,
        "db_template": server.template,
        "db_name": database,
        "dbfilter": f"^{database}$" if database else "",
        "list_db": False,
        "admin_passwd": secrets.token_urlsafe(24),
        "server_wide_modules": server_wide(environment),
        "http_interface": "127.0.0.1",
        **options,
    }
    lines = [f"{option} = {value}" for option, value in values.items() if value != ""]
    queue = ["[queue_job]", f"channels = {CHANNELS}", f"host = {_host(values['http_interface'])}"]
    path = environment.state / f"{name}.conf"
    write_atomic(path, "\n".join(["[options]", *lines, "", *queue, ""]), 0o600)
    return path


def _host(interface: str) -> str:
    """Where the server that listens on ``interface`` finds itself: so it is asked to run jobs."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
    host = everywhere.get(interface, interface)
    return f"[{host}]" if ":" in host else host


def command(environment: Environment, *words) -> list:
    """The command line ``odoo …``; pass ``variables()`` as its environment.

    A file, not ``-m odoo``: see there.
    """
    return [str(environment.python), str(START), *map(str, words)]


def variables(conf: Path) -> dict:
    """The environment of an Odoo child.

    Commands of add-ons are looked for before ``-c`` is read, so the file is named here. The queue's
    requests to its own server never go through a proxy.
    """
    proxied = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    direct = ",".join(filter(None, [proxied, "127.0.0.1,localhost,::1"]))
    return shell.environment(ODOO_RC=str(conf), NO_PROXY=direct, no_proxy=direct)


def run(
    environment: Environment, conf: Path, *words, log: str = "odoo-setup.log", note=None
) -> str:
    """Run Odoo to its end (``--stop-after-init`` or a command); Fault if it fails."""
    tell = (lambda line: _tell(line, note)) if note else None
    return shell.run(
        command(environment, *words), env=variables(conf), log=log, on_line=tell, cwd=paths.ROOT
    )


def _tell(line: str, note) -> None:
    """Progress out of Odoo's log: "Loading module mail (14/79)"."""
    if "odoo.modules.loading: Loading module" in line:
        note(line.split("Loading module ", 1)[1])


def start(environment: Environment, conf: Path, *words, log: Path) -> subprocess.Popen:
    """Start Odoo in a session of its own: Ctrl-C reaches us, we stop it. Output goes to log."""
    with log.open("ab") as stream:
        return subprocess.Popen(
            command(environment, *words), env=variables(conf), stdout=stream, stderr=stream,
            stdin=subprocess.DEVNULL, start_new_session=True, cwd=paths.ROOT,
        )  # fmt: skip


def wait_http(
    url: str, process: subprocess.Popen, *, seconds: float = 120, log: "Path | None" = None
) -> None:
    """Wait until Odoo answers ``/web/health``; Fault if it ends or takes too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Fault(
                f"Odoo ended with code {process.returncode} at its start", "See its log", log
            )
        if _healthy(url):
            return
        time.sleep(0.2)
    raise Fault(f"Odoo does not answer on {url} after {seconds:.0f} s", "See its log", log)


def _healthy(url: str) -> bool:
    try:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(f"{url}/web/health", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def stop(process: subprocess.Popen, seconds: float = 20) -> None:
    """Stop Odoo: it ends its requests first; what does not end in time is killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
