"""How soon an article is found while the operator types: 5,000 published articles.

    python3 -m benchmarks knowledge
    ARTICLES=20000 python3 -m benchmarks knowledge

Both searches are asked over the same rows by one process in one run: ours (Russian forms, synonyms,
slips, rank), and Odoo's plain one (every word `ilike` in the title or in the text). Each query: the
median of five of ours, of two plain ones. The queries are every tenth question of the add-on's own
test of quality.
"""

import json
import os
import statistics
import sys
from pathlib import Path

from runtime.testing import databases
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = Path(__file__).parent / "inside" / "knowledge.py"
NAME = "bench_knowledge"
FULL, LIMIT = 5_000, 900.0
AIM, P95 = 1 / 5, 50


def measure(odoo: Odoo, template: str, articles: int) -> dict:
    """What the script tells."""
    script = f"OPTIONS = {{'articles': {articles}}}\n{SCRIPT.read_text(encoding='utf-8')}"
    odoo.databases.copy(template, NAME)
    try:
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", LIMIT)
    finally:
        odoo.databases.drop(NAME)
    return json.loads(printed.splitlines()[-1])


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    lines = [f"{told['articles']:,} articles, {told['words']:,} words of them in the index"]
    ours = [1000 * statistics.median(query["ours"]) for query in told["queries"]]
    plain = [1000 * statistics.median(query["plain"]) for query in told["queries"]]
    for query, mine, theirs in zip(told["queries"], ours, plain, strict=True):
        lines.append(
            f"{query['text'][:50]:<50} {query['found']} found {mine:7.1f} ms {theirs:8.1f} ms"
        )
    ratio = sum(ours) / sum(plain)
    p95 = statistics.quantiles(ours, n=20)[-1]
    lines.append(
        f"ours         p50 {statistics.median(ours):7.1f} ms   p95 {p95:7.1f} ms   aim {P95}"
    )
    lines.append(f"plain ilike  p50 {statistics.median(plain):7.1f} ms")
    verdict = "reached" if ratio <= AIM else "MISSED"
    lines.append(f"all of ours / all of plain: {ratio:.3f}   at most {AIM}: {verdict}")
    return lines


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    articles = int(os.environ.get("ARTICLES", FULL))
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        told = measure(odoo, template, articles)
        sys.stdout.write("\n".join(report(told)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
