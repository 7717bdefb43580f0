"""Rules of the house that a machine can check."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.testing import repository

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = sorted(path.parent for path in ROOT.glob("addons/*/domain/__init__.py"))

# The rows of the mission: five systems whose functions we must have, and what none of them has.
MISSION = {"A": 5, "B": 9, "C": 6, "D": 9, "E": 12, "X": 10}
_ROW = re.compile(r"([A-Z]\d+)(?:[,/ ]+|:)")


# Where a docstring begins; parsing three hundred files would take a second.
_DOCSTRING = re.compile(r'^ *(?:"""|\'\'\')(?=[A-Z]\d)(.+)', re.MULTILINE)


def _docstrings(text: str) -> list[str]:
    """First lines of the docstrings that may name a row."""
    return _DOCSTRING.findall(text)


def rows_of(docstring: str) -> list[str]:
    """The mission rows a docstring begins with: "B4: …", "A1, B6: …"."""
    head = re.match(r"(?:[A-Z]\d+[,/ ]*)+:", docstring)
    return _ROW.findall(head.group()) if head else []


@pytest.mark.parametrize(
    ("docstring", "rows"),
    [("B4: locked", ["B4"]), ("A1, B6: both", ["A1", "B6"]), ("A4 paper", []), ("", [])],
)
def test_rows_are_read_from_a_docstring(docstring: str, rows: list[str]):
    assert rows_of(docstring) == rows


def test_each_mission_row_that_a_test_names_exists():
    files = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("addons/*/tests/test_*.py")]
    unknown = [
        f"{path.relative_to(ROOT)}: {docstring}"
        for path in files
        for docstring in _docstrings(path.read_text(encoding="utf-8"))
        for row in rows_of(docstring)
        if not 1 <= int(row[1:]) <= MISSION.get(row[0], 0)
    ]
    assert unknown == []


def test_docstrings_that_name_a_row_are_found():
    source = 'def test_x():\n    """B4: locked.\n\n    More."""\n    text = """B5: no"""\n'
    assert _docstrings(source) == ["B4: locked."]


def test_there_is_no_odoo_in_this_interpreter():
    assert importlib.util.find_spec("odoo") is None


def _modules(domain: Path) -> list[str]:
    files = sorted(path for path in domain.rglob("*.py") if path.name != "__init__.py")
    return [".".join(path.relative_to(domain.parents[1]).with_suffix("").parts) for path in files]


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.parent.name)
def test_the_domain_loads_without_odoo_and_its_add_on(domain: Path):
    """Every module of it, in a fresh interpreter that has neither Odoo nor the add-on's models."""
    mount = (
        "import sys, types, importlib\n"
        f"package = types.ModuleType({domain.parent.name!r})\n"
        f"package.__path__ = [{str(domain.parent)!r}]\n"
        f"sys.modules[{domain.parent.name!r}] = package\n"
        f"for name in {_modules(domain)!r}: importlib.import_module(name)\n"
        "assert 'odoo' not in sys.modules\n"
        "assert not [name for name in sys.modules if '.models' in name and 'gov_' in name]\n"
    )
    command = [sys.executable, "-I", "-c", mount]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """(level, module) of every import statement."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.parent.name)
def test_the_domain_imports_only_itself_and_pure_libraries(domain: Path):
    pure = {"dateutil", "phonenumbers", "pytrovich", "msoffcrypto", "pypdf", "openpyxl", "lxml"}
    allowed = {*sys.stdlib_module_names, *pure}
    foreign = [
        f"{path.name}: {'.' * level}{module}"
        for path in sorted(domain.rglob("*.py"))
        for level, module in _imports(path)
        if level > 1 or (level == 0 and module.split(".")[0] not in allowed)
    ]
    assert foreign == []


def test_linters_watch_every_domain():
    """A linter's rule (TID251) lies in each domain, and import-linter is told of each."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    assert contract["source_modules"] == [f"{path.parent.name}.domain" for path in DOMAINS]
    for domain in DOMAINS:
        rules = tomllib.loads((domain / "ruff.toml").read_text(encoding="utf-8"))
        assert "TID251" in rules["lint"]["extend-select"]
        assert "odoo" in rules["lint"]["flake8-tidy-imports"]["banned-api"]


def _pins(name: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9_.-]+)==([^\s;]+)", line):
            pins.setdefault(match[1].lower().replace("_", "-"), set()).add(match[2])
    return pins


def test_the_domain_is_tested_with_the_libraries_odoo_runs_it_with():
    ours, odoos = _pins("dev.txt"), _pins("odoo.txt")
    for name in ("phonenumbers", "python-dateutil", "pytrovich", "pypdf", "msoffcrypto-tool"):
        assert ours[name] == odoos[name]


def test_every_requirement_is_pinned():
    for path in sorted(ROOT.glob("requirements/*.txt")):
        lines = [line.split("#")[0].strip() for line in path.read_text("utf-8").splitlines()]
        loose = [line for line in lines if line and not line.startswith("-") and "==" not in line]
        assert loose == [], path.name


def test_dependencies_point_one_way():
    """No add-on needs another one but the core, and the core needs none of ours."""
    names = {path.name for path in repository.addons(ROOT)}
    for addon in repository.addons(ROOT):
        needed = names.intersection(repository.manifest(addon).get("depends", []))
        assert needed <= {"gov_hotline"}, addon.name
        assert addon.name not in needed
    assert "gov_hotline" in names


@pytest.mark.parametrize(
    "line",
    [
        "see ../" + "shared/notes.md",
        "cd /work/" + "wt/bench",
        "index-url = https://pypi" + ".org/simple",
        '"resolved": "https://registry.npm' + 'js.org/eslint"',
        "deb http://ftp.de.deb" + "ian.org/debian sid main",
        "export HOME=/ro" + "ot/x",
    ],
)
def test_a_mention_of_a_machine_or_a_mirror_is_found(line: str):
    assert len(list(repository.mentions(line.encode()))) == 1


@pytest.mark.parametrize(
    "line", ["https://github.com/gov-hotline/gov-hotline", "the shared calendar", "a/root/b"]
)
def test_ordinary_lines_are_not(line: str):
    assert list(repository.mentions(line.encode())) == []


@pytest.mark.parametrize(
    ("decorator", "faults"),
    [('@tagged("post_install", "-at_install")', 0), ('@tagged("post_install")', 1), ("", 1)],
)
def test_a_test_that_would_run_at_the_installation_is_found(tmp_path, decorator, faults):
    folder = tmp_path / "addons/gov_x/tests"
    folder.mkdir(parents=True)
    source = f"{decorator}\nclass TestX(Case):\n    pass\n"
    (folder / "test_x.py").write_text(source, encoding="utf-8")
    assert len(repository.untagged_tests(tmp_path)) == faults
