"""Debian packages without root: apt with a private state, the mirror read from the machine.

Nothing of the machine's own apt is changed. Packages come from unstable ("sid"), are checked by
apt against Debian's archive keyring and are only unpacked, never installed.
"""

import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path

from . import cache, paths, shell
from .faults import Fault

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SOURCES = Path("/etc/apt")
HELPER = "/usr/lib/apt/apt-helper"
OTHER_WAYS = "Set HOTLINE_ODOO to your own checkout of Odoo 19.0, or use docker compose"


def mirror(sources: Path = SOURCES) -> str:
    """The machine's Debian mirror, as its apt configuration has it (HOTLINE_DEBIAN_MIRROR wins)."""
    if own := os.environ.get("HOTLINE_DEBIAN_MIRROR"):
        return own
    found = [uri for uri, suites in _entries(sources) if _is_debian(uri, suites)]
    if not found:
        raise Fault(
            f"No Debian mirror is named in {sources}",
            f"Add one, or set HOTLINE_DEBIAN_MIRROR to its address. {OTHER_WAYS}",
        )
    return found[0]


def _entries(sources: Path) -> Iterator[tuple]:
    """(address, suites) of every source in both formats of apt."""
    for path in sorted(sources.glob("sources.list.d/*.sources")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            yield from _stanza(block)
    lists = [sources / "sources.list", *sorted(sources.glob("sources.list.d/*.list"))]
    for path in filter(Path.exists, lists):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+(\S+)", line.strip()):
                yield match[1], match[2].split()


def _stanza(block: str) -> Iterator[tuple]:
    lines = [line for line in block.splitlines() if not line.startswith("#")]
    fields = dict(line.split(":", 1) for line in lines if re.match(r"[\w-]+:", line))
    fields = {name.lower(): value.split() for name, value in fields.items()}
    if "deb" in fields.get("types", []) and fields.get("enabled") != ["no"]:
        for uri in fields.get("uris", []):
            yield uri, fields.get("suites", [])


def _is_debian(uri: str, suites: list) -> bool:
    """A source of Debian proper: neither security nor updates nor somebody's own packages."""
    names = {"bookworm", "trixie", "forky", "stable", "testing", "sid", "unstable"}
    return names.intersection(suites) and not uri.startswith("cdrom:") and "security" not in uri


class Apt:
    """apt with its lists, its cache and its configuration in a folder of its own.

    Without ``home`` that is the user's cache. ``bare``: as if nothing were installed here, so that
    what a package needs is named to the last library.
    """

    def __init__(
        self, uri: str, suite: str = "sid", home: "Path | None" = None, *, bare: bool = False
    ) -> None:
        self.home, self.bare = home or paths.cache() / "apt", bare
        for name in ("lists/partial", "archives/partial"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        (self.home / "status").touch()
        (self.home / "sources.list").write_text(
            f"deb [signed-by={KEYRING}] {uri} {suite} main\n", encoding="utf-8"
        )
        (self.home / "apt.conf").write_text(self._configuration(), encoding="utf-8")

    def _configuration(self) -> str:
        """The machine's configuration (proxy, certificates) without its hooks, our folders."""
        lines = shell.run(["apt-config", "dump"]).splitlines()
        kept = [line for line in lines if not re.match(r"APT::Update::Post|DPkg::|Dir\b", line)]
        own = {
            "Dir::Etc::parts": "-",
            "Dir::Etc::main": "-",
            "Dir::Etc::sourcelist": self.home / "sources.list",
            "Dir::Etc::sourceparts": "-",
            "Dir::State::lists": self.home / "lists",
            "Dir::Cache": self.home,
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "30",
            "Acquire::ForceHash": "SHA256",  # else addresses are printed with MD5
        }
        if self.bare:
            own["Dir::State::status"] = self.home / "status"
        return "\n".join([*kept, *(f'{name} "{value}";' for name, value in own.items())]) + "\n"

    def _run(self, *command, **options) -> str:
        env = shell.environment(APT_CONFIG=str(self.home / "apt.conf"))
        return shell.run([*command], env=env, **options)

    def update(self) -> None:
        """Fetch the list of packages; Fault without a network."""
        options = ("-o", "APT::Update::Error-Mode=any")
        self._run("apt-get", *options, "update")

    def records(self, names: tuple) -> dict:
        """{name: (file name, SHA-256)} of the packages the mirror has."""
        found = {}
        for record in self._run("apt-cache", "show", *names, check=False).split("\n\n"):
            fields = dict(re.findall(r"^(Package|Filename|SHA256): (.+)$", record, re.MULTILINE))
            if len(fields) == 3:
                file = fields["Filename"].rsplit("/", 1)[-1]
                found.setdefault(fields["Package"], (file, fields["SHA256"]))
        return found

    def series(self) -> list:
        """The Odoo packages there are, such as ["odoo-20"]."""
        return re.findall(r"^odoo-\d+$", self._run("apt-cache", "pkgnames", "odoo-"), re.MULTILINE)

    def addresses(self, names: tuple) -> list:
        """(address, size, SHA-256) of packages and all they depend on."""
        words = ("-qq", "-y", "--no-install-recommends", "--print-uris", "install")
        env = shell.environment(APT_CONFIG=str(self.home / "apt.conf"))
        text = shell.pipe(["apt-get", *words, *names], "", env=env)
        return re.findall(r"^'([^']+)' \S+ (\d+) SHA256:(\w+)", text, re.MULTILINE)

    def bring(self, files: list) -> None:
        """Download (address, path, SHA-256) at once, as apt would; Fault if one cannot be had."""
        words = [word for url, path, sha in files for word in (url, path, f"SHA256:{sha}")]
        if words:
            self._run(HELPER, "download-file", *words)

    def download(self, names: tuple, folder: Path, note) -> None:
        """Bring the packages into the folder, out of the cache where it has them."""
        missing = []
        for name, (file, sha256) in self.records(names).items():
            if not cache.get(sha256, folder / file):
                missing.append(name)
        for name in missing:
            note(name)
            self._run("apt-get", "download", name, cwd=folder)


def fetch(names: tuple, folder: Path, note=lambda text: None) -> None:
    """Bring Debian packages of unstable into the folder.

    Without a network the set of the last time does. Fault if the mirror lacks a package.
    """
    key = "deb-" + "-".join(names[:1])
    try:
        apt = ready(note)
    except Fault:
        if cache.get_set(key, folder):
            return
        raise
    for name in set(names) - apt.records(names).keys():
        raise missing(name, apt.series())
    apt.download(names, folder, note)
    cache.put_set(key, folder)


@functools.cache
def ready(note) -> Apt:
    """apt with lists of this very run; Fault where there is no apt or no keyring."""
    if not shell.find("apt-get") or not shell.find("dpkg-deb"):
        raise Fault("apt and dpkg are missing: this is no Debian", OTHER_WAYS)
    if not KEYRING.exists():
        raise Fault(f"{KEYRING} is missing", "apt-get install debian-archive-keyring")
    note("list of packages")
    apt = Apt(mirror())
    apt.update()
    return apt


def missing(name: str, series: list) -> Fault:
    """The mirror lacks a package: say what it has instead and which ways are left."""
    has = f" (it has {', '.join(sorted(series))})" if series else ""
    return Fault(f"Debian unstable on your mirror has no package {name}{has}", OTHER_WAYS)
