"""The packages of Asterisk and sipp: pinned while the mirror has that set, else resolved anew.

Debian testing is the only Debian with Asterisk 22. It moves on: a pinned package leaves the mirror
within weeks. Then apt resolves the set of today, checked by the archive's signature. Either way
each file is checked by its SHA-256 and kept in the user's cache.
"""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from . import apt, cache, paths, shell
from .console import Console
from .faults import Fault

LOCK = paths.REQUIREMENTS / "asterisk.lock"
SUITES = ("forky", "sid")
WANTED = (
    *("asterisk", "asterisk-core-sounds-ru-gsm", "asterisk-moh-opsound-gsm", "sip-tester"),
    "espeak-ng",  # prompts
)
CACHED = "asterisk"  # the set of the last resolution
# The solver wants them for maintainer scripts and for modules that we leave out.
UNUSED = re.compile(
    r"adduser|passwd|base-passwd|login\.defs|debconf|libdebconfclient0|gnupg.*|gpg.*|dirmngr|"
    r"pinentry-.*|libksba8|libnpth0.*|libassuan9|libgpgme.*|libgmime.*|libglib2.*|libpam.*|"
    r"libsemanage.*|libsepol.*|libaudit.*|perl.*|libperl.*|libgdbm.*|libsnmp.*|libsensors.*|"
    r"libpci3|pci\.ids|libcodec2.*|libicu.*|libical.*|libneon.*|libtiff.*|libwebp.*|libsharpyuv.*|"
    r"liblerc.*|libjbig.*|libjpeg.*|libdeflate.*|libspandsp.*|libjack.*|libasound2-data|libportaudio2|"
    r"libresample1|libradcli.*|libsybdb5|freetds-common|libiksemel3|libunbound8|libevent.*|"
    r"libopencore.*|libvo-amrwbenc0|tzdata|asterisk-config|gcc-.*-base|libmount1|libblkid1|"
    r"libwrap0|liblua5.*|python3.*|libpython3.*"
)


@dataclass(frozen=True)
class Package:
    """One file of the archive; ``path`` is below the mirror's address."""

    sha256: str
    size: int
    path: str

    @property
    def file(self) -> str:
        """The file's name, with the characters that addresses cannot hold."""
        return unquote(self.path.rsplit("/", 1)[-1])

    @property
    def name(self) -> str:
        """The package's name."""
        return self.file.split("_")[0]

    @property
    def version(self) -> str:
        """The package's version."""
        return self.file.split("_")[1]


def read() -> list:
    """The packages that the lock pins: lines of SHA-256, size in bytes, path."""
    lines = [line.split() for line in LOCK.read_text(encoding="utf-8").splitlines()]
    return [Package(sha256, int(size), path) for sha256, size, path in lines]


def render(packages: list) -> str:
    """The text of a lock file."""
    return "".join(f"{one.sha256} {one.size} {one.path}\n" for one in packages)


def fetch(folder: Path, console: Console) -> list:
    """Bring the packages into the folder, the pinned ones if they can be had; what came.

    Fault where neither cache nor mirror gives an Asterisk.
    """
    try:
        pinned = read()
        bring(pinned, folder, console.note)
        return pinned
    except Fault:
        console.say("      Asterisk as pinned cannot be had from your mirror: resolving it anew")
        return _anew(folder, console)


def _anew(folder: Path, console: Console) -> list:
    try:
        packages = resolve(console.note)
        bring(packages, folder, console.note)
    except Fault:
        if cache.get_set(CACHED, folder):
            console.say("      Asterisk: the set of the last resolution, from the cache")
            return [Package(cache.digest(path), 0, path.name) for path in folder.glob("*.deb")]
        raise
    for path in set(folder.iterdir()) - {folder / one.file for one in packages}:
        path.unlink()  # of the pinned set
    cache.put_set(CACHED, folder)
    return packages


def bring(packages: list, folder: Path, note) -> None:
    """Fill the folder from the cache, the rest from the mirror; Fault if a file is not there."""
    missing = [one for one in packages if not cache.get(one.sha256, folder / one.file)]
    if not missing:
        return
    note(f"{len(missing)} packages of Asterisk")
    _check_apt()
    with tempfile.TemporaryDirectory(prefix="tmp-apt-", dir=paths.state()) as home:
        base = apt.mirror().rstrip("/")
        files = [(f"{base}/{one.path}", folder / one.file, one.sha256) for one in missing]
        try:
            apt.Apt(base, home=Path(home)).bring(files)
        finally:
            _keep(missing, folder)
    if lost := [one.file for one in missing if not (folder / one.file).exists()]:
        raise Fault(f"{lost[0]} is not what its SHA-256 says", "Try again, or another mirror")


def _keep(packages: list, folder: Path) -> None:
    """Into the cache with what came whole; what did not goes."""
    for one in packages:
        path = folder / one.file
        if path.exists() and cache.digest(path) == one.sha256:
            cache.put(path)
        else:
            path.unlink(missing_ok=True)


def resolve(note) -> list:
    """The set of today, with all it depends on; Fault if the mirror has no Asterisk."""
    _check_apt()
    base = apt.mirror().rstrip("/")
    for suite in SUITES:
        note(f"list of packages ({suite})")
        found = _solve(base, suite)
        if {"asterisk", "sip-tester", "libc6"} <= {one.name for one in found}:
            return found
    raise Fault("Your Debian mirror has no Asterisk", "Set HOTLINE_DEBIAN_MIRROR to another one")


def _solve(base: str, suite: str) -> list:
    """What apt would install in an empty Debian of that suite; nothing if it cannot."""
    with tempfile.TemporaryDirectory(prefix="tmp-apt-", dir=paths.state()) as home:
        solver = apt.Apt(base, suite, Path(home), bare=True)
        try:
            solver.update()
            found = solver.addresses(WANTED)
        except Fault as fault:
            if "network" in fault.what:
                raise
            return []
    packages = [Package(sha, int(size), url.removeprefix(f"{base}/")) for url, size, sha in found]
    used = [one for one in packages if not UNUSED.fullmatch(one.name)]
    return sorted(used, key=lambda one: one.path)


def _check_apt() -> None:
    if not shell.find("apt-get") or not apt.KEYRING.exists():
        raise Fault("There is no apt with Debian's keyring", "Install debian-archive-keyring")


def versions(packages: list) -> str:
    """What was brought, in words: "Asterisk 22.10.1, sipp 3.8.0"."""
    found = {one.name: one.version for one in packages}
    short = {name: re.split(r"[+~-]", version)[0] for name, version in found.items()}
    return f"Asterisk {short.get('asterisk', '?')}, sipp {short.get('sip-tester', '?')}"
