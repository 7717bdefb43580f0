"""How many lines of the journal are sealed and verified in a second.

    python3 -m benchmarks journal

Aimed at: 50,000 a second verified, in constant memory. Both are done by one process; what is done
is described in benchmarks/inside/journal.py. Beside it stands what PostgreSQL alone needs to count
the same rows, so that a busy machine is told from slow code.
"""

import json
import sys
from pathlib import Path

from runtime.testing import databases, process
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

HERE = Path(__file__).parent
SCRIPT = HERE / "inside" / "journal.py"
LINES = HERE.parent / "tests" / "e2e" / "inside" / "journal_lines.sql"
COUNT, AIM = 500_000, 50_000
NAME = "bench_journal"


def measure(odoo: Odoo, template: str) -> dict:
    """What the script tells; RuntimeError unless all was sealed and found whole."""
    odoo.databases.copy(template, NAME)
    try:
        sql = LINES.read_text(encoding="utf-8")
        odoo.databases.server.query(sql, NAME, count=str(COUNT))
        script = SCRIPT.read_text(encoding="utf-8")
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", process.LIMIT)
        told = json.loads(printed.splitlines()[-1])
    finally:
        odoo.databases.drop(NAME)
    if told["sealed"] < COUNT or told["faults"]:
        raise RuntimeError(f"not as it should be: {told}")
    return told


def line(name: str, count: int, wall: float, cpu: float) -> str:
    """One line of figures; the processor time tells more than the clock on a busy machine."""
    return (
        f"{name:<9} {count / wall:8.0f} lines/s by the clock   "
        f"{count / cpu:8.0f} lines/s of Python's processor time"
    )


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    sealed = told["sealed"]
    return [
        line("sealed", sealed, *told["sealing"]),
        line("verified", sealed, *told["verifying"]) + f"   (aim {AIM})",
        f"PostgreSQL alone joins the same rows in {told['joining']:.2f} s",
        f"memory grew by {told['grown_mb']:.0f} MB over the verification",
    ]


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        sys.stdout.write("\n".join(report(measure(odoo, template))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
