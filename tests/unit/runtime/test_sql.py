"""The user's own PostgreSQL, through a stand-in for psql."""

import pytest

from runtime.faults import Fault
from runtime.sql import Server


def server(tmp_path, script):
    """A server whose psql is this script."""
    path = tmp_path / "psql"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return Server("db.example", 5432, "hotline", "secret", tmp_path)


@pytest.mark.parametrize(
    "said", ["FATAL: password authentication failed", "connection failed: Connection refused"]
)
def test_a_server_that_does_not_answer_is_told_by_its_settings(tmp_path, said):
    with pytest.raises(Fault, match=f"db.example:5432 cannot be used: {said}") as caught:
        server(tmp_path, f"echo '{said}' >&2; exit 2").check()
    assert "HOTLINE_DB_HOST" in caught.value.way_out


def test_a_server_that_is_too_old_is_refused(tmp_path):
    with pytest.raises(Fault, match=r"PostgreSQL 12 on db\.example is too old"):
        server(tmp_path, "echo 120017").check()
    server(tmp_path, "echo 130000").check()


def test_the_password_is_in_no_command_line_and_no_log(tmp_path):
    made = server(tmp_path, f"echo $PGPASSWORD; echo $@ > {tmp_path}/words")
    assert made.query("SELECT 1") == "secret"
    assert "secret" not in (tmp_path / "words").read_text()


def test_names_are_quoted_by_psql_not_by_us(tmp_path):
    made = server(tmp_path, f"echo $@ >> {tmp_path}/words; cat >> {tmp_path}/sql")
    made.create('a"b')
    assert '--set=name=a"b' in (tmp_path / "words").read_text()
    assert 'a"b' not in (tmp_path / "sql").read_text()
