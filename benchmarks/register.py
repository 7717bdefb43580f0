"""How long the registers of 200,000 flats take, beside plain `load()` of the same three models.

    python3 -m benchmarks register
    HOUSES=250 python3 -m benchmarks register

Four files in four encodings: an account, its holder's card and its flat in each row. The baseline
is 10,000 rows of the three models by `load()`, without the reading of a file. Aim: at least five
times as quick a row, at most 500 MB.
"""

import json
import os
import sys
from pathlib import Path

from runtime.testing import databases
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = Path(__file__).parent / "inside" / "register.py"
OPTIONS = {"houses": int(os.environ.get("HOUSES", "2500")), "flats": 80, "plain_rows": 10_000}
NAME = "bench_register"
QUICKER, MEGABYTES = 5, 500
LIMIT = 2 * 3600.0  # seconds


def measure(odoo: Odoo, template: str, options: dict) -> dict:
    """What the script tells."""
    script = f"OPTIONS = {options!r}\n{SCRIPT.read_text(encoding='utf-8')}"
    odoo.databases.copy(template, NAME)
    try:
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", LIMIT)
    finally:
        odoo.databases.drop(NAME)
    return json.loads(printed.splitlines()[-1])


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    row = 1000 * told["seconds"] / told["rows"]
    plain = 1000 * told["plain_seconds"] / told["plain_rows"]
    return [
        f"load of the machine: {told['load']}",
        f"{told['rows']} rows loaded in {told['seconds']:.0f} s: {row:.2f} ms a row",
        f"the same files again, nothing changed: {told['again']:.0f} s",
        f"plain load() of {told['plain_rows']}: {plain:.2f} ms a row",
        f"ratio: {plain / row:.1f} (aim: at least {QUICKER})",
        f"memory: {told['before_mb']} MB before, {told['peak_mb']} MB at most (aim: {MEGABYTES})",
    ]


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        told = measure(odoo, template, OPTIONS)
        sys.stdout.write("\n".join(report(told)) + "\n")
    quick = told["plain_seconds"] / told["plain_rows"] >= QUICKER * told["seconds"] / told["rows"]
    return 0 if quick and told["peak_mb"] <= MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
