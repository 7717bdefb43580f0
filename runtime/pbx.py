"""One Asterisk as a child: its folder, its start, its command line, its stop.

Runs as whoever calls it, on loopback, from the tree of pbx_tree.
"""

import hashlib
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import paths, pbx_conf, shell
from .faults import Fault
from .pbx_conf import Site
from .pbx_tree import Tree, tree

LONGEST_SOCKET = 80  # the system allows 107 bytes for folder and file name
BOOT = 30.0  # seconds; half a second is usual
SPOOL = ("monitor", "outgoing", "recording", "tmp", "system", "voicemail", "hotline-voice")


@dataclass
class Pbx:
    """A PBX in a folder of its own; ``site`` says where it listens."""

    home: Path
    site: Site = field(default_factory=Site)
    tree: Tree = field(default_factory=tree)
    process: "subprocess.Popen | None" = None

    @property
    def secrets(self) -> dict:
        """The passwords of the AMI account ("AMI") and of the phones, by name."""
        return pbx_conf.passwords(self.home / "secrets.json")

    @property
    def log(self) -> Path:
        """What Asterisk prints."""
        return self.home / "log/console"

    @property
    def socket(self) -> Path:
        """The folder of its socket; in /tmp where the path would be too long."""
        if len(str(self.home)) <= LONGEST_SOCKET:
            return self.home / "run"
        name = hashlib.sha256(str(self.home).encode()).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"gov-hotline-pbx-{name}"

    def configure(self) -> None:
        """Make the folders and fill the configuration."""
        places = {**pbx_conf.folders(self.home, self.tree), "RUN": self.socket}
        made = (
            "cache",
            "lib/keys",
            "lib/agi-bin",
            "log/cdr-csv",
            "log/cdr-custom",
            "log/cel-custom",
        )
        for name in (*made, *(f"spool/{name}" for name in SPOOL)):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        self.socket.mkdir(mode=0o700, exist_ok=True)
        pbx_conf.write(self.home / "etc", {**places, **self.site.values()}, self.secrets)

    def start(self) -> "Pbx":
        """Start it and wait until it takes calls; Fault with its last line if it does not."""
        self.configure()
        with self.log.open("wb") as stream:
            self.process = subprocess.Popen(
                self._command("-f", "-n"), stdout=stream, stderr=stream, cwd=self.home,
                stdin=subprocess.DEVNULL, start_new_session=True, env=shell.environment(),
            )  # fmt: skip
        until = time.monotonic() + BOOT
        while "fully booted" not in self.cli("core waitfullybooted"):
            if self.process.poll() is not None or time.monotonic() > until:
                raise self._fault()
            time.sleep(0.05)
        return self

    def cli(self, command: str) -> str:
        """What Asterisk answers to a command of its console; an error where it does not run."""
        done = subprocess.run(
            self._command("-rx", command), capture_output=True, text=True, errors="replace",
            check=False, env=shell.environment(), stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.stdout + done.stderr

    def _command(self, *words) -> list:
        return self.tree.command("asterisk", "-C", self.home / "etc/asterisk.conf", *words)

    def _fault(self) -> Fault:
        self.stop()
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        last = next((line for line in reversed(lines) if "ERROR" in line), "")
        return Fault(f"Asterisk does not start {last[:200]}".strip(), "See its log", self.log)

    def stop(self, seconds: float = 5) -> None:
        """End it with its calls."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def remove(self) -> None:
        """Stop it and remove all it has written, recordings included."""
        self.stop()
        for folder in (self.socket, self.home):
            shutil.rmtree(folder, ignore_errors=True)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None


def home() -> Path:
    """The folder of the PBX of ``make run``."""
    return paths.state() / "pbx"


def of_the_clone() -> Pbx:
    """The PBX of ``make run``."""
    site = Site(
        ports=pbx_conf.free_ports(), menu=True, no_menu=pbx_conf.NO_MENU, notice=True,
        announce=pbx_conf.ANNOUNCE,
    )  # fmt: skip
    return Pbx(home(), site)
