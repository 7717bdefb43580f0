"""Steps with progress: number n of m, what is being done, for how long."""

import sys
import threading
import time
from contextlib import contextmanager

QUIET = 2.0  # seconds a step may last before its progress shows
PACE = 10.0  # seconds between two lines of progress where there is no terminal


class Console:
    """Prints the steps of one command; the total is known before the first."""

    def __init__(self, total: int = 0, stream=None) -> None:
        self.total, self.number = total, 0
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        self.detail = ""

    def say(self, text: str = "") -> None:
        """Print a line, over the progress that stands there."""
        self._close(text)

    def note(self, detail: str) -> None:
        """What the running step is at: shown with its progress."""
        self.detail = detail.strip()

    @contextmanager
    def step(self, title: str):
        """Show one step: its progress while it runs, its time when it is done."""
        self.number += 1
        self.detail, start = "", time.monotonic()
        head = f"[{self.number}/{max(self.total, self.number)}] {title}"
        finished = threading.Event()
        ticker = threading.Thread(target=self._tick, args=(head, start, finished), daemon=True)
        ticker.start()
        done = "failed"
        try:
            yield
            done = "done"
        finally:
            finished.set()
            ticker.join()
            seconds = time.monotonic() - start
            if done == "done" or seconds > QUIET:  # what fails at once has its own line
                self._close(f"{head}: {done}, {seconds:.1f} s")

    def _tick(self, head: str, start: float, finished: threading.Event) -> None:
        if finished.wait(QUIET):
            return
        while True:
            seconds = time.monotonic() - start
            line = f"{head} … {seconds:.0f} s {self.detail}".rstrip()
            self.stream.write(f"\r\033[K{line[:100]}" if self.live else f"{line}\n")
            self.stream.flush()
            if finished.wait(0.5 if self.live else PACE):
                return

    def _close(self, line: str) -> None:
        self.stream.write(f"\r\033[K{line}\n" if self.live else f"{line}\n")
        self.stream.flush()
