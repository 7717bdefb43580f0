"""Odoo itself: Debian unstable's package, unpacked into .runtime, with two repairs.

Debian strips two things of its package; both come back from npm, in the versions Odoo 19 uses:
the background blur of video calls (each browser test fails on its absence) and the icon font.
"""

import shutil
import tempfile
from pathlib import Path

from . import apt, node, paths, shell
from .console import Console

PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
)
REPAIRS = ("@mediapipe/selfie_segmentation@0.1.1675465747", "font-awesome@4.7.0")
VERSION = 1  # raise it when the steps below change what they leave behind

_FONTS = ("web/static/lib/fontawesome/fonts", "web/static/src/libs/fontawesome/fonts")
_BLUR = "mail/static/lib/selfie_segmentation"


def home() -> Path:
    """The folder that holds the unpacked packages."""
    return paths.state() / "odoo"


def packages() -> Path:
    """The folder to import odoo from."""
    return home() / "usr/lib/python3/dist-packages"


def unpack(console: Console) -> None:
    """Fetch and unpack Odoo beside its final place, then put it there in one move."""
    draft = Path(tempfile.mkdtemp(prefix="odoo-", dir=paths.state()))
    try:
        debs = draft / "debs"
        debs.mkdir()
        apt.fetch(PACKAGES, debs, console.note)
        for deb in sorted(debs.iterdir()):
            console.note(f"unpacking {deb.name.split('_')[0]}")
            shell.run(["dpkg-deb", "-x", deb, draft / "tree"])
        shutil.rmtree(home(), ignore_errors=True)
        (draft / "tree").replace(home())
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def repair(console: Console) -> None:
    """Put back what Debian stripped."""
    addons = packages() / "odoo" / "addons"
    with tempfile.TemporaryDirectory(dir=paths.state()) as folder:
        blur, font = (node.fetch(name, Path(folder), console.note) for name in REPAIRS)
        for path in (*blur.glob("*.js"), *blur.glob("*.wasm"), *blur.glob("*.binarypb")):
            _place(path, addons / _BLUR)
        for target in _FONTS:
            for path in (font / "fonts").iterdir():
                _place(path, addons / target)


def _place(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path.name).unlink(missing_ok=True)  # a dangling link of Debian's
    shutil.copyfile(path, folder / path.name)
