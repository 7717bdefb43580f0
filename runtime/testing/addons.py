"""Tests of the add-ons: Odoo's own runner for all of them, pytest-odoo for the quick loop."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from runtime import paths

from . import odoo as odoo_module
from . import odoolog, process, results, unit
from .odoo import Odoo
from .results import FAILED, SKIPPED, Result

KIND = "add-ons"
DATABASE, BROWSER_DATABASE, LOOP = "bench_addons", "bench_browser", "loop_"
NOTHING = "no_such_test"
_PYTEST_INI = Path(__file__).with_name("pytest_odoo.ini")
_BROWSER = re.compile(r"\b(browser_js|start_tour)\(")
_NO_BROWSER = re.compile(r"chrom|browser|websocket", re.IGNORECASE)

Watch = Callable[[str], object]


def run(odoo: Odoo, words: set[str], watch: Watch, tags: str = "") -> list[Result]:
    """The tests of these tags (Odoo's --test-tags; all our tests without any), in one run."""
    return _over_a_copy(odoo, DATABASE, tags or ",".join(_all_tags()), words, watch)


def run_browser(odoo: Odoo, words: set[str], watch: Watch) -> list[Result]:
    """The tests that drive a browser."""
    return _over_a_copy(odoo, BROWSER_DATABASE, ",".join(_browser_tags()), words, watch)


def run_rest(odoo: Odoo, words: set[str], watch: Watch) -> list[Result]:
    """All tests but those of ``run_browser``."""
    tags = [*_all_tags(), *(f"-{tag}" for tag in _browser_tags())]
    return _over_a_copy(odoo, DATABASE, ",".join(tags), words, watch)


def _over_a_copy(
    odoo: Odoo, database: str, tags: str, words: set[str], watch: Watch
) -> list[Result]:
    """Odoo's runner over a copy of the template: our add-ons are installed there already."""
    template, broken = odoo_module.installed(odoo)
    if not odoo.databases.exists(template):
        return broken
    odoo.databases.copy(template, database)
    return odoo_runner(odoo, database, [], tags, words, watch)


def _all_tags() -> list[str]:
    return [f"/{name}" for name in odoo_module.own_addons()]


def _browser_tags() -> list[str]:
    names = odoo_module.own_addons()
    return [
        f"/{name}:{test}" for name in names for test in _classes(browser_files(paths.ADDONS / name))
    ]


def odoo_runner(
    odoo: Odoo, database: str, modules: list[str], tags: str, words: set[str], watch: Watch
) -> list[Result]:
    """Run Odoo over the database with these modules (``-i x``) and the tests of these tags.

    A port of its own: another run may be under way in another lane.
    """
    report, log = odoo.folder / f"{database}.jsonl", odoo.folder / f"{database}.log"
    results.start(report)
    code = odoo.run(
        log,
        *("-d", database, *modules, "--test-tags", tags, "--stop-after-init"),
        f"--http-port={odoo_module.free_port()}",
        report=report,
        watch=lambda: watch(f"{len(results.read(report))} tests"),
    )
    found = [judge(result, words, log) for result in results.read(report)]
    failed = [result.name for result in found if result.outcome == FAILED]
    found += odoolog.unexpected(log, KIND, odoolog.load_allowed(), failed)
    if broke_off(code, odoolog.ended(log), bool(results.count(found, FAILED))):
        message = f"{process.tail(log)}\nexit code {code}"
        found.append(Result(KIND, "Odoo broke off", FAILED, 0.0, message, str(log)))
    return found


def broke_off(code: int, ended: bool, has_failures: bool) -> bool:
    """Whether tests are missing: a run cut short says so beside the failures it already had.

    Odoo's exit code is 1 after a failed test, too.
    """
    return not ended or (code != 0 and not has_failures)


def judge(result: Result, words: set[str], log: Path) -> Result:
    """A test skipped for want of a browser has failed, unless the user asked to leave it out."""
    if result.outcome == SKIPPED and "browser" not in words and _NO_BROWSER.search(result.message):
        result = result.failed("a browser test must run, or HOTLINE_SKIP=browser say otherwise")
    return unit.with_log(result, log)


def silent(found: Sequence[Result], names: Sequence[str]) -> list[Result]:
    """A failed result per add-on of which no test ran: its tests are not imported, or not there."""
    ran = {result.name.split(".")[0] for result in found if result.outcome != SKIPPED}
    return [
        Result(KIND, f"{name}: no test was executed", FAILED) for name in names if name not in ran
    ]


def browser_files(addon: Path) -> list[Path]:
    """The test files that drive a browser (Hoot, tours): only Odoo's runner can run them."""
    files = sorted(addon.glob("tests/test_*.py"))
    return [path for path in files if _BROWSER.search(path.read_text(encoding="utf-8"))]


def run_one(
    odoo: Odoo, name: str, words: set[str], watch: Watch, arguments: Sequence[str] = ()
) -> list[Result]:
    """Tests of one add-on over a database that is kept: browser tests by Odoo, the rest by pytest.

    ``arguments`` go to pytest (-k WORD, -x); with them the browser tests are left out.
    """
    template, broken = odoo_module.base(odoo)
    if broken:
        return broken
    database = _loop_database(odoo, template)
    browser = [] if arguments else browser_files(paths.ADDONS / name)
    tags = ",".join(f"/{name}:{test}" for test in _classes(browser)) or f"/{name}:{NOTHING}"
    modules = ["-i", name, "-u", name]
    found = odoo_runner(odoo, database, modules, tags, words, watch)
    if any(result.outcome == FAILED for result in found):
        return found
    return [*found, *_pytest_odoo(odoo, database, name, arguments, watch)]


def _loop_database(odoo: Odoo, template: str) -> str:
    """The kept database of the quick loop, made anew only when the template changed."""
    name = LOOP + template
    if not odoo.databases.exists(name):
        for old in odoo.databases.names(LOOP):
            odoo.databases.drop(old)
        odoo.databases.copy(template, name)
    return name


def _classes(files: Sequence[Path]) -> list[str]:
    pattern = re.compile(r"^class (\w+)", re.MULTILINE)
    return [name for path in files for name in pattern.findall(path.read_text(encoding="utf-8"))]


def _pytest_odoo(
    odoo: Odoo, database: str, name: str, arguments: Sequence[str], watch: Watch
) -> list[Result]:
    browser = browser_files(paths.ADDONS / name)
    files = sorted(paths.ADDONS.glob(f"{name}/tests/test_*.py"))
    rest = [path for path in files if path not in browser]
    if not rest:
        return []
    variables = {"ODOO_RC": str(odoo.configuration), "PYTHONPATH": str(paths.ROOT)}
    options = ["-c", _PYTEST_INI, f"--rootdir={paths.ROOT}", "-p", "no:cacheprovider"]
    options += ["--odoo-http", f"--odoo-database={database}"]
    command = [str(part) for part in (*options, *rest, *arguments)]
    return unit.pytest(odoo.environment.python, KIND, command, odoo.folder, variables, watch)
