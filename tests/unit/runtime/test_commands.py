"""The commands behind the Makefile, as processes."""

import signal
import subprocess
import sys

import pytest

WAITING = """
import os, signal, sys, time
from runtime import commands
commands.COMMANDS["waits"] = lambda _arguments: os.kill(os.getpid(), signal.{how}) or time.sleep(9)
sys.exit(commands.main(["waits"]))
"""


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_an_interrupt_is_heeded_in_a_shells_background_job(how):
    """Such a shell starts its jobs with SIGINT ignored: they end all the same, by TERM too."""
    done = subprocess.run(
        [sys.executable, "-c", WAITING.format(how=how)],
        check=False, capture_output=True, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
