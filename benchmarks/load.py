"""A day's worst minutes: real calls by a real Asterisk, a browser watching, then their events anew.

    make bench ARGS=load
    SECONDS=60 make bench ARGS=load

Prints, asserts nothing. What is played and measured is described in benchmarks/inside/load.py.
"""

import os
import subprocess
import sys

from runtime import paths, pbx_tree, shell
from runtime.testing import databases, running
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

from .pop import PLACES

SCRIPT = "benchmarks/inside/load.py"
SECONDS = 300


def run(odoo: Odoo, template: str, seconds: int) -> int:
    """Play and measure inside of Odoo's own environment; the exit code."""
    places = ":".join(str(paths.ROOT / place) for place in PLACES)
    search = {**running.export(odoo, template), "PYTHONPATH": places}
    command = [str(odoo.environment.python), str(paths.ROOT / SCRIPT), str(seconds)]
    done = subprocess.run(command, env=shell.environment(**search), check=False)  # noqa: S603
    return done.returncode


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    bench = Bench()
    with bench.odoo() as odoo:
        pbx_tree.ensure(bench.console)
        template = ready(odoo)
        databases.durable(odoo.cluster)
        return run(odoo, template, int(os.environ.get("SECONDS", SECONDS)))


if __name__ == "__main__":
    sys.exit(main())
