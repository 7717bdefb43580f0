"""Asterisk and sipp unpacked into ``.runtime/asterisk`` and run with that tree's own libraries.

The tree is newer than the machine: its programmes are started by its own ``ld-linux``. Nothing is
installed, nothing needs root.
"""

import itertools
import json
import platform
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from voice import prompts
from voice.prompts import Speaker

from . import paths, pbx_packages, shell
from .console import Console
from .faults import Fault
from .steps import Step, key, perform

VERSION = 2  # raise it when the steps below change what they leave behind
MACHINE = "x86_64"
LEFT_OUT = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian")
PROGRAMMES = {
    "asterisk": "usr/sbin/asterisk", "sipp": "usr/bin/sipp", "espeak-ng": "usr/bin/espeak-ng",
}  # fmt: skip


@dataclass(frozen=True)
class Tree:
    """The unpacked packages."""

    root: Path

    @property
    def libraries(self) -> Path:
        """The folder of its libraries."""
        return self.root / f"usr/lib/{MACHINE}-linux-gnu"

    @property
    def modules(self) -> Path:
        """The folder of Asterisk's modules."""
        return self.libraries / "asterisk/modules"

    @property
    def data(self) -> Path:
        """The folder of sounds, music and documentation."""
        return self.root / "usr/share/asterisk"

    @property
    def prompts(self) -> Path:
        """The folder of the prompts, beside it."""
        return self.root.with_name("prompts")

    def loader(self) -> list:
        """The beginning of every command line: the tree's own loader and libraries."""
        linker = self.root / f"usr/lib64/ld-linux-{MACHINE.replace('_', '-')}.so.2"
        folders = f"{self.libraries}:{self.libraries}/pulseaudio"  # the latter's own parts
        return [str(linker), "--inhibit-cache", "--library-path", folders]

    def command(self, name: str, *words) -> list:
        """The command line of one of PROGRAMMES."""
        programme = str(self.root / PROGRAMMES[name])
        return [*self.loader(), "--argv0", programme, programme, *map(str, words)]

    def speaker(self) -> Speaker:
        """What reads texts aloud; its voices are in the tree, too."""
        command = self.command("espeak-ng", f"--path={self.libraries}")
        return Speaker(tuple(command))

    def versions(self) -> str:
        """What is unpacked here, in words."""
        return json.loads((self.root / "versions.json").read_text(encoding="utf-8"))


def tree() -> Tree:
    """The clone's tree, whether or not it exists yet."""
    return Tree(paths.state() / "asterisk")


def step() -> Step:
    """The step that makes the tree."""
    signature = key(VERSION, pbx_packages.LOCK)
    present = tree().root / PROGRAMMES["asterisk"]
    return Step("asterisk", "Asterisk 22 from Debian testing", signature, unpack, present)


def steps() -> list:
    """The steps of telephony."""
    return [step(), prompts_step()]


def prompts_step() -> Step:
    """The step that makes the prompts."""
    sources = (*sorted(prompts.TABLES.glob("*.txt")), Path(prompts.__file__))
    signature = key(VERSION, *sources)
    return Step("prompts", "Prompts of the telephone", signature, speak, tree().prompts)


def speak(_console: Console) -> None:
    """Make the prompts whose texts are new; Fault where the voice does not work."""
    try:
        prompts.make(tree().prompts, tree().speaker())
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise Fault(f"Prompts are not made: {error}", "See asterisk/prompts") from error


def ensure(console: Console) -> Tree:
    """The tree and the prompts, made if not there; Fault where this machine cannot have them."""
    perform(steps(), console)
    return tree()


def unpack(console: Console) -> None:
    """Fetch and unpack beside the final place, then put it there in one move."""
    if platform.machine() != MACHINE:
        raise Fault(f"Asterisk is packed for {MACHINE}, this is {platform.machine()}", "")
    draft = Path(tempfile.mkdtemp(prefix="asterisk-", dir=paths.state()))
    try:
        debs = draft / "debs"
        debs.mkdir()
        packages = pbx_packages.fetch(debs, console)
        made = Tree(draft / "tree")
        _extract(debs, made, console.note)
        _finish(made, packages)
        shutil.rmtree(tree().root, ignore_errors=True)
        made.root.replace(tree().root)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _extract(debs: Path, made: Tree, note) -> None:
    for name in ("bin", "sbin", "lib", "lib64"):  # as every Debian of today has them
        (made.root / "usr" / name).mkdir(parents=True)
        (made.root / name).symlink_to(f"usr/{name}")
    note("unpacking")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda deb: shell.run(["dpkg-deb", "-x", deb, made.root]), debs.iterdir()))
    for name in LEFT_OUT:
        shutil.rmtree(made.root / name, ignore_errors=True)


def _finish(made: Tree, packages: list) -> None:
    """What Debian's scripts would do, and no module without its libraries."""
    for language in ("en", "ru"):
        if voices := sorted((made.data / "sounds").glob(f"{language}_*")):
            (made.data / "sounds" / language).symlink_to(voices[0].name)
    with ThreadPoolExecutor(2) as pool:
        modules = list(made.modules.glob("*.so"))
        whole = list(pool.map(lambda one: _whole(made, one), modules))
    for module in itertools.compress(modules, (not it for it in whole)):
        module.unlink()
    words = json.dumps(pbx_packages.versions(packages))
    (made.root / "versions.json").write_text(words, encoding="utf-8")


def _whole(made: Tree, module: Path) -> bool:
    """True if each library of the module is in the tree: one found on the machine is too old."""
    output = shell.run([*made.loader(), "--list", module], log="asterisk.log", check=False)
    lines = [line for line in output.splitlines() if "=>" in line or "error" in line]
    return all(f"=> {made.root}/" in line for line in lines)
