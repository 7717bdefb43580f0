"""The database of ``make run``: made once, updated when the add-ons or the pins changed.

A new database is filled under a draft's name and renamed when it is whole. The embedded one is
also updated as a copy that then takes its place; on the user's own server the update is in place.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import modules, odoo, paths, shell
from .environment import Environment
from .faults import Fault
from .settings import Settings
from .sql import Server
from .steps import key

PARAMETER = "gov_hotline.runtime"  # holds what the database was last brought to
FILLING = "gov-hotline: being filled"  # comment on a database that is not whole yet
SCRIPTS = Path(__file__).with_name("scripts")


@dataclass(frozen=True)
class Database:
    """One database and the means to fill it."""

    environment: Environment
    server: Server
    conf: Path
    settings: Settings
    note: object = print

    @property
    def name(self) -> str:
        """The name of the database."""
        return self.settings.database

    def ensure(self) -> str:
        """Bring the database to the state of the clone; what was done, in a word."""
        if not self.server.exists(self.name):
            self._build()
            return "made"
        if self._is_empty() or self._is_half_made():
            self._fill_in_place()
            return "filled"
        self._refuse_newer()
        return self._update() if self._wanted() != self._noted() else "as it was"

    # -- a new one

    def _build(self) -> None:
        draft = self._draft()
        self.server.create(draft)
        self._fill(draft)
        self._swap(draft)

    def _fill_in_place(self) -> None:
        """The administrator of the user's server gave us an empty database."""
        comment = 'COMMENT ON DATABASE :"name" IS '
        self.server.query(f"{comment}'{FILLING}'", self.name, name=self.name)
        self.server.extend(self.name)
        self._fill(self.name)
        self.server.query(f"{comment}NULL", self.name, name=self.name)

    def _fill(self, name: str) -> None:
        names = [module.name for module in modules.installable()] or [modules.FALLBACK]
        self._odoo(name, "-i", ",".join(names), "--load-language=ru_RU")
        self._script(name, "localize.py")
        self._demo(name)
        self._script(name, "seal.py")
        self._script(name, "bundles.py")
        self._write_note(name)

    def _demo(self, name: str) -> None:
        """Our seeded people, calls and cases, where the add-on has the command."""
        command = paths.ADDONS / "gov_hotline/cli/hotline_demo.py"
        if command.exists() and self.settings.demo:
            self.note("demo data")
            scale = ("--seed", self.settings.seed, "--scale", self.settings.demo)
            odoo.run(self.environment, self.conf, "hotline_demo", "-d", name, *scale)

    # -- an older one

    def _update(self) -> str:
        changed = self._changed()
        if self.settings.server:
            self._bring_up(self.name, changed)
        else:
            draft = self._draft()
            self.server.create(draft, self.name)
            _copy_tree(self._files(self.name), self._files(draft))
            self._bring_up(draft, changed)
            self._swap(draft)
        return f"updated ({', '.join(sorted(changed))})" if changed else "updated"

    def _bring_up(self, name: str, changed: set) -> None:
        """Update what changed and install what is new; all of it if a pin or Odoo changed."""
        installed = self._versions(name)
        pins = self._wanted()["pins"] != self._noted().get("pins")
        update = "all" if pins else ",".join(sorted(changed & installed.keys()))
        new = ",".join(sorted(changed - installed.keys()))
        words = [*(("-u", update) if update else ()), *(("-i", new) if new else ())]
        if words:
            self._odoo(name, *words)
            self._script(name, "bundles.py")
        self._write_note(name)

    def _changed(self) -> set:
        noted = self._noted().get("modules", {})
        wanted = self._wanted()["modules"]
        return {name for name, digest in wanted.items() if noted.get(name) != digest}

    def _refuse_newer(self) -> None:
        installed = self._versions(self.name)
        for module in modules.installable():
            version = installed.get(module.name, "")
            if modules.newer(version, module.version):
                raise Fault(
                    f"Database {self.name} was made by {module.name} {version}, this clone has "
                    f"{module.version}",
                    "Bring the clone up to date (git pull), or name another HOTLINE_DB_NAME",
                )

    # -- what is noted in the database

    def _wanted(self) -> dict:
        release = self.environment.odoo / "odoo/release.py"
        pins = key(paths.REQUIREMENTS / "addons.txt", release)
        found = {module.name: module.digest for module in modules.installable()}
        return {"pins": pins, "modules": found}

    def _noted(self) -> dict:
        sql = "SELECT value FROM ir_config_parameter WHERE key = :'key'"
        return json.loads(self.server.query(sql, self.name, key=PARAMETER) or "{}")

    def _write_note(self, name: str) -> None:
        sql = (
            "INSERT INTO ir_config_parameter (key, value) VALUES (:'key', :'value') "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        self.server.query(sql, name, key=PARAMETER, value=json.dumps(self._wanted()))

    def _is_empty(self) -> bool:
        return not self.server.query("SELECT to_regclass('public.ir_module_module')", self.name)

    def _is_half_made(self) -> bool:
        sql = (
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = :'name'"
        )
        return self.server.query(sql, self.name, name=self.name) == FILLING

    def _versions(self, name: str) -> dict:
        """{module: version} of what is installed."""
        sql = "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'"
        rows = self.server.query(sql, name).splitlines()
        return dict(row.split("|", 1) for row in rows)

    # -- tools

    def _odoo(self, name: str, *words) -> None:
        """One run of Odoo that installs or updates and ends."""
        words = ("-d", name, *words, "--stop-after-init", "--no-http")
        odoo.run(self.environment, self.conf, *words, note=self.note)

    def script(self, script: str, before: str = "") -> None:
        """Run one of our scripts in Odoo's shell, after the lines of ``before``."""
        self._script(self.name, script, before)

    def _script(self, name: str, script: str, before: str = "") -> None:
        self.note(script)
        text = before + (SCRIPTS / script).read_text(encoding="utf-8")
        command = odoo.command(self.environment, "shell", "-d", name, "--no-http")
        shell.pipe(command, text, env=odoo.variables(self.conf), cwd=paths.ROOT)

    def _draft(self) -> str:
        """The name for a database in the making; what an interrupted run left of it goes."""
        draft = f"{self.name}_draft"
        self.server.drop(draft)
        shutil.rmtree(self._files(draft), ignore_errors=True)
        return draft

    def _swap(self, draft: str) -> None:
        """The draft takes the place of the database, files included."""
        self.server.drop(self.name)
        shutil.rmtree(self._files(self.name), ignore_errors=True)
        if self._files(draft).exists():
            self._files(draft).replace(self._files(self.name))
        self.server.rename(draft, self.name)

    def _files(self, name: str) -> Path:
        return self.environment.state / "odoo-data/filestore" / name


def _copy_tree(source: Path, target: Path) -> None:
    """Copy a filestore by links: Odoo never changes a file of it."""
    if source.exists():
        shutil.copytree(source, target, copy_function=os.link)
