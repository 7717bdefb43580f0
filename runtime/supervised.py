"""Children that are started anew when they die, each watched by a thread of its own."""

import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from . import processes
from .faults import Fault

FIRST, LAST = 1.0, 30.0  # seconds before a new start: doubled while it dies at once
SOUND = 60.0  # seconds of life after which the next death is a first one again


@dataclass
class Guard:
    """Keeps one child alive. ``launch`` starts it, ``end`` stops it, ``say`` is told of deaths."""

    name: str
    launch: Callable[[], subprocess.Popen]
    end: Callable[[subprocess.Popen], None]
    say: Callable[[str], None] = print
    first: float = FIRST
    process: "subprocess.Popen | None" = None
    _stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: "threading.Thread | None" = None

    def start(self) -> "Guard":
        """Start the child (Fault if that fails) and watch it from now on."""
        self._begin()
        self._thread = threading.Thread(target=self._watch, name=self.name, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End the child for good."""
        self._stopped.set()
        with self._lock:
            if self.process and self.process.poll() is None:
                self.end(self.process)
            processes.forget(self.name)
        if self._thread:
            self._thread.join()

    def _begin(self) -> None:
        with self._lock:
            if not self._stopped.is_set():
                self.process = self.launch()
                processes.note(self.name, self.process.pid)

    def _watch(self) -> None:
        pause = self.first
        while not self._stopped.is_set():
            start = time.monotonic()
            code = self.process.wait()
            pause = self.first if time.monotonic() - start > SOUND else pause
            if self._stopped.is_set():
                return
            self.say(f"{self.name} ended by itself (code {code}): started anew in {pause:.0f} s")
            self._stopped.wait(pause)
            pause = min(pause * 2, LAST)
            self._again()

    def _again(self) -> None:
        try:
            self._begin()
        except Fault as fault:
            self.say(str(fault))
