"""Which numbers an operator may dial: patterns kept by the administrator, one a line.

`+79XXXXXXXXX`: X is any digit, `[3-5]` or `[348]` a choice, a full stop at the end any rest, `!`
before a pattern forbids it, `#` begins a remark. What no pattern allows is refused; what one
forbids is refused whatever allows it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Mobiles and towns of Russia, the free 8-800, the emergency services; no paid lines (8-803, 8-809,
# 8-801 … are services of operators at a price of their own), no other countries.
DEFAULT: Final = """+79XXXXXXXXX
+7[348]XXXXXXXXX
!+780[1-35-9]XXXXXXX
101
102
103
104
112"""
_PATTERN: Final = re.compile(r"!?\+?(?:[0-9X]|\[[0-9](?:-?[0-9])*\])+\.?")
_LONGEST: Final = 64


def fault(plan: str) -> str:
    """Return the first line that is no pattern; "" when all are."""
    return next((line for line in _lines(plan) if not _is_pattern(line)), "")


def is_allowed(number: str, plan: str) -> bool:
    """Say whether a number, E.164 or a short one of digits, may be dialled by this plan."""
    allowing, forbidding = _compiled(plan)
    return not forbidding.fullmatch(number) and bool(allowing.fullmatch(number))


def _lines(plan: str) -> list[str]:
    lines = (line.partition("#")[0] for line in plan.splitlines())
    return [line.strip().replace(" ", "") for line in lines if line.strip()]


def _is_pattern(line: str) -> bool:
    if len(line) > _LONGEST or not _PATTERN.fullmatch(line):
        return False
    return all(low <= high for low, high in re.findall(r"([0-9])-([0-9])", line))


@lru_cache(maxsize=64)
def _compiled(plan: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The expressions of what is allowed and of what is forbidden; no line, no number."""
    lines = [line for line in _lines(plan) if _is_pattern(line)]
    allowing = [_expression(line) for line in lines if not line.startswith("!")]
    forbidding = [_expression(line[1:]) for line in lines if line.startswith("!")]
    never = "(?!)"
    return re.compile("|".join(allowing) or never), re.compile("|".join(forbidding) or never)


def _expression(pattern: str) -> str:
    rest = "[0-9]+" if pattern.endswith(".") else ""
    plain = pattern.removesuffix(".").replace("+", r"\+").replace("X", "[0-9]")
    return plain + rest
