"""The commands of the bench: prepare what they need, run the kinds, print the summary."""

import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager

from runtime import environment, paths
from runtime.console import Console
from runtime.faults import Fault

from . import addons, choice, databases, e2e, i18n, lint, repository, summary, tools, unit
from .odoo import Odoo
from .results import FAILED, Result, executed

FOLDER = "test"


class Bench:
    """One run of the bench: its console, what the user left out, what came out so far."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console()
        self.words = choice.skipped()
        self.folder = paths.logs() / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self.results: list[Result] = []
        self.start = time.monotonic()

    def prepare(self, *, browser: bool = False) -> environment.Environment:
        """The environment with what tests need; Fault where it cannot be had."""
        wanted = browser and "browser" not in self.words
        ready = environment.prepare(dev=True, browser=wanted, console=self.console)
        if browser:
            choice.need_browser(self.words)
        return ready

    def part(self, kind: str, title: str, work: Callable[[], list[Result]]) -> None:
        """Run one kind, unless the user left it out; a kind that ran nothing has failed."""
        if kind in self.words:
            self.console.say(f"left out: {kind} ({choice.VARIABLE})")
            return
        with self.console.step(title):
            found = work()
        if not executed(found):
            found.append(Result(kind, "no test was executed", FAILED))
        self.results += found
        self.console.say(f"    {summary.closing_line(found)}")

    def close(self) -> int:
        """Print the summary; the exit code."""
        self.console.say(summary.render(self.results, time.monotonic() - self.start))
        return summary.exit_code(self.results)

    @contextmanager
    def odoo(self, *, browser: bool = True):
        """Odoo over the bench's own PostgreSQL, which runs as long as the block."""
        ready = self.prepare(browser=browser)
        with databases.running(ready, self.console) as (server, cluster):
            odoo = Odoo(ready, server, cluster, self.folder)
            odoo.configure()
            yield odoo


def _all(bench: Bench, arguments: Sequence[str]) -> int:
    bench.prepare(browser=True)
    _lint_part(bench, ())
    _unit_part(bench, ())
    with bench.odoo() as odoo:
        note = bench.console.note
        work = addons.run
        bench.part(addons.KIND, "Add-on tests", lambda: work(odoo, bench.words, note))
        bench.part(i18n.KIND, "Translations", lambda: i18n.check(odoo))
        bench.part(e2e.KIND, "End-to-end tests", lambda: e2e.run(odoo, note))
    return bench.close()


def _lint_part(bench: Bench, words: Sequence[str]) -> None:
    found = tools.of(environment.describe())
    bench.part(lint.KIND, "Lint", lambda: lint.run(found, words))


def _unit_part(bench: Bench, arguments: Sequence[str]) -> None:
    python, note = environment.describe().dev_python, bench.console.note
    work = unit.run
    bench.part(unit.KIND, "Unit tests", lambda: work(python, bench.folder, arguments, note))


def _lint(bench: Bench, arguments: Sequence[str]) -> int:
    bench.prepare()
    _lint_part(bench, arguments)
    return bench.close()


def _unit(bench: Bench, arguments: Sequence[str]) -> int:
    bench.prepare()
    _unit_part(bench, arguments)
    return bench.close()


def _add_ons(bench: Bench, arguments: Sequence[str]) -> int:
    with bench.odoo() as odoo:
        tags, note = ",".join(arguments), bench.console.note
        work = addons.run
        bench.part(addons.KIND, "Add-on tests", lambda: work(odoo, bench.words, note, tags))
    return bench.close()


def _add_on(bench: Bench, arguments: Sequence[str]) -> int:
    known = [path.name for path in repository.addons(paths.ROOT)]
    if not arguments or arguments[0] not in known:
        named = arguments[0] if arguments else "nothing"
        raise Fault(f"There is no add-on {named}", f"make test-addon ADDON={' | '.join(known)}")
    name, rest = arguments[0], arguments[1:]
    with bench.odoo() as odoo:
        note = bench.console.note
        bench.part(
            addons.KIND,
            f"Tests of {name}",
            lambda: addons.run_one(odoo, name, bench.words, note, rest),
        )
    return bench.close()


def _e2e(bench: Bench, arguments: Sequence[str]) -> int:
    with bench.odoo() as odoo:
        note = bench.console.note
        bench.part(e2e.KIND, "End-to-end tests", lambda: e2e.run(odoo, note, arguments))
    return bench.close()


def _i18n(bench: Bench, arguments: Sequence[str]) -> int:
    with bench.odoo(browser=False) as odoo:
        if "check" in arguments:
            bench.part(i18n.KIND, "Translations", lambda: i18n.check(odoo))
            return bench.close()
        with bench.console.step("Terms"):
            lines = i18n.merge(odoo)
        bench.console.say("\n".join(lines))
    return 0


COMMANDS = {
    "all": _all,
    "lint": _lint,
    "unit": _unit,
    "addons": _add_ons,
    "addon": _add_on,
    "e2e": _e2e,
    "i18n": _i18n,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. What the machine lacks is a failed test like any other."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        raise Fault(f"Unknown command {name!r}", f"Known ones: {', '.join(COMMANDS)}")
    bench = Bench()
    try:
        return COMMANDS[name](bench, arguments[1:])
    except Fault as fault:
        log = str(fault.log or "")
        bench.results.append(Result("bench", fault.what, FAILED, message=fault.way_out, log=log))
        return bench.close()
