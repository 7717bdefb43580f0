"""Asks the recogniser's process; starts it when it is needed, ends it when it does not answer."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

CHILD: Final = Path(__file__).with_name("child.py")
IDLE: Final = 60  # seconds without a question: the process ends, its memory is free
NEEDED: Final = ("model.bin", "config.json")
# What numeric libraries ask for the number of their threads.
THREADS: Final = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Failed(Exception):  # noqa: N818  # as in "the recognition failed"
    """A code, and after a colon what else is known."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Which Python, which model, how many threads of the processor."""

    python: str
    folder: str
    threads: int


def has_model(folder: str) -> bool:
    """Say whether a folder holds a model."""
    return all((Path(folder) / name).is_file() for name in NEEDED)


class Recogniser:
    """One process at a time, whoever asks."""

    def __init__(self, idle: float = IDLE) -> None:
        """Take after how many seconds without a question the process ends."""
        self._idle = idle
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._setting: Setting | None = None

    def ask(self, setting: Setting, path: str, limit: float) -> list[Any]:
        """Return the lines of a sound file; raises Failed."""
        if not has_model(setting.folder):
            raise Failed("model: no model.bin")
        with self._lock:
            child = self._running(setting)
            try:
                child.stdin.write(json.dumps({"file": path}).encode() + b"\n")
                child.stdin.flush()
                answer = self._answer(child, time.monotonic() + limit)
            except BrokenPipeError:
                self.close()
                raise Failed("died") from None
            except Failed:
                self.close()
                raise
        if "fault" in answer:
            raise Failed(answer["fault"])
        return answer["lines"]

    def _running(self, setting: Setting) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None or setting != self._setting:
            self.close()
            words = (str(CHILD), setting.folder, str(setting.threads), str(self._idle))
            # the Python is the server's own setting, the rest are our file and numbers
            self._child = subprocess.Popen(  # noqa: S603
                [setting.python or sys.executable, *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(setting.threads),
                start_new_session=True,
            )
            self._setting = setting
        return self._child

    def _answer(self, child: subprocess.Popen[bytes], until: float) -> dict[str, Any]:
        """Return its next line; a child that ended or takes too long is a failure."""
        said = b""
        while not said.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
                raise Failed("too_long")
            part = os.read(child.stdout.fileno(), 1 << 16)
            if not part:
                raise Failed("died")
            said += part
        return json.loads(said)

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            stream.close()


def _environment(threads: int) -> dict[str, str]:
    # the secrets of the server's own environment are none of its business
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **dict.fromkeys(THREADS, str(threads)), "HF_HUB_OFFLINE": "1"}


recogniser = Recogniser()
