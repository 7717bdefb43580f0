"""Systems of the end-to-end tests: what ends with the tests."""

import signal
import subprocess
import sys
from pathlib import Path

from runtime import paths

# A stand-in for a server: a process in a session of its own, as runtime.odoo.start() makes it.
SCRIPT = """
import subprocess, sys, time
from runtime.testing import running
server = running.Server(None, "none", 0)
words = [sys.executable, "-c", "import time; time.sleep(60)"]
server.process = subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL)
running.STARTED.append(server)
running.end_when_asked()
print(server.process.pid, flush=True)
time.sleep(60)
"""


def test_who_breaks_off_ends_the_servers_too():
    """SIGTERM, as the bench sends it after Ctrl-C: Python ends by KeyboardInterrupt."""
    words = [sys.executable, "-c", SCRIPT]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, cwd=paths.ROOT, **pipes) as tests:
        server = int(tests.stdout.readline())
        tests.send_signal(signal.SIGTERM)
        said = tests.communicate(timeout=60)[1]
    assert "KeyboardInterrupt" in said
    assert not Path(f"/proc/{server}").exists()
