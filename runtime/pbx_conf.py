"""The configuration in asterisk/, its placeholders filled for one PBX.

``make run``, the tests and the containers use the very files an administrator copies; what differs
from place to place is ``@NAME@`` in them. Secrets are made here, never kept in the repository.
"""

import json
import random
import re
import secrets
import socket
from dataclasses import asdict, dataclass, field
from pathlib import Path

from . import paths
from .faults import Fault
from .steps import write_atomic

SOURCE = paths.ROOT / "asterisk"
PHONES = ("101", "102", "103", "110")
ANNOUNCE = 45  # seconds
NO_MENU = "1101"  # of the demo
LOCAL, CITY = "127.0.0.1", "127.0.0.2"  # the PBX with its phones; who plays the provider
RTP_PORTS = 400
_PLACE = re.compile(r"@([A-Z][A-Z0-9_]*)@")


@dataclass(frozen=True)
class Ports:
    """Where one PBX listens; ``trunk`` is where the provider of the line does (UDP)."""

    ami: int = 5038
    sip: int = 5060
    http: int = 8088
    https: int = 8089
    rtp: int = 10000
    trunk: int = 5080


@dataclass(frozen=True)
class Site:
    """What differs from one PBX to the next. Seconds are whole."""

    ports: Ports = field(default_factory=Ports)
    address: str = LOCAL
    ami_address: str = LOCAL
    trunk: str = CITY
    permit: str = f"{LOCAL}/255.255.255.255"  # from where the connector may come
    voice_permit: str = f"{LOCAL}/255.255.255.255"  # from where the voice may
    caller_id: str = "1100"
    ring: int = 15
    dial: int = 40
    qualify: int = 0
    menu: bool = False  # greeting and menu before the queue
    no_menu: str = ""  # a number that has none
    notice: bool = False  # that talks are recorded
    certificate: "tuple[Path, Path] | None" = None  # and its key, PEM: browsers speak by wss then
    announce: int = 0  # how often who waits hears the place in the queue

    def values(self) -> dict:
        """The placeholders of everything but folders and secrets."""
        ports, address = self.ports, self.address
        return {
            "AMI_ADDRESS": self.ami_address, "AMI_PORT": ports.ami, "AMI_PERMIT": self.permit,
            "VOICE_PERMIT": self.voice_permit,
            "SIP_ADDRESS": address, "SIP_PORT": ports.sip,
            "HTTP_ADDRESS": address, "HTTP_PORT": ports.http, "HTTPS_PORT": ports.https,
            "TLS": "yes" if self.certificate else "no", **self._certificate(),
            "RTP_START": ports.rtp, "RTP_END": ports.rtp + RTP_PORTS - 1,
            "TRUNK_ADDRESS": self.trunk, "TRUNK_PORT": ports.trunk, "CALLER_ID": self.caller_id,
            "RING_SECONDS": self.ring, "DIAL_SECONDS": self.dial, "QUALIFY_SECONDS": self.qualify,
            "MENU": "yes" if self.menu else "no", "NO_MENU": self.no_menu,
            "ANNOUNCE_SECONDS": self.announce,
            "NOTICE": "${PROMPTS}/notice-recording" if self.notice else "",
        }  # fmt: skip

    def _certificate(self) -> dict:
        names = ("CERTIFICATE", "CERTIFICATE_KEY")
        return dict(zip(names, self.certificate or ("", ""), strict=True))


def free_ports() -> Ports:
    """The usual ports where they are free, others otherwise."""
    usual = Ports()
    found = {
        name: port if _free(name, port) else _any(name) for name, port in asdict(usual).items()
    }
    return Ports(**found)


def other_ports() -> Ports:
    """Ports that nobody uses and nobody expects: for tests beside a PBX that runs."""
    return Ports(**{name: _any(name) for name in asdict(Ports())})


def _any(name: str) -> int:
    """A free port; of speech a range of which others know nothing."""
    while True:
        port = random.randrange(20000, 32000, RTP_PORTS if name == "rtp" else 1)  # noqa: S311
        if _free(name, port):
            return port


def _free(name: str, port: int) -> bool:
    host = CITY if name == "trunk" else LOCAL
    kinds = {"ami": "t", "http": "t", "https": "t", "sip": "tu"}.get(name, "u")
    return all(_binds(host, port, kind) for kind in kinds)


def _binds(host: str, port: int, kind: str) -> bool:
    kind = socket.SOCK_STREAM if kind == "t" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:  # what has just ended does not count
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def passwords(path: Path) -> dict:
    """{"AMI": …, "101": …}: of the file, made at the first time; only its owner may read it."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    names = ("AMI", "VOICE", "IVR", *PHONES)
    if set(names) - kept.keys():
        kept = {name: kept.get(name) or secrets.token_urlsafe(18) for name in names}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(kept, indent=1), 0o600)
    return kept


def folders(home: Path, tree) -> dict:
    """The placeholders of folders, for a PBX that keeps all it writes in one."""
    own = {"ETC": "etc", "STATE": "lib", "CACHE": "cache", "SPOOL": "spool", "RUN": "run"}
    values = {name: home / folder for name, folder in own.items()}
    return {
        **values, "LOG": home / "log", "MODULES": tree.modules, "DATA": tree.data,
        "PROMPTS": tree.prompts,
    }  # fmt: skip


def write(target: Path, values: dict, words: dict) -> None:
    """Fill every file of asterisk/ into a folder that only its owner may read."""
    filled = {**values, **{f"SECRET_{name}": word for name, word in words.items()}}
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)
    for path in sorted(SOURCE.glob("*.conf")):
        text = fill(path.read_text(encoding="utf-8"), filled)
        write_atomic(target / path.name, text, 0o600)


def fill(text: str, values: dict) -> str:
    """Put values into the places of a text; Fault for a place nobody fills."""
    if unknown := set(_PLACE.findall(text)) - values.keys():
        raise Fault(f"asterisk/ asks for {', '.join(sorted(unknown))}", "Tell its makers")
    return _PLACE.sub(lambda place: str(values[place[1]]), text)
