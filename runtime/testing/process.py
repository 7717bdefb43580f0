"""Run one programme of the bench: output to a log of its own, progress, a limit of time."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from runtime import paths, shell

LIMIT = 50 * 60.0  # seconds; a test run that hangs must not hang CI, nor a busy machine cut it
_RUNNING: set[subprocess.Popen] = set()


def run(
    command: Sequence[object],
    log: Path,
    environment: Mapping[str, str] | None = None,
    watch: Callable[[], object] = lambda: None,
    limit: float = LIMIT,
) -> int:
    """Run to the end and return the exit code; 124 when the limit of time was hit.

    ``watch`` is called each second, to note progress.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=paths.ROOT,
            env=shell.environment(**(environment or {})),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        _RUNNING.add(process)
        try:
            return _wait(process, watch, time.monotonic() + limit)
        finally:
            shell.stop(process)
            _RUNNING.discard(process)


def stop_all() -> None:
    """End what other threads run: the user has broken off."""
    for process in list(_RUNNING):
        shell.stop(process)


def _wait(process: subprocess.Popen, watch: Callable[[], object], end: float) -> int:
    while time.monotonic() < end:
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            watch()
    return 124


def tail(log: Path, lines: int = 30) -> str:
    """The end of a log."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
