"""Kinds of tests side by side: a lane for each processor, each takes the next job of one list.

Most tests wait for something half of their time (a browser, a server that starts), so two lanes on
two processors end in little more than half the time. What a job prints goes to a log of its own;
the console gets one line per finished job.
"""

import os
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from runtime.console import Console
from runtime.faults import Fault

from . import process, summary
from .results import FAILED, Result

Watch = Callable[[str], object]


@dataclass(frozen=True)
class Job:
    """Tests of one kind that may run beside others; ``work`` tells its progress to what it gets."""

    kind: str
    title: str
    work: Callable[[Watch], list[Result]]


def count() -> int:
    """As many lanes as processors we may use: on one, the jobs run one after another."""
    return len(os.sched_getaffinity(0))


@dataclass
class Board:
    """What the jobs are at, on one console."""

    console: Console
    running: dict[str, str] = field(default_factory=dict)

    def run(self, job: Job) -> list[Result]:
        """Run a job to its end; what it lacks or breaks is a failed test like any other."""
        start = time.monotonic()
        self._note(job.title, "")
        try:
            found = job.work(lambda text: self._note(job.title, text))
        except Fault as fault:
            log = str(fault.log or "")
            found = [Result(job.kind, fault.what, FAILED, message=fault.way_out, log=log)]
        except Exception:  # noqa: BLE001 - the other lanes go on, the summary tells
            message = traceback.format_exc()
            found = [Result(job.kind, f"{job.title} broke off", FAILED, message=message)]
        self.running.pop(job.title)
        seconds = time.monotonic() - start
        self.console.say(f"    {job.title}: {summary.closing_line(found)}, {seconds:.0f} s")
        return found

    def _note(self, title: str, detail: str) -> None:
        self.running[title] = detail
        parts = [f"{title} {detail}".strip() for title, detail in list(self.running.items())]
        self.console.note(" | ".join(parts))


def run(jobs: Sequence[Job], console: Console, lanes: int) -> list[Result]:
    """Run the jobs; their results in the order of the list, whichever ended first."""
    board, pool = Board(console), ThreadPoolExecutor(lanes)
    futures = [pool.submit(board.run, job) for job in jobs]
    try:
        return [result for future in futures for result in future.result()]
    finally:  # all is done, or the user has broken off: nothing new begins, what runs ends
        pool.shutdown(wait=False, cancel_futures=True)
        while any(future.running() for future in futures):
            process.stop_all()
            time.sleep(0.1)
