"""Terms of our add-ons: ``make i18n`` merges them into i18n/, the check misses no Russian."""

import time
from pathlib import Path

from runtime import paths, shell

from . import odoo as odoo_module
from . import process
from .odoo import Odoo
from .results import FAILED, PASSED, Result

KIND = "i18n"


def _export(odoo: Odoo, database: str, addon: str) -> Path:
    """The add-on's terms in a file; there is no file where the export failed."""
    target, log = odoo.folder / f"{addon}.pot", odoo.folder / f"i18n-{addon}.log"
    target.unlink(missing_ok=True)
    if odoo.run(log, "i18n", "export", "-d", database, "-l", "pot", "-o", target, addon):
        target.unlink(missing_ok=True)
    return target


def _work(odoo: Odoo, action: str, addon: str, export: Path) -> list[str]:
    python, folder = odoo.environment.dev_python, paths.ADDONS / addon
    command = [python, "-m", "runtime.testing.translations", action, export, folder]
    output = shell.run(command, log="test/i18n.log", check=False, cwd=paths.ROOT)
    return output.strip().splitlines()


def check(odoo: Odoo) -> list[Result]:
    """One result per add-on: all its terms are in ru.po, translated, and nothing else is."""
    template, broken = odoo_module.installed(odoo)
    if not odoo.databases.exists(template):
        return broken
    results = []
    for addon in odoo_module.own_addons():
        start, log = time.monotonic(), odoo.folder / f"i18n-{addon}.log"
        export = _export(odoo, template, addon)
        problems = _work(odoo, "check", addon, export) if export.exists() else [process.tail(log)]
        message = "\n".join([*problems, f"{len(problems)} faults"]) if problems else ""
        outcome, seconds = FAILED if problems else PASSED, round(time.monotonic() - start, 1)
        results.append(Result(KIND, f"Russian of {addon}", outcome, seconds, message, str(log)))
    return results


def merge(odoo: Odoo) -> list[str]:
    """Write i18n/ of all our add-ons; the lines to show the translator."""
    template, broken = odoo_module.installed(odoo)
    if not odoo.databases.exists(template):
        return [result.message for result in broken]
    lines = []
    for addon in odoo_module.own_addons():
        export = _export(odoo, template, addon)
        left = _work(odoo, "merge", addon, export) if export.exists() else ["no export"]
        lines += [f"{addon}: {len(left)} left to translate", *(f"  {line}" for line in left)]
    return lines
