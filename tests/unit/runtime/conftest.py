"""The runtime is imported from the clone; each test gets a state and a cache of its own."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """No test touches the clone's .runtime or the user's cache."""
    monkeypatch.setenv("HOTLINE_RUNTIME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME", "ODOO", "PORT",
                 "ADDRESS", "SEED", "DEMO", "PHONE", "DEBIAN_MIRROR"):  # fmt: skip
        monkeypatch.delenv(f"HOTLINE_{name}", raising=False)
    return tmp_path


@pytest.fixture
def programme(tmp_path, monkeypatch):
    """Put a stand-in for a programme of the system first in PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def make(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return make
