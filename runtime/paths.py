"""Where things live: the clone, its ``.runtime`` folder and the user's download cache."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
REQUIREMENTS = ROOT / "requirements"


def state() -> Path:
    """Everything ``make run`` and ``make test`` make, git-ignored; made when missing."""
    folder = Path(os.environ.get("HOTLINE_RUNTIME") or ROOT / ".runtime").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def logs() -> Path:
    """The folder of the logs."""
    folder = state() / "log"
    folder.mkdir(exist_ok=True)
    return folder


def cache() -> Path:
    """Downloads, kept outside the clone: by SHA-256, shared by all clones of the user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "gov-hotline"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
