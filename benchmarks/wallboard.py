"""How long from a change in the database to the screen on the wall, in a real browser.

    python3 -m benchmarks wallboard

A call begins to wait; the clock starts in the statement that says so and stops when the new number
stands on the page; see benchmarks/inside/wallboard.py. Odoo, PostgreSQL (durable) and Chromium
share this machine. Aim: 1 s.
"""

import sys

from runtime.testing import databases
from runtime.testing.cli import Bench
from runtime.testing.odoo import ready

from . import pop


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    with Bench().odoo() as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        return pop.run(odoo, template, "benchmarks/inside/wallboard.py")


if __name__ == "__main__":
    sys.exit(main())
