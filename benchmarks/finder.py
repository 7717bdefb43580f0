"""How soon somebody is found while the operator types: a million accounts, 200,000 citizens.

    python3 -m benchmarks finder
    ACCOUNTS=50000 python3 -m benchmarks finder
    KEEP=1 python3 -m benchmarks finder     the filled database stays, the next run asks it anew

Both searches are asked over the same rows by one process in one run: ours, and Odoo's plain one
(every word `ilike` in the columns of the three models, with the indexes that are there). Each
query: the median of five of ours, the second of two plain ones. The queries are those of
benchmarks/inside/finder.py: unfinished, in any order, with a slip, in the other layout, by number.
"""

import json
import os
import statistics
import sys
from pathlib import Path

from runtime.testing import databases
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = Path(__file__).parent / "inside" / "finder.py"
NAME = "bench_finder"
FULL, LIMIT = 1_000_000, 3600.0
AIM, P95 = 1 / 20, 50


def measure(odoo: Odoo, template: str, accounts: int, *, keep: bool) -> dict:
    """What the script tells; `keep`: of the database of an earlier run, which stays."""
    filled = keep and odoo.databases.exists(NAME)
    options = {"accounts": accounts, "filled": filled}
    script = f"OPTIONS = {options!r}\n{SCRIPT.read_text(encoding='utf-8')}"
    if not filled:
        odoo.databases.copy(template, NAME)
    try:
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", LIMIT)
    finally:
        if not keep:
            odoo.databases.drop(NAME)
    return json.loads(printed.splitlines()[-1])


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    lines = [", ".join(f"{count:,} {table}" for table, count in told["rows"].items())]
    ours, plain = [], []
    for query in told["queries"]:
        mine, theirs = 1000 * statistics.median(query["ours"]), 1000 * query["plain"][-1]
        ours.append(mine)
        plain.append(theirs)
        lines.append(
            f"{query['text']:<34} {query['found']:3} found {mine:8.1f} ms {theirs:9.1f} ms"
        )
    ratio = sum(ours) / sum(plain)
    lines.append(_line("ours", ours))
    lines.append(_line("plain ilike", plain))
    verdict = "reached" if ratio <= AIM else "MISSED"
    lines.append(f"all of ours / all of plain: {ratio:.4f}   at most {AIM}: {verdict}")
    lines.append(f"words unlike the product's: {len(told['differences'])}")
    return lines


def _line(name: str, taken: list[float]) -> str:
    p95 = statistics.quantiles(taken, n=20)[-1]
    aim = f"   aim {P95}" if name == "ours" else ""
    return f"{name:<12} p50 {statistics.median(taken):8.1f} ms   p95 {p95:8.1f} ms{aim}"


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    accounts = int(os.environ.get("ACCOUNTS", FULL))
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        told = measure(odoo, template, accounts, keep=bool(os.environ.get("KEEP")))
        sys.stdout.write("\n".join(report(told)) + "\n")
    return 0 if not told["differences"] else 1


if __name__ == "__main__":
    sys.exit(main())
