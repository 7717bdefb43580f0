"""What the parts of one Odoo model say twice.

A model of ours lies in several files, each an ``_inherit`` of the same name; Python merges them in
the order of their import. Two parts that give one name to two methods, neither knowing of the
other, do not clash: the later silently stands in place of the earlier. So the later one calls
``super()``, or one of the two says that it is meant: the first that it is "an extension point",
the later that it stands "in place of" it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

MEANT = ("extension point", "in place of")
# Said anew by each part of a model.
OWN = {"_name", "_inherit", "_inherits", "_description"}
# A field that takes more values in a later part.
ADDING = {"selection_add", "ondelete"}


@dataclass(frozen=True)
class Said:
    """One definition of a name in a part of a model."""

    place: str
    name: str
    node: ast.FunctionDef | ast.Assign = field(compare=False)


@cache
def _body(path: Path) -> list[ast.stmt]:
    return ast.parse(path.read_text(encoding="utf-8")).body


def _assigned(body: list[ast.stmt]) -> dict[str, ast.AST]:
    """The values of the names that a module or a class assigns."""
    return {
        node.targets[0].id: node.value
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def model_of(part: ast.ClassDef, constants: dict[str, ast.AST]) -> str:
    """The model a class belongs to; "" where it is none (a mixin of Python, a controller).

    `constants`: what the module assigns, for an ``_inherit`` that is named by one of them.
    """
    own = _assigned(part.body)
    inherit = own.get("_inherit")
    first = inherit.elts[0] if isinstance(inherit, ast.List | ast.Tuple) else inherit
    named = own.get("_name", first)
    if isinstance(named, ast.Name):
        named = constants.get(named.id)
    return named.value if isinstance(named, ast.Constant) else ""


def imported(package: Path) -> list[Path]:
    """The modules of a package in the order in which Python runs them, by relative imports."""
    order: list[Path] = []
    _run(package / "__init__.py", order, set())
    return order


def _run(path: Path, order: list[Path], begun: set[Path]) -> None:
    if path in begun or not path.exists():
        return
    begun.add(path)
    _run(path.parent / "__init__.py", order, begun)  # the package, before what lies in it
    for node in _body(path):
        if isinstance(node, ast.ImportFrom) and node.level:
            for needed in _needed(path, node):
                _run(needed, order, begun)
    order.append(path)


def _needed(path: Path, node: ast.ImportFrom) -> Iterator[Path]:
    """Files that ``from .x import y`` may run, in their order."""
    folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
    yield folder.with_suffix(".py")
    yield folder / "__init__.py"
    for alias in node.names:
        yield folder / f"{alias.name}.py"
        yield folder / alias.name / "__init__.py"


def definitions(files: list[Path], root: Path) -> dict[tuple[str, str], list[Said]]:
    """Every name a model defines, by (model, name), each in the order of the import."""
    said: dict[tuple[str, str], list[Said]] = {}
    for path in files:
        constants = _assigned(_body(path))
        for part in _body(path):
            model = model_of(part, constants) if isinstance(part, ast.ClassDef) else ""
            for name, node in _names(part) if model else ():
                place = f"{path.relative_to(root)}:{node.lineno}"
                said.setdefault((model, name), []).append(Said(place, name, node))
    return said


def _names(part: ast.ClassDef) -> Iterator[tuple[str, ast.FunctionDef | ast.Assign]]:
    for node in part.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            names = [one.id for one in node.targets if isinstance(one, ast.Name)]
            yield from ((name, node) for name in names if name not in OWN)


def _is_meant(node: ast.AST) -> bool:
    words = " ".join((ast.get_docstring(node) or "").lower().split())
    return any(one in words for one in MEANT)


def _calls_earlier(node: ast.FunctionDef) -> bool:
    """Whether it hands over to the earlier method: ``super()`` and its own name."""
    inner = list(ast.walk(node))
    names = {one.id for one in inner if isinstance(one, ast.Name)}
    called = {one.attr for one in inner if isinstance(one, ast.Attribute)}
    called |= {one.value for one in inner if isinstance(one, ast.Constant)}
    return "super" in names and node.name in called


def _keywords(node: ast.Assign) -> set[str] | None:
    """What a field's definition says; None where it is no field."""
    call = node.value
    if not isinstance(call, ast.Call) or "fields" not in ast.unparse(call.func):
        return None
    return {one.arg or "**" for one in call.keywords} | (
        {"its first value"} if call.args else set()
    )


def _clash(earlier: Said, later: Said) -> str:
    """Say what the later definition does to the earlier one; "" where it may stand."""
    old, new = earlier.node, later.node
    if isinstance(old, ast.FunctionDef) != isinstance(new, ast.FunctionDef):
        return "is a method there and none here"
    if isinstance(new, ast.FunctionDef):
        kept = _is_meant(old) or _is_meant(new) or _calls_earlier(new)
        return "" if kept else "does not call super()"
    before, after = _keywords(old), _keywords(new)
    if before is None or after is None:
        built = _names_in(old.value) & _names_in(new.value) or _tells_of(new.value, later.name)
        return "" if built else "builds on nothing of it"
    twice = before & after - ADDING
    return f"says {', '.join(sorted(twice))} again" if twice else ""


def _tells_of(node: ast.AST, name: str) -> bool:
    """Whether it takes the value of the earlier class: ``First._editable | {...}``."""
    return any(isinstance(one, ast.Attribute) and one.attr == name for one in ast.walk(node))


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} - {"frozenset"}


def clashes(packages: list[Path], root: Path) -> list[str]:
    """One line per definition that stands in place of an earlier one of the same model.

    `packages`: folders of add-ons, those that others extend first.
    """
    files = [path for package in packages for path in imported(package)]
    found = []
    for (model, name), said in sorted(definitions(files, root).items()):
        for earlier, later in pairwise(said):
            if what := _clash(earlier, later):
                found.append(f"{later.place}: {model}.{name} {what} ({earlier.place})")
    return found
