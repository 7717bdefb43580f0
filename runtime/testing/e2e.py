"""``make test-e2e``: tests/e2e with pytest against a running system.

Each database is a copy of the template with our add-ons; the server underneath is as durable as
a real one, so that tests may kill things.
"""

from collections.abc import Callable, Sequence

from runtime import paths

from . import databases, odoolog, running, unit
from . import odoo as odoo_module
from .odoo import Odoo
from .results import Result

KIND = "e2e"


def run(odoo: Odoo, watch: Callable[[str], object], arguments: Sequence[str] = ()) -> list[Result]:
    """The end-to-end tests; ``arguments`` go to pytest."""
    template, found = odoo_module.installed(odoo)
    if not odoo.databases.exists(template):
        return found
    for log in odoo.folder.glob("e2e-*.log"):
        log.unlink()
    databases.durable(odoo.cluster)
    variables = {**running.export(odoo, template), "PYTHONPATH": str(paths.ROOT)}
    options = ["-p", "no:odoo", *unit.where(arguments, "tests/e2e")]
    found += unit.pytest(odoo.environment.python, KIND, options, odoo.folder, variables, watch)
    allowed = odoolog.load_allowed()
    for log in sorted(odoo.folder.glob("e2e-*.log")):
        found += odoolog.unexpected(log, KIND, allowed)
    return found
