"""``make lint``: every static check, two at a time, each counted as one test.

A tool that needs Node or a virtual environment gets it from tools.py; the checks of this file
that need nothing but Python are in repository.py.
"""

import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from runtime import shell
from runtime.paths import ROOT

from . import repository
from .results import FAILED, PASSED, Result
from .tools import Tools

KIND = "lint"
# A record is split by concern into files of one screen; the length of a term is a field of ours.
PYLINT_OPTIONS = [
    "--rcfile=.pylintrc",
    "--disable=attribute-deprecated,consider-merging-classes-inherited",
]


@dataclass(frozen=True)
class Check:
    """A command that exits with 0, or a Python function that returns what is wrong."""

    name: str
    command: Sequence[str] = ()
    function: Callable[[Path], list[str]] | None = None
    environment: tuple[tuple[str, str], ...] = ()


def _files(*suffixes: str) -> list[str]:
    """The add-ons' files of a kind; static/lib holds other people's code."""
    return [
        name
        for name in repository.tracked(ROOT)
        if name.startswith("addons/") and name.endswith(suffixes) and "/static/lib/" not in name
    ]


def _python_checks(tools: Tools) -> list[Check]:
    addons = [str(path.relative_to(ROOT)) for path in repository.addons(ROOT)]
    checks = [
        Check("ruff check", [tools.dev("ruff"), "check", "."]),
        Check("ruff format", [tools.dev("ruff"), "format", "--check", "."]),
    ]
    if not addons:
        return checks
    checks += [
        Check("pylint-odoo", [tools.dev("pylint"), *PYLINT_OPTIONS, "-j1", *addons]),
        Check("odoo-linter", [tools.dev("odl"), "check", "addons"]),
        Check("oca module checks", _oca_command(tools, addons)),
        Check(
            "import-linter: no odoo in domain",
            [tools.dev("lint-imports"), "--no-cache"],
            environment=(("PYTHONPATH", "addons"),),
        ),
    ]
    translations = _files(".po")
    if translations:
        command = [tools.dev("oca-checks-po"), "--disable=po-pretty-format", *translations]
        checks.append(Check("oca translation checks", command))
    return checks


def _oca_command(tools: Tools, addons: list[str]) -> list[str]:
    # the order of XML attributes is what reads best, not one for all tags
    manifests = [f"{addon}/__manifest__.py" for addon in addons]
    return [tools.dev("oca-checks-odoo-module"), "--disable=xml-tag-position", *manifests]


def _node_checks(tools: Tools) -> list[Check]:
    scripts, formatted = _files(".js"), _files(".xml", ".js", ".scss")
    checks = []
    if formatted:
        checks.append(Check("prettier", [*tools.npm("prettier"), "--check", *formatted]))
    if scripts:
        checks.append(Check("eslint", [*tools.npm("eslint"), "--max-warnings=0", *scripts]))
    return checks


def checks(tools: Tools) -> list[Check]:
    """Everything ``make lint`` looks at, the longest first."""
    found = [*_python_checks(tools), *_node_checks(tools)]
    own = [Check(name, function=function) for name, function in repository.CHECKS.items()]
    return sorted(found, key=lambda check: check.name != "pylint-odoo") + own


def _run(check: Check) -> Result:
    started = time.monotonic()
    problems = "\n".join(check.function(ROOT)) if check.function else _complaint(check)
    seconds = round(time.monotonic() - started, 2)
    return Result(KIND, check.name, FAILED if problems else PASSED, seconds, problems)


def _complaint(check: Check) -> str:
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=shell.environment(**dict(check.environment)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""


def run(tools: Tools, chosen: Sequence[str] = ()) -> list[Result]:
    """Run the checks whose name contains one of ``chosen`` (all when empty)."""
    wanted = [
        check for check in checks(tools) if not chosen or any(word in check.name for word in chosen)
    ]
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(_run, wanted))
