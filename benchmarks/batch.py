"""How long a thousand drafts take that are registered at once, one of them impossible.

    python3 -m benchmarks.batch

As the list does it: parts of 20, each a transaction of its own. What is done is described in
benchmarks/inside/batch.py. The first and the last parts are compared: with the number of cases
registered before, a part must not grow dearer.
"""

import json
import statistics
import sys
from pathlib import Path

from runtime.testing import databases, process
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = Path(__file__).parent / "inside" / "batch.py"
CASES, PART = 1000, 20
NAME = "bench_batch"


def measure(odoo: Odoo, template: str) -> dict:
    """What the script tells; RuntimeError unless all but the bad one were registered."""
    script = f"OPTIONS = {{'cases': {CASES}, 'part': {PART}}}\n{SCRIPT.read_text(encoding='utf-8')}"
    odoo.databases.copy(template, NAME)
    try:
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", process.LIMIT)
        told = json.loads(printed.splitlines()[-1])
    finally:
        odoo.databases.drop(NAME)
    if (told["done"], len(told["refused"]), told["gaps"]) != (CASES - 1, 1, 0):
        raise RuntimeError(f"not as it should be: {told}")
    return told


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    parts = told["parts"]
    first, last = statistics.median(parts[:10]), statistics.median(parts[-10:])
    refused = told["refused"][0]
    each = f"median {statistics.median(parts):.2f} s, longest {max(parts):.2f} s"
    return [
        f"{told['done']} of {CASES} registered in {sum(parts):.1f} s, parts of {PART}: {each}",
        f"last ten parts / first ten: {last / first:.2f} (1.00: no dearer with the number)",
        f"refused: {refused['name']}: {' '.join(refused['reason'].split())}",
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
