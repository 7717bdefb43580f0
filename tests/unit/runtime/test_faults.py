"""What goes wrong is one line with the way out, and a non-zero exit code."""

import ast
import errno
import subprocess
import sys
from pathlib import Path

import pytest

from runtime import commands, environment, faults, python, running, settings, shell
from runtime.faults import Fault

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("output", "what"),
    [
        ("cp: write error: No space left on device", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("E: Could not resolve 'mirror.example'", "There is no network"),
        ("NewConnectionError: Temporary failure in name resolution", "There is no network"),
        ("npm error code EAI_AGAIN", "There is no network"),
        ("E: Release file for x is expired (invalid since 15d)", "The Debian mirror's lists"),
        ("ERROR: No matching distribution found for lxml==5.2.1", "The Python package index"),
        ("npm error self-signed certificate in certificate chain", "A server's certificate"),
        ("mkdir: Permission denied", "A file or folder may not be written"),
    ],
)
def test_output_of_a_programme_is_explained(output, what):
    assert str(faults.explain("apt-get", output)).startswith(what)


def test_an_unknown_failure_shows_its_last_line_and_the_log(tmp_path):
    fault = faults.explain("pip", "first\nthe very reason\n\n", tmp_path / "setup.log")
    assert "the very reason" in str(fault)
    assert "first" not in str(fault)
    assert "setup.log" in str(fault)


def test_a_fault_is_one_line_on_the_error_stream_and_code_1(monkeypatch, capsys):
    def fail(_arguments):
        raise Fault("It is broken", "Mend it")

    monkeypatch.setitem(commands.COMMANDS, "run", fail)
    assert commands.main(["run"]) == 1
    assert capsys.readouterr().err == "Error: It is broken. Mend it\n"


def test_a_full_disk_in_the_middle_is_told_like_any_other_fault(monkeypatch, capsys):
    def fail(_arguments):
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    monkeypatch.setitem(commands.COMMANDS, "run", fail)
    assert commands.main(["run"]) == 1
    assert capsys.readouterr().err.startswith("Error: The disk is full.")


def test_an_unexpected_error_is_not_hidden(monkeypatch):
    def fail(_arguments):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setitem(commands.COMMANDS, "run", fail)
    with pytest.raises(OSError, match="Input/output"):
        commands.main(["run"])


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 14, 0)])
def test_wrong_python(version):
    with pytest.raises(Fault, match=rf"Python 3\.{version[1]} does not do"):
        python.check_version(version)


def test_a_python_that_is_too_old_is_told_before_anything_else_is_read():
    """The package's first file is written in what Python 3.6 can read, so that it can say so."""
    text = (ROOT / "runtime/__init__.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    code = f"import sys\nsys.version_info = (3, 9, 2)\n{text}"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: Python 3.9 does not do")


def test_no_disk():
    with pytest.raises(Fault, match=r"Too little disk: 1\.0 GB free"):
        environment.check_disk(free=2**30)
    environment.check_disk(free=2**40)


def test_port_taken():
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Fault, match=f"Port {port} on 127.0.0.1 is taken") as caught:
            running.check_port("127.0.0.1", port)
    assert f"HOTLINE_PORT={port + 1}" in caught.value.way_out
    running.check_port("127.0.0.1", port)


def test_make_clean_removes_nothing_of_the_users(tmp_path):
    (tmp_path / "stamps").mkdir()
    (tmp_path / "odoo.conf").touch()
    running.refuse_foreign(tmp_path)
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(Fault, match=r"holds what is not ours: thesis\.odt"):
        running.refuse_foreign(tmp_path)


def test_make_clean_leaves_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(running.postgres, "ELSEWHERE", tmp_path / "elsewhere")
    (tmp_path / "state/stamps").mkdir(parents=True)
    assert running.clean() == 0
    assert not (tmp_path / "state").exists()


def test_an_address_that_is_not_ours_is_no_taken_port():
    with pytest.raises(Fault, match="HOTLINE_ADDRESS"):
        running.check_port("192.0.2.1", 8069)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("HOTLINE_PORT", "http", "is not a number"),
        ("HOTLINE_DEMO", "all", "is not a share"),
        ("HOTLINE_PHONE", "maybe", "is neither yes nor no"),
        ("HOTLINE_PORT", "70000", "is not a number from 1 to 65535"),
        ("HOTLINE_ODOO", "/nowhere", "is no Odoo checkout"),
        ("HOTLINE_DB_NAME", "a b;", "is no good name"),
    ],
)
def test_a_setting_that_cannot_work(variable, value, words):
    with pytest.raises(Fault, match=words):
        settings.read({variable: value})


def test_the_superuser_of_postgresql_is_refused_before_odoo_does():
    with pytest.raises(Fault, match="refuses to work as the database user postgres"):
        settings.read({"HOTLINE_DB_HOST": "db", "HOTLINE_DB_USER": "postgres"})


def test_a_missing_programme_is_named():
    with pytest.raises(Fault, match="no-such-programme is missing"):
        shell.run(["no-such-programme"])


def test_the_output_of_a_failed_programme_is_kept_in_the_log(programme):
    programme("breaks", "echo 'the reason'; exit 3")
    with pytest.raises(Fault) as caught:
        shell.run(["breaks"])
    assert "the reason" in caught.value.log.read_text(encoding="utf-8")


def test_telephony_belongs_to_the_demo():
    """An own server has people at work and a PBX of its own."""
    assert settings.read({}).phone
    assert not settings.read({"HOTLINE_PHONE": "no"}).phone
    assert not settings.read({"HOTLINE_DB_HOST": "db"}).phone
    assert settings.read({"HOTLINE_DB_HOST": "db", "HOTLINE_PHONE": "yes"}).phone
