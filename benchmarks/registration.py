"""How long a registration takes alone and when forty people press the button in one moment.

    python3 -m benchmarks.registration

All is measured in one run, on a durable PostgreSQL and fresh copies of one database, so the ratio
means the same on any machine; the seconds belong to the machine they were taken on. The forty are
workers that have served before, as those of a server have; the last line is the same with workers
that were started just now. What is raced is described in tests/e2e/inside/registrations.py.
"""

import json
import statistics
import sys
from pathlib import Path

from runtime.testing import databases, process
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

SCRIPT = Path(__file__).parents[1] / "tests" / "e2e" / "inside" / "registrations.py"
PROCESSES = 40
NAME = "bench_registration"


def measure(
    odoo: Odoo, template: str, *, one_by_one: bool = False, warm: bool = True
) -> tuple[list[float], float]:
    """Seconds of each of forty registrations, sorted; seconds of processor of all together."""
    options = {"processes": PROCESSES, "doomed": 0, "one_by_one": one_by_one, "warm": warm}
    script = f"OPTIONS = {options!r}\n{SCRIPT.read_text(encoding='utf-8')}"
    odoo.databases.copy(template, NAME)
    try:
        printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", process.LIMIT)
    finally:
        odoo.databases.drop(NAME)
    requests = json.loads(printed.splitlines()[-1])["requests"]
    if restarted := sum(request["attempts"] - 1 for request in requests):
        raise RuntimeError(f"{restarted} requests were restarted")
    worked = sum(request["cpu"] for request in requests)
    return sorted(request["seconds"] for request in requests), worked


def line(name: str, seconds: list[float], worked: float) -> str:
    """One line of figures; the processor time tells more than the clock on a busy machine."""
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    times = f"p50 {p50:6.3f} s   p95 {p95:6.3f} s   max {seconds[-1]:6.3f} s"
    return f"{name:<24} {times}   processor {worked:5.2f} s"


def report(odoo: Odoo, template: str) -> list[str]:
    """The lines of the benchmark."""
    alone = measure(odoo, template, one_by_one=True)
    crowd, cold = measure(odoo, template), measure(odoo, template, warm=False)
    ratio = statistics.quantiles(crowd[0], n=20)[-1] / sum(alone[0])
    return [
        line("one by one", *alone),
        line(f"{PROCESSES} processes at once", *crowd),
        f"p95 of the crowd / time of all one by one: {ratio:.2f} (1.00 is a queue, no restarts)",
        line("the same, just started", *cold),
    ]


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        databases.durable(odoo.cluster)
        sys.stdout.write("\n".join(report(odoo, template)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
