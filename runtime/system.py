"""Debian packages the product needs beside Odoo: drawing PDFs, and a browser for the tests.

Only root can install them: as root we do, anybody else gets the exact command.
"""

import ctypes.util
import os
from pathlib import Path

from . import shell
from .faults import Fault

# WeasyPrint (PDF) loads these; the names are the same on Debian 12 and 13.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
FONTS = {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core"}  # Cyrillic
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing(*, browser: bool = False) -> list:
    """The Debian packages that are not there."""
    names = [package for library, package in LIBRARIES.items() if not _loads(library)]
    names += [package for font, package in FONTS.items() if not Path(font).exists()]
    if browser and not any(map(shell.find, BROWSERS)):
        names.append("chromium")
    return names


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def command(packages: list) -> list:
    """The command that installs them."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def ensure(packages: list, note=lambda text: None) -> None:
    """Install the packages as root; anybody else gets a Fault with the command."""
    if not packages:
        return
    words = " ".join(command(packages))
    if os.geteuid() != 0:
        raise Fault(f"Debian packages are missing: {' '.join(packages)}", f"Run as root: {words}")
    note(" ".join(packages))
    env = shell.environment(DEBIAN_FRONTEND="noninteractive")
    trial = shell.run([*command(packages), "--dry-run"], env=env, check=False)
    if "Unable to locate package" in trial:
        shell.run(["apt-get", "update"], env=env)
    shell.run(command(packages), env=env)
