"""The commands behind the Makefile, as processes."""

import signal
import subprocess
import sys

WAITING = """
import os, signal, sys, time
from runtime import commands
commands.COMMANDS["waits"] = lambda _arguments: os.kill(os.getpid(), signal.SIGINT) or time.sleep(9)
sys.exit(commands.main(["waits"]))
"""


def test_an_interrupt_is_heeded_in_a_shells_background_job():
    """Such a shell starts its jobs with SIGINT ignored: `kill -INT` ends them all the same."""
    done = subprocess.run(
        [sys.executable, "-c", WAITING], check=False, capture_output=True, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
