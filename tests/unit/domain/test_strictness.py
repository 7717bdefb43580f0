"""What a body may tighten, and what it may not loosen."""

from __future__ import annotations

import pytest
from gov_hotline.domain.problems import BLOCK, WARN, Problem
from gov_hotline.domain.strictness import (
    Strictness,
    applied,
    is_reason,
    key,
    tightened,
    without_reason,
)

RULES = {
    "READ": Strictness(BLOCK),
    "MEMORY": Strictness(WARN),
    "SWITCHED": Strictness(WARN, is_tightened=True),
}


@pytest.mark.parametrize(
    ("rule", "severity", "expected"),
    [
        ("READ", BLOCK, BLOCK),
        ("READ", WARN, WARN),
        ("MEMORY", BLOCK, WARN),
        ("MEMORY", WARN, WARN),
        ("SWITCHED", WARN, BLOCK),
        ("SWITCHED", BLOCK, BLOCK),
        ("UNKNOWN", BLOCK, BLOCK),
        ("UNKNOWN", WARN, WARN),
    ],
)
def test_severity_follows_the_rule(rule: str, severity: str, expected: str) -> None:
    (problem,) = applied([Problem("x", severity=severity, rule=rule)], RULES)
    assert problem.severity == expected


def test_blocks_come_first_and_nothing_is_lost() -> None:
    found = applied([Problem("a", rule="MEMORY"), Problem("b", rule="READ")], RULES)
    assert [one.code for one in found] == ["b", "a"]


def test_a_shipped_block_cannot_be_loosened() -> None:
    assert Strictness(BLOCK, is_tightened=False).value == BLOCK
    assert tightened(RULES) == {"SWITCHED"}


def test_a_reason_is_given_for_a_rule() -> None:
    found = applied([Problem("a", rule="MEMORY"), Problem("b", severity=WARN, rule="M2")], RULES)
    assert [one.code for one in without_reason(found, {"MEMORY"})] == ["b"]


def test_a_reason_is_given_for_one_warning() -> None:
    """Two subordinates are two warnings of one rule."""
    one, two = (
        Problem("sub", severity=WARN, rule="SELF-SUB", params={"who": who}) for who in ("А", "Б")
    )
    assert key(one) != key(two)
    assert without_reason([one, two], {key(one)}) == (two,)
    assert without_reason([one, two], {"SELF-SUB"}) == ()


@pytest.mark.parametrize(
    ("text", "good"), [("", False), (None, False), ("         .", False), ("По звонку главы", True)]
)
def test_a_reason_is_words(text: str | None, good: bool) -> None:
    assert is_reason(text) is good
