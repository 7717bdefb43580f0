"""A million cases beside plain helpdesk_mgmt of the same size: how soon is an officer served?

    python3 -m benchmarks million
    CASES=50000 python3 -m benchmarks million

Both databases are filled by SQL in the same run, sampled copies are proved equal to cases acted
out by the ORM, and both are asked the same questions by one process. Times belong to the machine;
the ratios are what is aimed at. See docs/performance.md and benchmarks/inside/million.
"""

import json
import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext

from runtime.testing import databases
from runtime.testing import odoo as odoo_module
from runtime.testing.cli import Bench
from runtime.testing.odoo import Odoo, ready

NAMES = ("bench_million", "bench_million_plain")
FULL, SAMPLES = 1_000_000, 500
LIMIT = 3 * 3600.0
SAME: AbstractContextManager = nullcontext()
# (what, ours, the twin's, how many times at most)
ROWS = (
    ("first page of the desk : its list", "desk", "list", 0.1),
    ("first page of the desk : its open ones", "desk", "list of open ones", None),
    ("counters of the desk : its list", "counters", "list", None),
    ("cases in work, first page : its list", "list of open ones", "list", None),
    ("all cases, first page : its list", "list of all", "list", None),
    ("exact number", "exact number", "exact number", 0.1),
    ("number or name contains", "contains", "contains", 0.2),
    ("citizen by telephone", "person by telephone", "person by telephone", 0.05),
    ("caller's card, cases and calls : its partner", "caller's card", "person by telephone", None),
    ("dossier of 500 cases : its list", "dossier", "list", 1.0),
)
RATES = ("create and register, one by one", "create and register, by twenty")
ENOUGH = 0.6


def run(odoo: Odoo, database: str, part: str, **options: object) -> dict:
    """What the script of a part tells at its end."""
    script = (
        f"OPTIONS = {options!r}\nfrom benchmarks.inside.million import runs\n"
        f"print('\\n' + runs.told(runs.{part}(env, **OPTIONS)))\n"
    )
    log = odoo.folder / f"{database}-{part}.log"
    printed = odoo.shell(database, script, log, LIMIT)
    return json.loads(printed.splitlines()[-1])


def fill(odoo: Odoo, sources: dict[str, str], cases: int) -> dict:
    """{part: what it told} of both fills, all rows written; `sources`: {database: its template}."""
    told = {}
    for part, (name, source) in zip(("fill", "fill_plain"), sources.items(), strict=True):
        odoo.databases.copy(source, name)
        start = time.monotonic()
        told[part] = run(odoo, name, part, cases=cases)
        told[part]["seconds"] = time.monotonic() - start
    return told


def measure(
    odoo: Odoo, template: str, cases: int, samples: int, filling: AbstractContextManager = SAME
) -> dict:
    """{part: what it told} of all parts; `template` has our add-ons; both databases are dropped.

    `filling` is entered for the fill: a server of one's own may be started anew, a test's may not.
    """
    ours, plain = NAMES
    sources = {ours: template, plain: odoo_module.base(odoo)[0]}
    try:
        with filling:
            told = fill(odoo, sources, cases)
        told["compare"] = run(odoo, ours, "compare", samples=samples)
        told["asked"] = run(odoo, ours, "ask", twin=plain)
        told["work"] = run(odoo, ours, "work")
        told["work"] |= run(odoo, ours, "remind")
    finally:
        for name in NAMES:
            odoo.databases.drop(name)
    return told


def report(told: dict) -> list[str]:
    """The lines of the benchmark."""
    asked = told["asked"]
    found = [_filled(told), _compared(told)]
    for name, mine, theirs, most in ROWS:
        found.append(_ratio(name, asked["ours"][mine], asked["twin"][theirs], most))
    for name, rate in zip(RATES, asked["rates"], strict=True):
        found.append(_rate(name, rate))
    found.append("queries: " + ", ".join(f"{k} {n}" for k, n in asked["queries"].items()))
    return found + [f"{name}: {text}" for name, text in told["work"].items()]


def _rate(name: str, rate: dict) -> str:
    ratio, cpu = rate["ours"] / rate["twin"], rate["ours_cpu"] / rate["twin_cpu"]
    verdict = "reached" if ratio >= ENOUGH else "MISSED"
    return (
        f"{name:<46} {rate['ours']:8.1f} /s {rate['twin']:8.1f} /s   {ratio:6.2f}"
        f"    at least {ENOUGH}: {verdict}; of processor time {cpu:.2f}"
    )


def _filled(told: dict) -> str:
    counts = ", ".join(f"{count:,} {name}" for name, count in told["fill"]["counts"].items())
    size = told["fill"]["bytes"] / 1e9
    seconds, twin = told["fill"]["seconds"], told["fill_plain"]["seconds"]
    longest = sorted(told["fill"]["parts"].items(), key=lambda part: -part[1])[:6]
    parts = ", ".join(f"{name.strip()} {took:.0f} s" for name, took in longest)
    return (
        f"filled in {seconds:.0f} s ({size:.1f} GB), the twin in {twin:.0f} s: {counts}\n"
        f"    longest: {parts}"
    )


def _compared(told: dict) -> str:
    compared = told["compare"]
    wrong = compared["differences"]
    text = (
        f"{compared['samples']} copies compared with what acts make, {compared['rows']} rows,"
        f" {compared['values']} values"
    )
    return f"{text}: {len(wrong)} differences" + "".join(f"\n    {one}" for one in wrong[:10])


def _ratio(name: str, mine: float, theirs: float, most: float | None) -> str:
    ratio = mine / theirs
    line = f"{name:<46} {mine:8.1f} ms {theirs:8.1f} ms   {ratio:6.3f}"
    if most is None:
        return line
    return f"{line}    at most {most}: {'reached' if ratio <= most else 'MISSED'}"


def load() -> str:
    """How busy the machine is: the times are worth little without it."""
    return f"{os.cpu_count()} processors, load {', '.join(f'{one:.1f}' for one in os.getloadavg())}"


def main() -> int:
    """Prepare the bench as the tests do, measure, print."""
    cases = int(os.environ.get("CASES", FULL))
    with Bench().odoo(browser=False) as odoo:
        template = ready(odoo)
        sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M')}, {load()}\n")
        told = measure(odoo, template, cases, SAMPLES, databases.filling(odoo.cluster))
        sys.stdout.write("\n".join(report(told)) + f"\n{load()}\n")
    return 0 if not told["compare"]["differences"] else 1


if __name__ == "__main__":
    sys.exit(main())
