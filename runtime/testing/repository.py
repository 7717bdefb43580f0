"""What every file of the repository must keep to, checked without any tool but git.

The functions return one line per fault; an empty list is a pass.
"""

import ast
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

MODEL_LINES, FILE_LINES = 300, 400
_TEXT = {".py", ".xml", ".js", ".scss", ".md", ".txt", ".toml", ".yml", ".yaml", ".json", ".cfg"}
_TEXT |= {".conf", ".csv", ".po", ".pot", ".rst", ".sh", ".in", ".html", ""}

# Places that exist on one machine only, and hosts that a closed perimeter does not have.
# Written in two parts, so that this file does not mention them itself.
_FORBIDDEN = {
    "a folder beside the repository": r"\.\./" + r"shared\b",
    "a path of one machine": r"(?<![\w.])/(work/(wt|main|shared)|opt/" + r"hl|root/)\b",
    "a package index's host": r"\b(registry\.npm"
    + r"js|files\.python"
    + r"hosted|pypi\.(org|io))\b",
    "a package mirror's host": r"\b(deb|ftp|security|snapshot)(\.\w+)?\.deb" + r"ian\.org\b",
}


def tracked(root: Path) -> list[str]:
    """Files that git knows or would add, relative to the root; without what it ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    names = sorted(set(filter(None, done.stdout.split("\0"))))
    return [name for name in names if (root / name).is_file()]


def addons(root: Path) -> list[Path]:
    """The folders of our add-ons."""
    return [path.parent for path in sorted(root.glob("addons/*/__manifest__.py"))]


def manifest(addon: Path) -> dict:
    """The manifest as the dictionary it is."""
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def forbidden_mentions(root: Path) -> list[str]:
    """Lines that name a machine's own folder, a package index or a mirror."""
    faults = []
    for name in tracked(root):
        if Path(name).suffix in _TEXT:
            faults += [f"{name}:{fault}" for fault in mentions((root / name).read_bytes())]
    return faults


def mentions(content: bytes) -> Iterable[str]:
    """What a file names that it must not, with the number of the line."""
    text = content.decode("utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in _FORBIDDEN.items():
            if re.search(pattern, line):
                yield f"{number}: names {what}: {line.strip()[:80]}"


def long_files(root: Path) -> list[str]:
    """Model files over 300 lines, other code over 400: split them by concern."""
    faults = []
    for name in tracked(root):
        path = Path(name)
        if path.suffix not in {".py", ".js"} or "/static/lib/" in name:
            continue
        if path.name == "__init__.py":
            continue  # a list of the modules beside it
        limit = MODEL_LINES if path.match("addons/*/models/*.py") else FILE_LINES
        length = len((root / name).read_text(encoding="utf-8").splitlines())
        if length > limit:
            faults.append(f"{name}: {length} lines, at most {limit}")
    return faults


def manifests(root: Path) -> list[str]:
    """Licence, author, version and site of each add-on, and a pyproject.toml to build it with."""
    expected = {
        "license": "AGPL-3",
        "author": "Gov Hotline",
        "website": "https://github.com/gov-hotline/gov-hotline",
    }
    faults = []
    for addon in addons(root):
        values = manifest(addon)
        faults += [
            f"{addon.name}: {key} is {values.get(key)!r}, not {value!r}"
            for key, value in expected.items()
            if values.get(key) != value
        ]
        if not re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", values.get("version", "")):
            faults.append(f"{addon.name}: version {values.get('version')!r} is not 19.0.x.y.z")
        if not (addon / "pyproject.toml").exists():
            faults.append(f"{addon.name}: no pyproject.toml, `pip wheel` cannot build it")
    return faults


def test_switches(root: Path) -> list[str]:
    """Hoot's ``only`` and ``debug`` silence every other test."""
    faults = []
    for name in tracked(root):
        if name.endswith(".test.js"):
            text = (root / name).read_text(encoding="utf-8")
            found = re.findall(r"\b(?:test|describe)\.(?:only|debug)\b", text)
            faults += [f"{name}: {switch}" for switch in found]
    return faults


def _tags(node: ast.ClassDef) -> set[str]:
    """What ``@tagged(…)`` says of a test class."""
    calls = [
        each
        for each in node.decorator_list
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "tagged"
    ]
    return {word.value for call in calls for word in call.args if isinstance(word, ast.Constant)}


def untagged_tests(root: Path) -> list[str]:
    """Test classes that would run at the installation: the bench tests an installed copy."""
    faults = []
    for path in sorted(root.glob("addons/*/tests/test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ClassDef) or not node.name.startswith("Test"):
                continue
            if not {"post_install", "-at_install"} <= _tags(node):
                name = f"{path.relative_to(root)}: {node.name}"
                faults.append(f'{name} needs @tagged("post_install", "-at_install")')
    return faults


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    "no machine path, mirror or index host": forbidden_mentions,
    "file lengths": long_files,
    "manifests": manifests,
    "no Hoot only/debug": test_switches,
    "tests run after the installation": untagged_tests,
}
