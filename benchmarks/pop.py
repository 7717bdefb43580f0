"""How long from the PBX's event to the operator's screen while twenty calls a second run.

    python3 -m benchmarks.pop

Prints, asserts nothing. The PBX is a stand-in that plays the recorded queue call over AMI's own
socket; connector, Odoo, PostgreSQL and the browser are real and share this machine. What is played
and measured is described in benchmarks/inside/pop.py.
"""

import subprocess
import sys

from runtime import paths, shell
from runtime.testing import databases, running
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = "benchmarks/inside/pop.py"
PLACES = ("", "tests/e2e/phone", "tests/e2e/phone/calls", "tests/unit/telephony")


def run(odoo: Odoo, template: str, script: str = SCRIPT) -> int:
    """Run what measures inside of Odoo's own environment; the exit code."""
    places = ":".join(str(paths.ROOT / place) for place in PLACES)
    search = {**running.export(odoo, template), "PYTHONPATH": places}
    command = [str(odoo.environment.python), str(paths.ROOT / script)]
    done = subprocess.run(command, env=shell.environment(**search), check=False)  # noqa: S603
    return done.returncode


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    with Bench().odoo() as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        return run(odoo, template)


if __name__ == "__main__":
    sys.exit(main())
