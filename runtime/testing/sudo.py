"""Where code acts as the system (``.sudo()``) and does not say why.

Whoever reads a ``sudo()`` must see beside it what it is for: a comment on its line, or one within
two lines above that says "sudo: ..." (or "as above").
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

ABOVE = 2  # lines from the reason's last line to the call


def _comments(text: str) -> dict[int, str]:
    """Comments by the number of their line."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {one.start[0]: one.string for one in tokens if one.type == tokenize.COMMENT}


def _calls(tree: ast.AST) -> Iterator[int]:
    """Lines of calls of ``sudo`` that raise rights; ``sudo(False)`` gives them back."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sudo":
            lowered = [one for one in node.args if getattr(one, "value", None) is False]
            if not lowered:
                yield node.func.end_lineno


def _has_reason(comments: dict[int, str], line: int) -> bool:
    """Any comment of the line itself; above it, one that names what it is about."""
    if line in comments:
        return True
    first = max(1, line - ABOVE)
    while {first, first - 1} <= comments.keys():  # the rest of a block that ends there
        first -= 1
    above = " ".join(comments.get(each, "") for each in range(first, line))
    return "sudo" in above or "as above" in above


def unexplained(text: str) -> list[int]:
    """Lines whose ``sudo()`` has no reason beside it."""
    comments = _comments(text)
    lines = sorted(set(_calls(ast.parse(text))))
    return [line for line in lines if not _has_reason(comments, line)]


def faults(root: Path) -> list[str]:
    """One line per call of the add-ons without its reason; tests need none."""
    found = []
    for path in sorted(root.glob("addons/*/**/*.py")):
        if "tests" not in path.relative_to(root).parts:
            lines = unexplained(path.read_text(encoding="utf-8"))
            name = path.relative_to(root)
            found += [f"{name}:{line}: sudo() without its reason beside it" for line in lines]
    return found
