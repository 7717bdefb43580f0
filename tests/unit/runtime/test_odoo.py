"""The configuration file that Odoo gets, and how its start is waited for."""

import configparser
import http.server
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from runtime import odoo
from runtime.faults import Fault
from runtime.sql import Server

# A stand-in for Odoo: starts itself anew once, as odoo.service.server does, then tells who it is.
ANEW = """
import os, sys
def main():
    if os.environ.pop("FIRST", None):
        os.execve(sys.executable, [os.path.basename(sys.executable), *sys.argv], os.environ)
    print(sys.prefix, *sys.argv[1:])
"""


@pytest.fixture
def environment(tmp_path):
    """The folders of a prepared environment."""
    python = tmp_path / "venv/bin/python"
    addons = (Path("/one"), Path("/two"))
    return SimpleNamespace(state=tmp_path, python=python, addons_path=addons)


def read(path):
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    return dict(parser["options"])


def test_the_file_says_what_odoo_needs_and_nothing_empty(environment):
    server = Server("/socket", 5432, "hotline", "", Path("/bin"))
    options = read(odoo.write_conf(environment, server, database="hotline", http_port=8070))
    assert options["addons_path"] == "/one,/two"
    assert options["db_host"] == "/socket"
    assert options["dbfilter"] == "^hotline$"
    assert options["http_port"] == "8070"
    assert options["http_interface"] == "127.0.0.1"
    assert options["list_db"] == "False"
    assert "db_password" not in options  # Odoo warns of an empty one
    assert options["admin_passwd"] != "admin"


def test_a_password_stays_with_its_owner(environment):
    server = Server("db", 5432, "hotline", "pass%word", Path("/bin"))
    path = odoo.write_conf(environment, server)
    assert read(path)["db_password"] == "pass%word"
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_queue_is_loaded_with_the_server_only_where_it_is_installed(environment):
    assert odoo.server_wide(environment) == "base,rpc,web"
    site = environment.state / "venv/lib/python3.11/site-packages/odoo/addons/queue_job"
    site.mkdir(parents=True)
    assert odoo.server_wide(environment) == "base,rpc,web,queue_job"


@pytest.mark.parametrize(
    ("interface", "host"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("fd00::1", "[fd00::1]"),
    ],
)
def test_the_queue_finds_the_server_where_it_listens(environment, interface, host):
    server = Server("/socket", 5432, "hotline", "", Path("/bin"))
    path = odoo.write_conf(environment, server, http_interface=interface)
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    assert dict(parser["queue_job"]) == {"channels": odoo.CHANNELS, "host": host}


def test_the_queues_requests_pass_by_a_proxy(environment, monkeypatch):
    monkeypatch.setenv("no_proxy", "body.example")
    found = odoo.variables(environment.state / "odoo.conf")
    assert found["no_proxy"] == found["NO_PROXY"] == "body.example,127.0.0.1,localhost,::1"


def test_odoo_can_start_itself_anew_by_its_command_line(environment, tmp_path):
    """Odoo repeats ``python ARGV[0] …``: it must be a file that runs, with the same environment."""
    python, script, *words = odoo.command(environment, "shell", "-d", "hotline")
    assert (python, words) == (str(environment.python), ["shell", "-d", "hotline"])
    package = tmp_path / "odoo/cli"
    package.mkdir(parents=True)
    package.joinpath("../__init__.py").touch()
    package.joinpath("__init__.py").write_text(ANEW, encoding="utf-8")
    variables = {"PYTHONPATH": str(tmp_path), "PATH": "/nowhere", "FIRST": "1"}
    done = subprocess.run(
        [sys.executable, script, "-d", "hotline"],
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [sys.prefix, "-d", "hotline"]


def test_progress_is_read_from_odoos_log():
    told = []
    for line in ("INFO x odoo.modules.loading: Loading module mail (14/79)", "INFO x: other"):
        odoo._tell(line, told.append)
    assert told == ["mail (14/79)"]


def test_an_odoo_that_ends_at_its_start_is_told_with_its_log(tmp_path):
    ended = SimpleNamespace(poll=lambda: 1, returncode=1)
    with pytest.raises(Fault, match="ended with code 1") as caught:
        odoo.wait_http("http://127.0.0.1:1", ended, log=tmp_path / "odoo.log")
    assert "odoo.log" in str(caught.value)


def test_an_odoo_that_never_answers_is_given_up():
    silent = SimpleNamespace(poll=lambda: None)
    with pytest.raises(Fault, match="does not answer"):
        odoo.wait_http("http://127.0.0.1:1", silent, seconds=0.1)


class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/web/health" else 404)
        self.end_headers()

    def log_message(self, *_words):
        pass


def test_the_proxy_of_the_user_is_not_asked_for_the_own_machine(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with http.server.HTTPServer(("127.0.0.1", 0), Healthy) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        running = SimpleNamespace(poll=lambda: None)
        odoo.wait_http(f"http://127.0.0.1:{server.server_port}", running, seconds=20)
        server.shutdown()
        thread.join()
