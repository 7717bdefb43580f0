"""Pages of figures, pivots and the monthly report over a million cases: how soon are they there?

    python3 -m benchmarks reports
    CASES=50000 python3 -m benchmarks reports
    KEEP=1 python3 -m benchmarks reports     the filled database stays, the next run asks it anew

The database is the one of the benchmark `million`, with houses in districts for the last two years.
Each question is asked of the analysis and, through plain `read_group`, of the record itself (the
appeal; an assignment and a call where the question is about them), in turn by one process, as an
auditor. Both answers must be equal. See benchmarks/inside/reports.py and docs/performance.md.
"""

import json
import os
import sys

from runtime.testing import databases
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

from . import million

NAME = "bench_reports"
AIM = 0.2
ADD_ON = "gov_hotline"  # and with it all that depend on it


def prepare(odoo: Odoo, template: str, cases: int) -> None:
    """Fill the database, or bring the one of an earlier run up to date."""
    if odoo.databases.exists(NAME):
        log = odoo.folder / f"{NAME}-update.log"
        if odoo.run(log, "-d", NAME, "-u", ADD_ON, "--no-http", "--stop-after-init"):
            raise RuntimeError(f"the database of the earlier run is not brought up to date: {log}")
        return
    with databases.filling(odoo.cluster):
        odoo.databases.copy(template, NAME)
        million.run(odoo, NAME, "fill", cases=cases)


def ask(odoo: Odoo) -> dict:
    """What the script tells."""
    script = "import json\nfrom benchmarks.inside import reports\n"
    script += "print('\\n' + json.dumps(reports.main(env)))\n"
    printed = odoo.shell(NAME, script, odoo.folder / f"{NAME}.log", million.LIMIT)
    return json.loads(printed.splitlines()[-1])


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    rows = ", ".join(f"{count:,} {name}" for name, count in told["counts"].items())
    return [
        rows,
        f"{'what':<44}{'ours':>10}{'plain':>12}{'ratio':>9}{'over before':>13}",
        *map(_line, told["rows"]),
        *(f"NOT EQUAL: {name}" for name in told["differences"]),
        *map(_noted, ("one by one", "by twenty"), told["noted"]),
    ]


def _line(row: dict) -> str:
    text = f"{row['name']:<44}{row['ours']:7.0f} ms"
    if not row["plain"]:
        return f"{text}{'':>21}{row['mb']:10.1f} MB"
    ratio = row["ours"] / row["plain"]
    verdict = "" if not row["aimed"] else "   reached" if ratio <= AIM else "   MISSED"
    return f"{text}{row['plain']:9.0f} ms{ratio:9.3f}{row['mb']:10.1f} MB{verdict}"


def _noted(how: str, rates: dict) -> str:
    """What registrations pay for the noting of changed appeals, by the processors' time."""
    with_it, without = (1000 / rates[name] for name in ("ours_cpu", "twin_cpu"))
    return f"register {how}: {with_it:.1f} ms each, with nothing noted {without:.1f} ms"


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    cases, keep = int(os.environ.get("CASES", million.FULL)), bool(os.environ.get("KEEP"))
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        if not keep:
            odoo.databases.drop(NAME)
        try:
            prepare(odoo, template, cases)
            databases.durable(odoo.cluster)
            sys.stdout.write(f"{million.load()}; at most {AIM} aimed at\n")
            told = ask(odoo)
        finally:
            if not keep:
                odoo.databases.drop(NAME)
        sys.stdout.write("\n".join(report(told)) + f"\n{million.load()}\n")
    return 1 if told["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
