"""Who runs: process numbers in ``.runtime``, and whether they are still ours."""

import os
import signal
import time
from pathlib import Path

from . import paths


def _file(name: str) -> Path:
    return paths.state() / f"{name}.pid"


def note(name: str, pid: int) -> None:
    """Remember a process and when it started: numbers are used again."""
    _file(name).write_text(f"{pid} {_started(pid)}", encoding="utf-8")


def forget(name: str) -> None:
    """The process has ended."""
    _file(name).unlink(missing_ok=True)


def alive(name: str) -> "int | None":
    """The number of the noted process if it is the same one and still runs."""
    try:
        pid, started = _file(name).read_text(encoding="utf-8").split()
    except (FileNotFoundError, ValueError):
        return None
    return int(pid) if started == str(_started(int(pid))) else None


def _started(pid: int) -> int:
    """Start time of a process in ticks since boot, 0 if there is none (or only its remains)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[19])


def end(name: str, sign: int = signal.SIGINT, seconds: float = 30) -> bool:
    """End a noted process: ask, wait, insist. True if there was one."""
    pid = alive(name)
    if pid:
        os.kill(pid, sign)
        until = time.monotonic() + seconds
        while alive(name) and time.monotonic() < until:
            time.sleep(0.1)
        if alive(name):
            os.kill(pid, signal.SIGKILL)
    forget(name)
    return bool(pid)
