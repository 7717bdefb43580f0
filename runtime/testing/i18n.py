"""Terms of our add-ons: ``make i18n`` merges them into i18n/, the check misses no Russian."""

import time
from pathlib import Path

from runtime import paths, shell

from . import odoo as odoo_module
from .odoo import Odoo
from .results import FAILED, PASSED, Result

KIND, DATABASE = "i18n", "bench_i18n"
# For Odoo's shell: what `odoo i18n export` does, for all add-ons in one process.
_SCRIPT = """
from odoo.tools.translate import trans_export
for name, path in {targets!r}.items():
    with open(path, "wb") as stream:
        trans_export(None, [name], stream, "po", env)
"""


def _export(odoo: Odoo, template: str) -> dict[str, Path]:
    """The terms of each add-on in a file of its own; RuntimeError where Odoo cannot tell them."""
    targets = {addon: odoo.folder / f"{addon}.pot" for addon in odoo_module.own_addons()}
    script = _SCRIPT.format(targets={name: str(path) for name, path in targets.items()})
    odoo.databases.copy(template, DATABASE)  # nobody may be connected to a template
    try:
        odoo.shell(DATABASE, script, odoo.folder / "i18n-export.log")
    finally:
        odoo.databases.drop(DATABASE)
    return targets


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
    start = time.monotonic()
    exports = _export(odoo, template).items()
    results = []
    for addon, export in exports:
        problems = _work(odoo, "check", addon, export)
        message = "\n".join([*problems, f"{len(problems)} faults"]) if problems else ""
        outcome, seconds = FAILED if problems else PASSED, round(time.monotonic() - start, 1)
        log = str(odoo.folder / "i18n.log")
        results.append(Result(KIND, f"Russian of {addon}", outcome, seconds, message, log))
        start = time.monotonic()
    return results


def merge(odoo: Odoo) -> list[str]:
    """Write i18n/ of all our add-ons; the lines to show the translator."""
    template, broken = odoo_module.installed(odoo)
    if not odoo.databases.exists(template):
        return [result.message for result in broken]
    lines = []
    for addon, export in _export(odoo, template).items():
        left = _work(odoo, "merge", addon, export)
        lines += [f"{addon}: {len(left)} left to translate", *(f"  {line}" for line in left)]
    return lines
