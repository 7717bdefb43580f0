"""Every rule of the table is checked by somebody, and every finding names a rule that is there."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from . import rule_scan
from .rule_scan import DATA, File

RULES = {
    record.findtext("field[@name='code']")
    for record in ElementTree.parse(DATA / "hotline_rule.xml").iterfind(".//record")
}
# Warnings that are only told, never enforced: no reason is asked, nothing could be tightened.
TOLD_ONLY = {'"stopped_topic"', "'stopped_topic'"}  # practice 16: never refused by itself
# Its strictness is the body's own setting, its reason stands in the sheet of approval.
TOLD_ONLY |= {'"approves_twice"', "'approves_twice'"}
TOLD_FILES = {"numbering.py"}  # risks of a template, told to whoever writes it


def named() -> set[str]:
    """The rules that the sources name."""
    return set().union(*(one.rules for one in rule_scan.scan())) - {""}


def test_every_rule_is_named_by_a_check() -> None:
    """B3: a switch that no check looks at would be a lie."""
    assert not RULES - named()


def test_every_rule_that_a_check_names_has_its_row() -> None:
    """B3: a finding without its rule could be neither tightened nor explained."""
    assert not named() - RULES


def test_every_warning_names_its_rule() -> None:
    """B3: a reason is recorded for a rule; a warning without one would be asked for for ever."""
    nameless = {
        one.place
        for one in rule_scan.scan()
        if "warn" in one.severities and "" in one.rules and one.code not in TOLD_ONLY
    }
    assert {place for place in nameless if place.split(":")[0] not in TOLD_FILES} == set()


def test_every_check_is_called() -> None:
    """B3: arithmetic that no act asks checks nothing."""
    findings = rule_scan.findings_of_domain()
    assert findings
    assert rule_scan.unused(findings) == set()


@pytest.mark.parametrize(
    ("text", "used"),
    [("from .x import f", set()), ("x.f()", {"f"}), ("f", {"f"}), ("def f(): 'f'", set())],
)
def test_the_scan_sees_who_calls(text: str, used: set[str]) -> None:
    assert rule_scan.uses(text, set("fg")) == used


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("def f():\n    return Problem('x', '', BLOCK, (), 'NO-ROW')", {"NO-ROW"}),
        ("R = 'A-1'\ndef f():\n    yield Problem('x', rule=R)", {"A-1"}),
        (
            "def f():\n    return p('B-2')\ndef p(rule):\n    return Problem('x', rule=rule)",
            {"B-2"},
        ),
        ("def f(a):\n    return Problem('x', rule='C-3' if a else 'D-4')", {"C-3", "D-4"}),
        ("def f():\n    return Problem('x')", {""}),
    ],
)
def test_the_scan_sees_what_is_named(text: str, rules: set[str]) -> None:
    (found,) = File("snippet.py", text).problems()
    assert found.rules == rules


def test_the_scan_says_what_it_cannot_see() -> None:
    with pytest.raises(ValueError, match="cannot tell"):
        list(File("snippet.py", "def f():\n    return Problem('x', rule=g())").problems())
