"""SELF-NO: article 8 part 6 with practice 1: the higher body is allowed and proposed first."""

from __future__ import annotations

import pytest
from gov_hotline.domain.complaints import ROLES, SAME, SUBORDINATE, Tree, check, relation
from hypothesis import given
from hypothesis import strategies as st

MINISTRY, OFFICE, BRANCH, HEAD, CLERK, OTHER_BODY, DEPUTY = range(1, 8)
# The office under the ministry, the branch under the office; head and clerk work in the office.
TREE = Tree(
    belongs={HEAD: OFFICE, CLERK: OFFICE, DEPUTY: OFFICE},
    under={OFFICE: MINISTRY, BRANCH: OFFICE, DEPUTY: HEAD},
)
NAMES = {MINISTRY: "Министерство", OFFICE: "Управление", CLERK: "Иванов", BRANCH: "Филиал"}


@pytest.mark.parametrize(
    ("candidate", "complained", "expected"),
    [
        (OFFICE, OFFICE, "same"),
        (CLERK, OFFICE, "same"),
        (BRANCH, OFFICE, "subordinate"),
        (MINISTRY, OFFICE, "higher"),
        (OTHER_BODY, OFFICE, "other"),
        (HEAD, HEAD, "same"),
        (DEPUTY, HEAD, "subordinate"),
        (CLERK, HEAD, "other"),
        (OFFICE, HEAD, "higher"),
        (MINISTRY, HEAD, "higher"),
        (OFFICE, BRANCH, "higher"),
    ],
)
def test_who_is_who(candidate: int, complained: int, expected: str) -> None:
    assert relation(candidate, complained, TREE) == expected


def test_the_nearest_higher_body_comes_first() -> None:
    assert TREE.above(BRANCH) == (OFFICE, MINISTRY)
    assert TREE.above(HEAD)[0] == OFFICE
    assert TREE.above(MINISTRY) == ()


@pytest.mark.parametrize("role", ROLES)
def test_a_block_and_its_way_out(role: str) -> None:
    (problem,) = check(CLERK, OFFICE, TREE, role=role, names=NAMES)
    assert (problem.code, problem.rule, problem.blocks) == (f"self_no_{role}", "SELF-NO", True)
    assert dict(problem.params) == {"who": "Иванов", "higher": "Министерство"}
    # an approver is replaced in the route: nobody returns the complaint for it
    assert problem.way_out == ("replace_approver" if role == "approver" else "choose_higher")


def test_a_subordinate_is_warned_of() -> None:
    (problem,) = check(BRANCH, OFFICE, TREE, role="addressee", names=NAMES)
    assert (problem.code, problem.rule, problem.blocks) == ("self_sub_addressee", "SELF-SUB", False)


def test_nobody_above_is_a_return() -> None:
    (problem,) = check(MINISTRY, MINISTRY, TREE, role="addressee", names=NAMES)
    assert problem.way_out == "return_complaint"


def test_others_pass() -> None:
    for candidate in (MINISTRY, OTHER_BODY):
        assert check(candidate, OFFICE, TREE, role="addressee", names=NAMES) == ()
    with pytest.raises(ValueError, match="unknown role"):
        check(OFFICE, OFFICE, TREE, role="cook", names=NAMES)


graphs = st.dictionaries(st.integers(1, 6), st.integers(1, 6))


@given(graphs, graphs, st.integers(1, 6), st.integers(1, 6))
def test_a_cycle_ends(
    belongs: dict[int, int], under: dict[int, int], candidate: int, complained: int
) -> None:
    """Whatever the data, every walk ends, and oneself is always oneself."""
    tree = Tree(belongs, under)
    assert relation(complained, complained, tree) == SAME
    above = tree.above(candidate)
    assert len(set(above)) == len(above)
    assert candidate not in above
    if relation(candidate, complained, tree) in (SAME, SUBORDINATE) and candidate != complained:
        assert complained in above
