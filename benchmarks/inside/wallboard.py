"""Calls begin to wait one after another; a real page tells when each new number stood there.

The clock starts in the statement by which a call waits: one machine, one clock.
"""

import os
import random
import statistics
import sys
import time

from runtime.testing import running
from runtime.testing.clients import Browser
from runtime.testing.odoo import Odoo
from runtime.testing.running import Server

NAME = "bench_wallboard"
TIMES, AIM = 60, 1000  # changes; ms
MADE = f"""
day = __import__("odoo").fields.Datetime.now()
calls = env["hotline.call"].sudo().create([
    {{"direction": "in", "source": "pbx", "phase": "over", "fate": "abandoned", "started_at": day}}
] * {TIMES})
board = env["hotline.wallboard"].create({{"name": "Зал"}})
env.cr.commit()
print(board.secret, *calls.ids)
"""
WAITS = """
WITH done AS (
    UPDATE hotline_call SET phase = 'waiting', fate = NULL, queued_at = now() AT TIME ZONE 'UTC'
     WHERE id = :'call'::integer RETURNING id
) SELECT extract(epoch FROM clock_timestamp()) * 1000 FROM done
"""
WATCH = """(() => {
    const node = document.querySelector("#waiting .digits");
    window.hotlineShown = {};
    new MutationObserver(() => {
        window.hotlineShown[node.textContent] ||= Date.now();
    }).observe(node, { childList: true, characterData: true, subtree: true });
})()"""


def measure(odoo: Odoo) -> list[float]:
    """Milliseconds of each change."""
    server = Server(odoo, NAME)
    try:
        server.start()
        secret, *calls = server.shell(MADE).split()
        server.close_shell()
        with Browser(server.url) as page:
            page.open(f"/hotline/wallboard/{secret}")
            time.sleep(3)
            page.run(WATCH)
            began = changed(odoo, calls)
            shown = page.run("window.hotlineShown")
    finally:
        server.stop()
    return [shown[str(number)] - at for number, at in began.items() if str(number) in shown]


def changed(odoo: Odoo, calls: list[str]) -> dict[int, float]:
    """Let one call after another wait, at any moment between two looks; {number: its ms}."""
    found, chance = {}, random.Random(1)  # noqa: S311
    for number, call in enumerate(calls, 1):
        told = odoo.databases.server.query(WAITS, NAME, call=call)
        found[number] = float(told)
        time.sleep(1.5 + chance.random())
    return found


def report(took: list[float]) -> str:
    """The line of the benchmark."""
    p95 = statistics.quantiles(took, n=20)[-1]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"from the database to the screen: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms,"
        f" longest {took[-1]:.0f} ms of {len(took)} changes ({TIMES - len(took)} never shown);"
        f" aim {AIM} ms: {'reached' if p95 <= AIM else 'missed'}; load {load}\n"
    )


def main() -> None:
    """Measure over a copy of the template."""
    odoo, template = running.read()
    odoo.databases.copy(template, NAME)
    try:
        sys.stdout.write(report(sorted(measure(odoo))))
    finally:
        odoo.databases.drop(NAME)


if __name__ == "__main__":
    main()
