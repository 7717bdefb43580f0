"""Odoo as the bench calls it: one configuration file, a log per run, and the two templates.

Templates are named after what they are made from, so a second run finds them and a changed
requirement, manifest or source file makes a new one.
"""

import hashlib
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from runtime import odoo as runtime_odoo
from runtime import paths, shell
from runtime.environment import Environment
from runtime.postgres import Cluster
from runtime.steps import key

from . import bundles, odoolog, process, repository
from .databases import Databases
from .results import FAILED, PASSED, REPORT_VARIABLE, Result

PLUG_IN = Path(__file__).with_name("odoo_addons")
KIND = "install"
LANGUAGE, TIME_ZONE = "ru_RU", "Europe/Moscow"
_BASE, _INSTALLED, _DRAFT = "bench_base_", "bench_installed_", "draft_"
_MAKING = threading.RLock()  # a lane that asks for a template waits for the one that makes it


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Odoo:
    """Odoo of the prepared environment over the bench's databases; ``folder`` takes its logs."""

    environment: Environment
    databases: Databases
    cluster: Cluster
    folder: Path
    name: str = "test"
    site: Path | None = None  # a folder of installed packages, searched before all others

    @property
    def configuration(self) -> Path:
        """The configuration file of all runs."""
        return self.environment.state / f"{self.name}.conf"

    def packaged(self, site: Path) -> "Odoo":
        """The same Odoo with our add-ons out of installed wheels, not out of the clone."""
        others = tuple(path for path in self.environment.addons_path if path != paths.ADDONS)
        environment = replace(self.environment, addons_path=others)
        return replace(self, environment=environment, name="test-wheels", site=site)

    def configure(self) -> None:
        """Write the configuration file."""
        ours = replace(self.environment, addons_path=(*self.environment.addons_path, PLUG_IN))
        runtime_odoo.write_conf(
            ours,
            self.databases.server,
            name=self.name,
            data_dir=self.databases.data_dir,
            db_name="",
            db_password="",
            http_port=free_port(),
            max_cron_threads=0,
            screenshots=self.folder / "screenshots",
            server_wide_modules=runtime_odoo.server_wide(ours) + ",hotline_test_report",
        )

    def variables(self, report: Path | None = None) -> dict[str, str]:
        """The environment of an Odoo run; ``report`` is where its tests are recorded."""
        search = ":".join(str(path) for path in (self.site, paths.ROOT) if path)
        found = {"ODOO_RC": str(self.configuration), "PYTHONPATH": search}
        return {**found, REPORT_VARIABLE: str(report)} if report else found

    def run(
        self,
        log: Path,
        *arguments: object,
        report: Path | None = None,
        watch: Callable[[], object] = lambda: None,
    ) -> int:
        """Run Odoo to its end; its exit code. Each run begins its log anew."""
        log.unlink(missing_ok=True)
        command = runtime_odoo.command(self.environment, *arguments)
        return process.run(command, log, self.variables(report), watch)

    def shell(self, database: str, script: str, log: Path, limit: float = 300.0) -> str:
        """Run Python in Odoo's shell (``env`` is there); what it prints.

        It is a process of its own: end the script with ``env.cr.commit()`` to keep changes. After
        ``limit`` seconds it is ended: subprocess.TimeoutExpired.
        """
        options = ["-d", database, "--no-http", "--log-level=warn", f"--logfile={log}"]
        done = subprocess.run(
            runtime_odoo.command(self.environment, "shell", *options),
            input=script,
            env=shell.environment(**self.variables()),
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
        if done.returncode or "Traceback" in done.stderr:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout

    def install(self, database: str, addons: Sequence[str], log: Path, *more: object) -> int:
        """Install add-ons into a database."""
        modules = ",".join(addons)
        return self.run(log, "-d", database, "-i", modules, "--no-http", "--stop-after-init", *more)


def own_addons() -> list[str]:
    """The names of our add-ons."""
    return [path.name for path in repository.addons(paths.ROOT)]


def foreign_addons() -> list[str]:
    """What our add-ons depend on, ours left out."""
    manifests = [repository.manifest(path) for path in repository.addons(paths.ROOT)]
    named = {name for manifest in manifests for name in manifest.get("depends", [])}
    return sorted(named.difference(own_addons()) | {"base"})


def _base_name(odoo: Odoo) -> str:
    pins = [paths.REQUIREMENTS / "odoo.txt", paths.REQUIREMENTS / "addons.txt"]
    return _BASE + key(foreign_addons(), LANGUAGE, TIME_ZONE, str(odoo.environment.odoo), *pins)


def _sources() -> str:
    """A digest of everything in addons/ that an installation reads."""
    total = hashlib.sha256()
    for name in repository.tracked(paths.ROOT):
        if name.startswith("addons/") and "/tests/" not in name:
            total.update(name.encode() + b"\0" + (paths.ROOT / name).read_bytes() + b"\0")
    return total.hexdigest()


def base(odoo: Odoo) -> tuple[str, list[Result]]:
    """The template with all foreign add-ons in Russian; what went wrong while it was made."""
    with _MAKING:
        return _base(odoo)


def _base(odoo: Odoo) -> tuple[str, list[Result]]:
    name = _base_name(odoo)
    if odoo.databases.exists(name):
        return name, []
    _forget(odoo, _BASE)
    _forget(odoo, _DRAFT)
    draft, log = _DRAFT + name, odoo.folder / "base.log"
    odoo.databases.create(draft)
    code = odoo.install(draft, foreign_addons(), log, f"--load-language={LANGUAGE}")
    if code:
        return name, [_broken("template of Odoo and OCA add-ons", code, log)]
    odoo.databases.server.query("UPDATE res_partner SET tz = :'tz'", draft, tz=TIME_ZONE)
    odoo.databases.rename(draft, name)
    return name, []


def installed(odoo: Odoo) -> tuple[str, list[Result]]:
    """The template with our add-ons; the result of their installation, made now or earlier.

    It has the bundles of assets, so that no copy has to make them.
    """
    with _MAKING:
        return _installed(odoo)


def ready(odoo: Odoo) -> str:
    """The template of `installed`; RuntimeError that says why where it could not be made."""
    name, results = installed(odoo)
    if not odoo.databases.exists(name):
        raise RuntimeError("\n".join(result.message for result in results))
    return name


def _installed(odoo: Odoo) -> tuple[str, list[Result]]:
    template, broken = base(odoo)
    name = _INSTALLED + key(template, _sources())
    if broken:
        return name, broken
    log, start = odoo.folder / f"install-{name}.log", time.monotonic()
    if not odoo.databases.exists(name):
        _forget(odoo, _INSTALLED)
        _forget(odoo, _DRAFT)
        draft = _DRAFT + name
        odoo.databases.copy(template, draft)
        if code := odoo.install(draft, own_addons(), log):
            return name, [_broken("installation of our add-ons", code, log)]
        odoo.shell(draft, bundles.SCRIPT, log, process.LIMIT)
        odoo.databases.rename(draft, name)
    problems = odoolog.unexpected(log, KIND, odoolog.load_allowed())
    seconds = round(time.monotonic() - start, 1)
    return name, problems or [Result(KIND, "our add-ons install", PASSED, seconds)]


def _forget(odoo: Odoo, prefix: str) -> None:
    """Drop older databases of this kind: each takes disk, none will be asked for again."""
    for name in odoo.databases.names(prefix):
        odoo.databases.drop(name)


def _broken(what: str, code: int, log: Path) -> Result:
    message = f"{process.tail(log)}\nexit code {code}"
    return Result(KIND, f"{what} failed", FAILED, 0.0, message, str(log))
