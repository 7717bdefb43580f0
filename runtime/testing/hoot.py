"""Hoot's lines in the browser's console: one record per JavaScript test."""

import re

from .results import FAILED, PASSED, Result

# After the first failure Odoo puts "Error received after termination: " before each line.
_PASSED = re.compile(r'\[HOOT\] Test "(?P<name>.+)" passed \(.*time: (?P<ms>[\d.]+)')
_FAILED = re.compile(r'\[HOOT\] Test "(?P<name>.+?)" failed:?(?P<message>.*)', re.DOTALL)


def read(text: str, kind: str) -> Result | None:
    """The outcome that one console message tells, or None if it tells none."""
    if match := _PASSED.search(text):
        return Result(kind, match["name"], PASSED, float(match["ms"]) / 1000)
    if match := _FAILED.search(text):
        return Result(kind, match["name"], FAILED, message=match["message"].strip())
    return None
