"""``make run`` in a clone of its own, from nothing, with PATH reduced to five programmes.

The tests of this file are one story and run in its order: a set-up is killed, repaired, greeted,
stopped, updated without a network, killed, taken over, cleaned.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from runtime.testing import odoolog

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = "git make apt apt-get apt-cache apt-config dpkg dpkg-deb"
GREETING = "Попробуйте / try:"
NOWHERE = "http://127.0.0.1:9"
PATIENCE = 900


@dataclass
class Clone:
    """A clone of the working tree and the runs of make in it."""

    folder: Path
    path: Path
    port: int
    running: list = field(default_factory=list)

    def environment(self, **extra: str) -> dict:
        """The user's environment without what Python, Odoo, Hotline or a make outside set."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(
                ("HOTLINE_", "PYTHON", "ODOO", "VIRTUAL_", "PG", "MAKE", "MFLAGS")
            )
        }
        own = {"PATH": str(self.path), "HOTLINE_PORT": str(self.port), "HOTLINE_DEMO": "0.02"}
        return {**kept, **own, **extra}

    def offline(self) -> dict:
        """The environment of somebody whose way to the internet is cut."""
        names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "npm_config_proxy")
        return dict.fromkeys(names, NOWHERE)

    def make(self, *words: str, **extra: str) -> subprocess.CompletedProcess:
        """Run make to its end; both streams come back as one text."""
        return subprocess.run(
            ["make", *words], cwd=self.folder, env=self.environment(**extra), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def start(self, **extra: str) -> "Run":
        """Start ``make run`` as a terminal does, in a process group of its own."""
        log = self.folder.parent / f"run{len(self.running)}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                ["make", "run"], cwd=self.folder, env=self.environment(**extra),
                stdout=stream, stderr=stream, start_new_session=True,
            )  # fmt: skip
        run = Run(process, log)
        self.running.append(run)
        return run

    def query(self, sql: str) -> str:
        """Ask the embedded database, while it runs."""
        code = (
            "from runtime import environment, postgres; import sys\n"
            "ready = environment.describe()\n"
            "server = postgres.cluster('postgres', ready.pg_home).server\n"
            "print(server.query(sys.argv[1], 'hotline'))"
        )
        command = ["python3", "-c", code, sql]
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout.strip()

    def survivors(self) -> list:
        """Command lines of processes that live on the clone's files."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                cwd = str((path / "cwd").readlink())
            except OSError:
                continue
            if str(self.folder / ".runtime") in command or cwd.startswith(str(self.folder)):
                found.append(command)
        return found


@dataclass
class Run:
    """One ``make run`` and what it has printed."""

    process: subprocess.Popen
    log: Path

    @property
    def output(self) -> str:
        """All it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, words: str) -> None:
        """Wait until it has printed the words; fails with its output if it ends before."""
        until = time.monotonic() + PATIENCE
        while words not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < until, self.output
            time.sleep(0.2)

    def signal(self, number: int) -> int:
        """Send the signal to the whole group, as Ctrl-C does; the exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(60)


def _short_path(folder: Path) -> Path:
    folder.mkdir()
    for name in PROGRAMMES.split():
        (folder / name).symlink_to(f"/usr/bin/{name}")
    (folder / "python3").symlink_to(Path(sys._base_executable).resolve())
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """What git knows of the working tree, in a folder of its own."""
    base = tmp_path_factory.mktemp("runtime")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(listed, cwd=ROOT, text=True).split("\0")
    for name in filter(lambda name: name and (ROOT / name).is_file(), names):
        target = base / "clone" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    clone = Clone(base / "clone", _short_path(base / "path"), _free_port())
    yield clone
    clone.make("clean")


def _authenticate(clone: Clone, login: str) -> dict:
    parameters = {"db": "hotline", "login": login, "password": login}
    request = urllib.request.Request(
        f"http://127.0.0.1:{clone.port}/web/session/authenticate",
        json.dumps({"jsonrpc": "2.0", "params": parameters}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_a_set_up_that_was_killed_is_repaired_by_the_next_run(clone):
    first = clone.start()
    first.wait_for("Python packages and OCA add-ons …")
    first.signal(signal.SIGKILL)
    second = clone.start()
    second.wait_for(GREETING)
    assert "Odoo 19 from Debian unstable" in first.output
    assert "Odoo 19 from Debian unstable" not in second.output
    assert f"http://127.0.0.1:{clone.port}" in second.output


def test_the_first_page_waits_for_no_bundle(clone):
    """Nobody has opened a page yet: its scripts and styles are there already."""
    made = clone.query("SELECT name FROM ir_attachment WHERE url LIKE '/web/assets/%'").split()
    for name in ("web.assets_web.min.js", "web.assets_web.min.css", "web.assets_frontend.min.css"):
        assert name in made, name


def test_the_data_is_where_its_user_can_reach_it(clone):
    """As root: pytest's folder is closed to PostgreSQL's user, the data went elsewhere, said so."""
    said = "cannot reach" in clone.running[-1].output
    assert said == (os.geteuid() == 0)
    assert (clone.folder / ".runtime/postgres/data").exists() != said


def test_the_logins_that_were_printed_open_a_russian_odoo(clone):
    printed = clone.running[-1].output.split("logins (password = login):")[1].split(GREETING)[0]
    logins = [line.split()[0] for line in printed.splitlines() if line.strip()]
    assert {"admin", "operator"} <= set(logins)
    for login in logins:
        session = _authenticate(clone, login)["result"]
        assert session["uid"], login
        assert session["user_context"]["lang"] == "ru_RU", login
        assert session["user_context"]["tz"] == "Europe/Moscow", login


def test_a_second_run_beside_the_first_is_refused(clone):
    refused = clone.make("run")
    assert refused.returncode != 0
    assert "Error: This clone already runs. Use it, or stop it by: make stop" in refused.stdout


def test_the_telephones_ring(clone):
    """A demo call of a citizen: through the PBX of the run, on ports it found free."""
    assert re.search(
        r"Asterisk 2[2-9]\.[\d.]+, sipp [\d.]+, SIP port \d+", clone.running[-1].output
    )
    known = "SELECT number FROM hotline_pbx_extension e JOIN res_users u ON u.id = e.user_id "
    assert "101" in clone.query(f"{known} WHERE u.login = 'operator' ORDER BY number").split()
    log = clone.folder / ".runtime/phone-demo.log"
    with log.open("wb") as stream:
        demo = subprocess.Popen(
            ["make", "phone-demo"], cwd=clone.folder, env=clone.environment(), stdout=stream,
            stderr=stream, start_new_session=True,
        )  # fmt: skip
    until = time.monotonic() + 60
    while "Звонит" not in log.read_text(encoding="utf-8"):
        assert demo.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < until
        time.sleep(0.2)
    os.killpg(demo.pid, signal.SIGINT)
    demo.wait(30)
    assert "Трубка положена / hung up." in log.read_text(encoding="utf-8")


def test_a_pbx_that_dies_comes_back(clone):
    noted = clone.folder / ".runtime/pbx.pid"
    first = noted.read_text(encoding="utf-8")
    os.kill(int(first.split()[0]), signal.SIGKILL)
    clone.running[-1].wait_for("pbx ended by itself (code -9): started anew")
    until = time.monotonic() + 60
    while noted.read_text(encoding="utf-8") == first:
        assert time.monotonic() < until
        time.sleep(0.2)


def test_ctrl_c_stops_all_it_started(clone):
    older = "UPDATE ir_module_module SET latest_version = '19.0.0.9.0' WHERE name = '%s'"
    clone.query(older % "gov_hotline_reports")
    clone.query(
        "UPDATE ir_config_parameter SET value = jsonb_set(value::jsonb, "
        "'{modules,gov_hotline_reports}', '\"older\"') WHERE key = 'gov_hotline.runtime'"
    )
    clone.running[-1].signal(signal.SIGINT)
    assert clone.survivors() == []


def test_a_taken_port_is_one_line(clone):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", clone.port))
        other.listen()
        refused = clone.make("run")
    assert refused.returncode != 0
    error, *make = refused.stdout.strip().splitlines()
    assert error.startswith(f"Error: Port {clone.port} on 127.0.0.1 is taken.")
    assert all(line.startswith("make: ") for line in make)


def test_an_older_database_is_updated_without_a_network(clone):
    run = clone.start(**clone.offline())
    run.wait_for(GREETING)
    assert "updated (gov_hotline_reports)" in run.output
    sql = "SELECT latest_version FROM ir_module_module WHERE name = 'gov_hotline_reports'"
    assert clone.query(sql) != "19.0.0.9.0"
    databases = clone.query(
        "SELECT string_agg(datname, ' ') FROM pg_database WHERE NOT datistemplate"
    )
    assert "draft" not in databases


def test_what_a_killed_run_left_is_taken_over(clone):
    clone.running[-1].signal(signal.SIGKILL)
    assert clone.survivors() != []
    run = clone.start(**clone.offline())
    run.wait_for(GREETING)
    assert "as it was" in run.output


def test_make_stop_ends_it_from_elsewhere(clone):
    assert "Stopped." in clone.make("stop").stdout
    clone.running[-1].process.wait(60)
    assert clone.survivors() == []


def test_odoo_had_nothing_to_complain_of(clone):
    allowed = odoolog.load_allowed()
    for log in (clone.folder / ".runtime/log").glob("odoo*.log"):
        assert odoolog.unexpected(log, "e2e", allowed) == []


def test_no_network_is_one_line_and_leaves_nothing_half_made(clone, tmp_path):
    elsewhere = {
        "HOTLINE_RUNTIME": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    failed = clone.make("setup", **elsewhere, **clone.offline())
    assert failed.returncode != 0
    (error,) = [line for line in failed.stdout.splitlines() if line.startswith("Error: ")]
    assert error.startswith(
        "Error: There is no network (or a proxy is needed). Check the connection"
    )
    assert {path.name for path in (tmp_path / "state").iterdir()} <= {"lock", "log", "stamps"}


def test_no_disk_is_one_line(clone, tmp_path):
    script = f"mount -t tmpfs -o size=64m tmpfs {tmp_path} && exec /usr/bin/make setup"
    failed = subprocess.run(
        ["/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c", script],
        cwd=clone.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        env=clone.environment(HOTLINE_RUNTIME=str(tmp_path), PATH=f"{clone.path}:/usr/bin"),
    )  # fmt: skip
    assert failed.returncode != 0
    assert "Error: Too little disk: 0.1 GB free, 4 GB needed." in failed.stdout


def test_make_clean_leaves_nothing(clone):
    cleaned = clone.make("clean")
    assert cleaned.returncode == 0, cleaned.stdout
    assert not (clone.folder / ".runtime").exists()
