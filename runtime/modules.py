"""Our add-ons as folders: which there are, their versions, whether they changed."""

import ast
import hashlib
from dataclasses import dataclass
from pathlib import Path

from . import paths

FALLBACK = "helpdesk_mgmt"  # what a clone without a single add-on of ours would install


@dataclass(frozen=True)
class Module:
    """One add-on: its name, version and a hash over all its files."""

    name: str
    version: str
    digest: str


def installable(addons: Path = paths.ADDONS) -> list:
    """Our installable add-ons, by name."""
    found = []
    for path in sorted(addons.glob("gov_hotline*/__manifest__.py")):
        manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        if manifest.get("installable", True):
            found.append(
                Module(path.parent.name, manifest.get("version", "0"), digest(path.parent))
            )
    return found


def digest(folder: Path) -> str:
    """A short hash over the names and contents of all files of an add-on; tests do not count."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not {"__pycache__", "tests"}.intersection(name.parts):
            total.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def newer(version: str, than: str) -> bool:
    """True if a version such as "19.0.1.2.0" comes after another."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
