"""How long twenty alike resolutions take, given at once and one by one.

    python3 -m benchmarks.resolutions

The officer's bulk act is to end within the minute a person has for it; what the machine adds is the
ratio to twenty single resolutions of the same run. What is done is described in
benchmarks/inside/resolutions.py.
"""

import json
import sys
from pathlib import Path

from runtime.testing import databases, process
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = Path(__file__).parent / "inside" / "resolutions.py"
CASES = 20
NAME = "bench_resolutions"


def measure(odoo: Odoo, template: str) -> dict:
    """What the script tells; RuntimeError unless every case was given its resolution."""
    script = f"OPTIONS = {{'cases': {CASES}}}\n{SCRIPT.read_text(encoding='utf-8')}"
    odoo.databases.copy(template, NAME)
    try:
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", process.LIMIT)
        told = json.loads(printed.splitlines()[-1])
    finally:
        odoo.databases.drop(NAME)
    if told["given"] != 2 * CASES:
        raise RuntimeError(f"not as it should be: {told}")
    return told


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    single, parts = sum(told["single"]), told["parts"]
    bulk = told["dialog"] + sum(parts)
    return [
        f"{CASES} resolutions one by one: {single:.2f} s",
        f"{CASES} resolutions by one dialog: {bulk:.2f} s, longest part {max(parts):.2f} s",
        f"by one dialog / one by one: {bulk / single:.2f} (a person has 60 s for all)",
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
