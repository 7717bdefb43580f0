"""Telephones for the demo and the tests, played by sipp: citizens, operators' phones, the city.

A citizen is one call; a phone answers (or not) whatever comes until it is stopped.
"""

import itertools
import socket
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from . import pbx_conf, shell
from .faults import Fault
from .pbx import Pbx
from .steps import write_atomic

SCENARIOS = Path(__file__).with_name("sipp")
NEVER = 3600.0  # seconds: longer than any test
BUSY, DECLINE = 486, 603
_NUMBERS = itertools.count(1)
_SPEECH = '    <nop><action><exec rtp_stream="{},-1,8,PCMA/8000" /></action></nop>\n'


@dataclass
class Sipp:
    """One sipp process with one scenario; ``host`` and ``port`` are its own end."""

    pbx: Pbx
    scenario: str
    values: dict
    words: tuple
    host: str = pbx_conf.LOCAL
    port: int = 0
    process: "subprocess.Popen | None" = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.port = self.port or free_udp_port(self.host)
        folder = self.pbx.home / "sipp"
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / f"{next(_NUMBERS):03}-{self.scenario}.log"

    def start(self) -> "Sipp":
        """Start it and return at once."""
        path = self.log.with_suffix(".xml")
        source = (SCENARIOS / f"{self.scenario}.xml").read_text(encoding="utf-8")
        write_atomic(path, pbx_conf.fill(source, self.values))
        own = ("-sf", path, "-i", self.host, "-mi", self.host, "-p", self.port, "-nostdin")
        errors = ("-trace_err", "-error_file", self.log.with_suffix(".err"))
        target = f"{self.pbx.site.address}:{self.pbx.site.ports.sip}"
        command = self.pbx.tree.command("sipp", *own, *errors, *self.words, target)
        with self.log.open("wb") as stream:
            self.process = subprocess.Popen(
                command, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL,
                cwd=self.log.parent, env=shell.environment(TERM="dumb"), start_new_session=True,
            )  # fmt: skip
        return self

    def wait(self, seconds: float = 30) -> int:
        """Wait for its end: 0 where every call went by the scenario."""
        return self.process.wait(seconds)

    def stop(self) -> None:
        """End it at once; what it has on the line hears nothing more."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def free_udp_port(host: str) -> int:
    """A port that nobody uses now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def citizen(
    pbx: Pbx,
    number: str,
    *,
    line: str = "1100",
    seconds: float = NEVER,
    speech: "Path | None" = None,
) -> Sipp:
    """Somebody calls the line, waits or talks so long and hangs up; started already.

    ``speech``: a file of A-law that is said again and again; without one he is silent.
    """
    said = _SPEECH.format(speech) if speech else ""
    values = {"NUMBER": number, "TALK_MS": _ms(seconds), "SPEECH": said}
    words = ("-s", line, "-m", 1)
    return Sipp(pbx, "citizen", values, words, host=pbx.site.trunk).start()


def alaw(samples: Iterable[float]) -> bytes:
    """Samples of 16 bits as telephones send them."""
    return bytes(map(_alaw, samples))


def _alaw(sample: float) -> int:
    size, sign = min(abs(int(sample)), 32635), 0x80 if sample >= 0 else 0
    exponent = max(size.bit_length() - 8, 0)
    mantissa = size >> (exponent + 3 if exponent else 4) & 15
    return (sign | exponent << 4 | mantissa) ^ 0x55


def hang_up(pbx: Pbx, number: str) -> None:
    """End the call of a citizen; sipp itself would only fall silent."""
    for line in pbx.cli("core show channels concise").splitlines():
        channel, *rest = line.split("!")
        if channel.startswith("PJSIP/trunk-") and number in rest:
            pbx.cli(f"channel request hangup {channel}")


def phone(pbx: Pbx, number: str, *, known: int = 7200, **manner) -> Sipp:
    """An operator's phone, registered with its password for ``known`` seconds.

    ``manner`` as in ``_taking``.
    """
    made = Sipp(pbx, *_taking(**manner))
    register(pbx, number, made.port, known)
    return made.start()


def unregistered(pbx: Pbx, **manner) -> Sipp:
    """Phones that the PBX's configuration knows the place of; ``manner`` as in ``_taking``."""
    return Sipp(pbx, *_taking(**manner)).start()


def city(pbx: Pbx, **manner) -> Sipp:
    """Whoever is called in the city takes the call (or not); ``manner`` as in ``_taking``."""
    taking = _taking(**manner)
    return Sipp(pbx, *taking, host=pbx.site.trunk, port=pbx.site.ports.trunk).start()


def _taking(
    *,
    after: float = 1.0,
    talk: float = NEVER,
    refuse: int = 0,
    busy: str = "",
    silent: str = "",
    speech: "Path | None" = None,
) -> tuple:
    """A phone's scenario: taken after so many seconds, hung up after so many, or refused.

    ``busy``, ``silent``: last digits of numbers that are busy, or not taken. ``speech`` as of a
    citizen; without one it is an echo.
    """
    if refuse:
        return "refuse", {"STATUS": refuse}, ()
    said = _SPEECH.format(speech) if speech else ""
    values = {
        "RING_MS": _ms(after), "TALK_MS": _ms(talk), "BUSY": _ends(busy), "SILENT": _ends(silent),
        "SPEECH": said,
    }  # fmt: skip
    return "answer", values, () if speech else ("-rtp_echo",)


def _ends(digits: str) -> str:
    """What fits the address of a number that ends so; of no digits nothing does."""
    return f"sip:[+0-9]*[{digits}]@" if digits else "no number"


def register(pbx: Pbx, number: str, port: int, seconds: int) -> None:
    """Tell the PBX that the phone of this number is at this port; 0 seconds: no more.

    Fault if the PBX refuses.
    """
    words = ("-s", number, "-au", number, "-ap", pbx.secrets[number], "-m", 1, "-timeout", "10")
    asked = Sipp(pbx, "register", {"EXPIRES": seconds}, words, port=port).start()
    if asked.wait():
        raise Fault(f"Phone {number} cannot register", "See the log", asked.log)


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))  # sipp takes 0 for "for ever"
