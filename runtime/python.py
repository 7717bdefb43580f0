"""Virtual environments and pip, also on a Debian that has neither ensurepip nor pip."""

import importlib.util
import platform
import shutil
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from . import apt, cache, paths, shell
from .faults import Fault
from .steps import key

OLDEST, NEWEST = (3, 11), (3, 13)


def check_version(version: tuple = sys.version_info) -> None:
    """Fault unless this Python is one the pins are made for."""
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        raise Fault(
            f"Python {version[0]}.{version[1]} does not do: 3.11, 3.12 or 3.13 is needed",
            "Put such a python3 first in PATH (Debian 12 and 13 have it as /usr/bin/python3)",
        )


def tag() -> str:
    """What compiled packages depend on, such as "cpython-311-x86_64"."""
    return f"cpython-{sys.version_info[0]}{sys.version_info[1]}-{platform.machine()}"


def create(home: Path, note=lambda text: None) -> None:
    """A fresh virtual environment with pip, made from the running Python."""
    shutil.rmtree(home, ignore_errors=True)
    note("virtual environment")
    shell.run([sys.executable, "-m", "venv", "--without-pip", home])
    pip = _pip_wheel(note)
    shell.run([home / "bin/python", pip / "pip", "install", "--no-index", "--no-deps", pip])


def _pip_wheel(note) -> Path:
    """A wheel of pip: from this Python's ensurepip, else from Debian's python3-pip-whl."""
    found = sorted(_bundled_wheels())
    if found:
        return found[-1]
    kept = paths.state() / "pip"
    if not kept.exists():
        note("pip from Debian")
        with tempfile.TemporaryDirectory(dir=paths.state()) as folder:
            _unpack_pip(Path(folder), note)
            (Path(folder) / "tree/usr/share/python-wheels").replace(kept)
    return max(kept.glob("pip-*.whl"))


def _bundled_wheels():
    configured = sysconfig.get_config_var("WHEEL_PKG_DIR")
    folders = [Path(configured)] if configured else []
    if spec := importlib.util.find_spec("ensurepip"):
        folders.append(Path(spec.origin).parent / "_bundled")
    for folder in folders:
        yield from folder.glob("pip-*.whl")


def _unpack_pip(folder: Path, note) -> None:
    (folder / "debs").mkdir()
    apt.fetch(("python3-pip-whl",), folder / "debs", note)
    for deb in (folder / "debs").iterdir():
        shell.run(["dpkg-deb", "-x", deb, folder / "tree"])


def install(home: Path, requirements: list, note, *, complete: bool = True) -> None:
    """Install requirement files into the environment, from the cache where it has them.

    ``complete`` files name everything they need; the others are resolved by pip.
    """
    options = [part for path in requirements for part in ("-r", path)]
    depth = ["--no-deps"] if complete else []
    pip = [home / "bin/python", "-m", "pip"]
    with tempfile.TemporaryDirectory(dir=paths.state()) as folder:
        _collect(pip, Path(folder), [*depth, *options], key(*requirements), note)
        note("installing")
        offline = ["--no-index", "--find-links", folder]
        # Bytecode of what is used comes with its first import; all of it would take half a minute.
        shell.run([*pip, "install", "--quiet", "--no-compile", *offline, *depth, *options])


def _collect(pip: list, folder: Path, options: list, name: str, note) -> None:
    """Fill the folder with the wheels that the options ask for."""
    name = f"{tag()}-{name}"
    if cache.get_set(name, folder):
        return
    for path in folder.iterdir():
        path.unlink()
    shell.run(
        [*pip, "wheel", "--wheel-dir", folder, *options], on_line=lambda line: _tell(line, note)
    )
    cache.put_set(name, folder)


def _tell(line: str, note) -> None:
    if line.startswith("Collecting "):
        note(line.split()[1])


def install_into(home: Path, package: str) -> None:
    """Unpack one package of the index into a folder of its own, in one move."""
    with tempfile.TemporaryDirectory(dir=paths.state()) as folder:
        wheels, tree = Path(folder) / "wheels", Path(folder) / "tree"
        wheels.mkdir()
        pip = [paths.state() / "venv/bin/python", "-m", "pip"]
        _collect(pip, wheels, ["--no-deps", package], key(package), lambda text: None)
        for wheel in wheels.iterdir():
            _unzip(wheel, tree)
        shutil.rmtree(home, ignore_errors=True)
        tree.replace(home)


def _unzip(wheel: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, target))
            if mode := entry.external_attr >> 16 & 0o777:
                path.chmod(mode)
