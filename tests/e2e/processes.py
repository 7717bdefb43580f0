"""Scripts of ``inside/`` that end processes of their own with ``kill -9``."""

import json
from pathlib import Path

from runtime.testing.odoo import Odoo

INSIDE = Path(__file__).parent / "inside"


def outcome(bench: tuple[Odoo, str], name: str) -> dict:
    """Run ``inside/<name>.py`` over a fresh database; return what it printed last."""
    odoo, template = bench
    database = f"e2e_{name}"
    odoo.databases.copy(template, database)
    try:
        script = "".join(
            (INSIDE / file).read_text(encoding="utf-8") for file in ("processes.py", f"{name}.py")
        )
        printed = odoo.shell(database, script, odoo.folder / f"e2e-{database}.log")
    finally:
        odoo.databases.drop(database)
    return json.loads(printed.splitlines()[-1])
