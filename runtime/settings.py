"""What the user may set, all by environment variables that begin with HOTLINE_."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from .faults import Fault

DATABASE = "hotline"
PORT = 8069
SEED = 2026


@dataclass(frozen=True)
class OwnServer:
    """The user's own PostgreSQL; ``host`` may be a folder with a socket."""

    host: str
    port: int
    user: str
    password: str


@dataclass(frozen=True)
class Settings:
    """Settings of one run. ``server`` is None for the embedded PostgreSQL."""

    database: str = DATABASE
    server: "OwnServer | None" = None
    odoo: "Path | None" = None
    address: str = "127.0.0.1"
    port: int = PORT
    seed: int = SEED
    demo: float = 1.0  # share of the full demo, 0 for none
    phone: bool = True  # telephony: of the demo, so not on the user's own server


def _number(name: str, default: int, environ) -> int:
    text = environ.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Fault(f"{name}={text} is not a number from 1 to 65535", f"Correct or unset {name}")
    return int(text)


def _name(environ) -> str:
    name = environ.get("HOTLINE_DB_NAME") or DATABASE
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]{0,50}", name, re.ASCII):
        raise Fault(
            f"HOTLINE_DB_NAME={name} is no good name for a database",
            "Use Latin letters, digits, _ . and -, at most 51 of them",
        )
    return name


def _share(name: str, environ) -> float:
    text = environ.get(name) or "1"
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?", text):
        raise Fault(f"{name}={text} is not a share such as 0, 0.1 or 1", f"Correct or unset {name}")
    return float(text)


def _phone(environ) -> bool:
    text = environ.get("HOTLINE_PHONE") or ("no" if environ.get("HOTLINE_DB_HOST") else "yes")
    if text not in ("yes", "no"):
        raise Fault(f"HOTLINE_PHONE={text} is neither yes nor no", "Correct or unset HOTLINE_PHONE")
    return text == "yes"


def _server(environ) -> "OwnServer | None":
    host = environ.get("HOTLINE_DB_HOST")
    if not host:
        return None
    user = environ.get("HOTLINE_DB_USER") or "hotline"
    if user == "postgres":
        raise Fault(
            "Odoo refuses to work as the database user postgres",
            "Make an own user (createuser --createdb hotline) and set HOTLINE_DB_USER to it",
        )
    port = _number("HOTLINE_DB_PORT", 5432, environ)
    return OwnServer(host, port, user, environ.get("HOTLINE_DB_PASSWORD") or "")


def _checkout(environ) -> "Path | None":
    value = environ.get("HOTLINE_ODOO")
    if not value:
        return None
    folder = Path(value).expanduser().absolute()
    if not (folder / "odoo" / "release.py").exists():
        raise Fault(
            f"HOTLINE_ODOO={value} is no Odoo checkout (there is no odoo/release.py in it)",
            "Set it to the folder of a clone of Odoo, branch 19.0, or unset it",
        )
    return folder


def read(environ=os.environ) -> Settings:
    """Read the settings; Fault for a value that cannot work."""
    return Settings(
        database=_name(environ),
        server=_server(environ),
        odoo=_checkout(environ),
        address=environ.get("HOTLINE_ADDRESS") or "127.0.0.1",
        port=_number("HOTLINE_PORT", PORT, environ),
        seed=_number("HOTLINE_SEED", SEED, environ),
        demo=_share("HOTLINE_DEMO", environ),
        phone=_phone(environ),
    )
