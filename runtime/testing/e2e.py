"""``make test-e2e``: tests/e2e with pytest against a running system.

Each database is a copy of the template with our add-ons. What is committed there survives the
kill of any process; only a machine that goes down loses it (runtime/postgres.py, FAST).

Several jobs, each a run of pytest with logs in a folder of its own: they run side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from runtime import paths

from . import odoo as odoo_module
from . import odoolog, running, unit
from .odoo import Odoo
from .results import Result

KIND = "e2e"
FOLDER = "tests/e2e"
# Sets up a clone of its own with a database of its own: it needs no template, and may run beside
# whatever makes one.
OWN_CLONE = f"{FOLDER}/test_runtime.py"
MAIL = f"{FOLDER}/mail"
PHONE = f"{FOLDER}/phone"

Watch = Callable[[str], object]


def run(odoo: Odoo, watch: Watch, arguments: Sequence[str] = (), name: str = KIND) -> list[Result]:
    """The end-to-end tests over copies of the template; ``arguments`` go to pytest."""
    template, broken = odoo_module.installed(odoo)
    if not odoo.databases.exists(template):
        return broken
    odoo = replace(odoo, folder=odoo.folder / name)
    odoo.folder.mkdir(exist_ok=True)
    for log in odoo.folder.glob("*.log"):
        log.unlink()
    found = _pytest(odoo, watch, KIND, arguments, running.export(odoo, template))
    allowed = odoolog.load_allowed()
    for log in sorted(odoo.folder.glob("e2e-*.log")):
        found += odoolog.unexpected(log, KIND, allowed)
    return found


def run_mail(odoo: Odoo, watch: Watch) -> list[Result]:
    """The tests that share a system with mail."""
    return run(odoo, watch, [MAIL], "e2e-mail")


def run_phone(odoo: Odoo, watch: Watch) -> list[Result]:
    """The tests with the real Asterisk."""
    return run(odoo, watch, [PHONE], "e2e-phone")


def run_systems(odoo: Odoo, watch: Watch) -> list[Result]:
    """All but the tests of the other runs."""
    others = [f"--ignore={path}" for path in (OWN_CLONE, MAIL, PHONE)]
    return run(odoo, watch, [FOLDER, *others], "e2e-systems")


def run_own_clone(odoo: Odoo, watch: Watch) -> list[Result]:
    """The tests that set up a clone of their own; they read their logs themselves."""
    return _pytest(odoo, watch, "clone", [OWN_CLONE], {})


def _pytest(
    odoo: Odoo, watch: Watch, name: str, arguments: Sequence[str], variables: dict[str, str]
) -> list[Result]:
    options = ["-p", "no:odoo", *unit.where(arguments, FOLDER)]
    search = {**variables, "PYTHONPATH": str(paths.ROOT)}
    python = odoo.environment.python
    return unit.pytest(python, KIND, options, odoo.folder, search, watch, name)
