"""The commands of the bench: prepare what they need, run the kinds, print the summary.

``make test`` runs the kinds side by side (lanes.py); the other commands run one.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager

from runtime import environment, paths
from runtime.console import Console
from runtime.faults import Fault

from . import addons, choice, databases, e2e, i18n, lanes, lint, repository, summary, tools, unit
from . import odoo as odoo_module
from .lanes import Job
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
            found.append(_nothing(kind))
        self.results += found
        self.console.say(f"    {summary.closing_line(found)}")

    def side_by_side(self, jobs: Sequence[Job], lanes_: int = 0) -> None:
        """Run jobs in as many lanes as there are processors; each kind must run something."""
        kinds = list(dict.fromkeys(job.kind for job in jobs))
        if left_out := [kind for kind in kinds if kind in self.words]:
            self.console.say(f"left out: {', '.join(left_out)} ({choice.VARIABLE})")
        wanted = [job for job in jobs if job.kind not in left_out]
        with self.console.step("Tests"):
            found = lanes.run(wanted, self.console, lanes_ or lanes.count())
        for kind in dict.fromkeys(job.kind for job in wanted):
            own = [result for result in found if result.kind == kind]
            self.results += own if executed(own) else [*own, _nothing(kind)]

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


def _nothing(kind: str) -> Result:
    return Result(kind, "no test was executed", FAILED)


def _all(bench: Bench, _arguments: Sequence[str]) -> int:
    with bench.odoo() as odoo:
        # The templates first and the longest job beside them, which needs none; then the longest
        # first: the short ones fill what is left of the lanes at the end.
        over = [*_add_on_jobs(bench, odoo), *_e2e_jobs(bench, odoo), _i18n_job(odoo)]
        wanted = any(job.kind not in bench.words for job in over)
        install = [_install_job(odoo)] if wanted else []
        bench.side_by_side([*install, _own_clone_job(odoo), *over, _lint_job(), *_unit_jobs(bench)])
        _add_silent(bench)
    return bench.close()


def _install_job(odoo: Odoo) -> Job:
    def work(_watch: lanes.Watch) -> list[Result]:
        return odoo_module.installed(odoo)[1]

    return Job(odoo_module.KIND, "Installation", work)


def _lint_job() -> Job:
    found = tools.of(environment.describe())
    return Job(lint.KIND, "Lint", lambda _watch: lint.run(found, ()))


def _unit_jobs(bench: Bench) -> list[Job]:
    python, folder = environment.describe().dev_python, bench.folder
    domain, rest = unit.run_domain, unit.run_rest
    return [
        Job(unit.KIND, "Unit tests of the law", lambda watch: domain(python, folder, watch)),
        Job(unit.KIND, "Unit tests", lambda watch: rest(python, folder, watch)),
    ]


def _own_clone_job(odoo: Odoo) -> Job:
    return Job(e2e.KIND, "A clone from nothing", lambda watch: e2e.run_own_clone(odoo, watch))


def _e2e_jobs(bench: Bench, odoo: Odoo) -> list[Job]:
    works = {
        "End-to-end tests": e2e.run_systems,
        "End-to-end tests of mail": e2e.run_mail,
        "End-to-end tests of the phone": e2e.run_phone,
    }
    if "phone" in bench.words:
        bench.console.say(f"left out: phone ({choice.VARIABLE})")
        works.popitem()
    return [
        Job(e2e.KIND, title, lambda watch, work=work: work(odoo, watch))
        for title, work in works.items()
    ]


def _i18n_job(odoo: Odoo) -> Job:
    return Job(i18n.KIND, "Translations", lambda _watch: i18n.check(odoo))


def _add_on_jobs(bench: Bench, odoo: Odoo) -> list[Job]:
    browser, rest, words = addons.run_browser, addons.run_rest, bench.words
    return [
        Job(addons.KIND, "Add-ons in a browser", lambda watch: browser(odoo, words, watch)),
        Job(addons.KIND, "Add-ons", lambda watch: rest(odoo, words, watch)),
    ]


def _add_silent(bench: Bench) -> None:
    """Fail for each add-on of which no test ran, in whichever run."""
    if addons.KIND not in bench.words:
        ran = [result for result in bench.results if result.kind == addons.KIND]
        bench.results += addons.silent(ran, odoo_module.own_addons())


def _lint_part(bench: Bench, words: Sequence[str]) -> None:
    found = tools.of(environment.describe())
    bench.part(lint.KIND, "Lint", lambda: lint.run(found, words))


def _lint(bench: Bench, arguments: Sequence[str]) -> int:
    bench.prepare()
    _lint_part(bench, arguments)
    return bench.close()


def _unit(bench: Bench, arguments: Sequence[str]) -> int:
    bench.prepare()
    if not arguments:
        bench.side_by_side(_unit_jobs(bench))
        return bench.close()
    python, note = environment.describe().dev_python, bench.console.note
    work = unit.run
    bench.part(unit.KIND, "Unit tests", lambda: work(python, bench.folder, arguments, note))
    return bench.close()


def _add_ons(bench: Bench, arguments: Sequence[str]) -> int:
    with bench.odoo() as odoo:
        if not arguments:
            bench.side_by_side([_install_job(odoo), *_add_on_jobs(bench, odoo)])
            _add_silent(bench)
            return bench.close()
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
        if not arguments:
            early = [_install_job(odoo), _own_clone_job(odoo)]
            bench.side_by_side([*early, *_e2e_jobs(bench, odoo)])
            return bench.close()
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
