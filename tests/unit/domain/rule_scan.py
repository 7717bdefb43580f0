"""Which rule each Problem of the sources names, read from the syntax tree: nothing is run.

A rule that comes as a parameter is followed to the calls of that function in the same file; the
rule of a ground is one of the shipped grounds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from gov_hotline.domain import signature

ROOT = Path(__file__).parents[3]
DATA = ROOT / "addons" / "gov_hotline" / "data"
SEVERITY, RULE = ("severity", 2), ("rule", 4)  # keyword and position in Problem()
KNOWN = {
    "BLOCK": frozenset({"block"}),
    "WARN": frozenset({"warn"}),
    "RULE_OF": frozenset(rule for rule, _article in signature.RULE_OF.values()),
}
GROUNDS = frozenset(
    field.text or ""
    for field in ElementTree.parse(DATA / "hotline_ground.xml").iterfind(
        ".//field[@name='rule_code']"
    )
)


@dataclass(frozen=True)
class Named:
    """One Problem of the sources: where, its code as written, what rules and severities it has."""

    place: str
    code: str
    rules: frozenset[str]
    severities: frozenset[str]


def sources() -> list[Path]:
    """The Python files of the add-ons that find problems."""
    folders = ("domain", "models", "wizards", "controllers")
    return sorted(path for folder in folders for path in ROOT.glob(f"addons/*/{folder}/*.py"))


class File:
    """One source file: its constants, its functions and the calls in them."""

    def __init__(self, name: str, text: str) -> None:
        """Parse `text` of the file called `name`."""
        self.name = name
        self.tree = ast.parse(text)
        self.constants = dict(self._constants(self.tree))
        self.functions = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]
        self.owner = {
            call: function
            for function in self.functions
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
        }

    def problems(self) -> Iterator[Named]:
        """Every `Problem(…)` of the file."""
        for call, function in self.owner.items():
            if isinstance(call.func, ast.Name) and call.func.id == "Problem":
                yield Named(
                    f"{self.name}:{call.lineno}",
                    ast.unparse(call.args[0]) if call.args else "",
                    self._values(_argument(call, *RULE), function, frozenset({""})),
                    self._values(_argument(call, *SEVERITY), function, frozenset({"block"})),
                )

    def _constants(self, tree: ast.Module) -> Iterator[tuple[str, str]]:
        for node in tree.body:
            names = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", 0)]
            value = getattr(node, "value", None)
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield from ((one.id, value.value) for one in names if isinstance(one, ast.Name))

    def _values(
        self, node: ast.expr | None, function: ast.FunctionDef, default: frozenset[str]
    ) -> frozenset[str]:
        """What an argument can be; ValueError where the tree does not tell."""
        if node is None:
            return default
        if isinstance(node, ast.Constant):
            return frozenset({str(node.value)})
        if isinstance(node, ast.IfExp):
            return self._all([node.body, node.orelse], function, default)
        if isinstance(node, ast.BoolOp):
            return self._all(node.values, function, default)
        if isinstance(node, ast.Subscript):
            return self._values(node.value, function, default)
        if isinstance(node, ast.Attribute) and node.attr in ("rule", "rule_code"):
            return GROUNDS
        if isinstance(node, ast.Name):
            return self._named(node.id, function, default)
        raise ValueError(f"{self.name}:{node.lineno}: cannot tell what {ast.unparse(node)} is")

    def _all(
        self, nodes: list[ast.expr], function: ast.FunctionDef, default: frozenset[str]
    ) -> frozenset[str]:
        return frozenset().union(*(self._values(one, function, default) for one in nodes))

    def _named(
        self, name: str, function: ast.FunctionDef, default: frozenset[str]
    ) -> frozenset[str]:
        if name in KNOWN:
            return KNOWN[name]
        if name in self.constants:
            return frozenset({self.constants[name]})
        parameters = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
        if name in parameters:
            return self._passed(name, parameters.index(name), function, default)
        assigned = [value for target, value in _assignments(function) if target == name]
        if not assigned:
            raise ValueError(f"{self.name}: cannot tell what {name} is in {function.name}")
        return self._all(assigned, function, default)

    def _passed(
        self, name: str, position: int, function: ast.FunctionDef, default: frozenset[str]
    ) -> frozenset[str]:
        """What the calls of `function` in this file pass as `name`, else its default."""
        found: set[str] = set()
        for call, caller in self.owner.items():
            if getattr(call.func, "id", getattr(call.func, "attr", "")) == function.name:
                shift = 1 if function.args.args[0].arg == "self" else 0
                given = _argument(call, name, position - shift) or _default(function, name)
                found |= self._values(given, caller, default)
        return frozenset(found)


def _argument(call: ast.Call, name: str, position: int) -> ast.expr | None:
    named = [one.value for one in call.keywords if one.arg == name]
    return named[0] if named else (call.args[position] if len(call.args) > position else None)


def _default(function: ast.FunctionDef, name: str) -> ast.expr | None:
    arguments = function.args
    late = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    pairs = [*zip(late, arguments.defaults, strict=True)]
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return next((value for one, value in pairs if one.arg == name), None)


def _assignments(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """Names and what they are assigned; of a tuple each name gets the whole right side."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from ((one.id, node.value) for one in names if isinstance(one, ast.Name))


@cache
def text_of(path: Path) -> str:
    """The source of a file, read once."""
    return path.read_text(encoding="utf-8")


@cache
def scan() -> tuple[Named, ...]:
    """Every Problem of the add-ons; files without the word are not parsed."""
    return tuple(
        named
        for path in sources()
        if "Problem(" in text_of(path)
        for named in File(path.name, text_of(path)).problems()
    )


def findings_of_domain() -> set[str]:
    """Public functions of the domains that find problems."""
    return {
        node.name
        for path in sources()
        if path.parent.name == "domain" and "Problem" in text_of(path)
        for node in ast.parse(text_of(path)).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "Problem" in (ast.unparse(node.returns) if node.returns else "")
    }


def uses(text: str, names: set[str]) -> set[str]:
    """Which of the names an expression of the source uses: an import alone is no use."""
    if not names.intersection(re.findall(r"\w+", text)):
        return set()  # parsing takes far longer than this look
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr))
    used = (
        node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in nodes
    )
    return names.intersection(used)


def unused(names: set[str]) -> set[str]:
    """Those of the names that no source uses."""
    left = set(names)
    for path in sources():
        left -= uses(text_of(path), left)
    return left
