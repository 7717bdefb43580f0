"""SELF-NO (59-FZ, article 8, part 6): who is complained of, who is below, who is above.

A tree of bodies and officials: `belongs` leads from a part or an official to the body, `under` from
a body or an official to the higher one. Data may hold a cycle: every walk ends all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .problems import BLOCK, WARN, Problem

ART_8_6: Final = "ч. 6 ст. 8 59-ФЗ"

SAME: Final = "same"
SUBORDINATE: Final = "subordinate"
HIGHER: Final = "higher"
OTHER: Final = "other"

ADDRESSEE: Final = "addressee"
EXECUTOR: Final = "executor"
SIGNER: Final = "signer"
APPROVER: Final = "approver"
ROLES: Final = (ADDRESSEE, EXECUTOR, SIGNER, APPROVER)


@dataclass(frozen=True)
class Tree:
    """Bodies and officials by id: `belongs` to which body, `under` which higher one."""

    belongs: Mapping[int, int]
    under: Mapping[int, int]

    def body_chain(self, node: int) -> tuple[int, ...]:
        """The node and the bodies it belongs to, the nearest first."""
        return tuple(self._walk(node, (self.belongs,)))

    def above(self, node: int) -> tuple[int, ...]:
        """Everything above the node: its bodies and all higher ones, the nearest first."""
        return tuple(self._walk(node, (self.belongs, self.under)))[1:]

    def _walk(self, node: int, roads: tuple[Mapping[int, int], ...]) -> Iterator[int]:
        seen, waiting = {node}, [node]
        while waiting:
            current = waiting.pop(0)
            yield current
            following = dict.fromkeys(road[current] for road in roads if current in road)
            waiting += [one for one in following if one not in seen]
            seen.update(following)


def relation(candidate: int, complained: int, tree: Tree) -> str:
    """What `candidate` is to the one complained of: SAME, SUBORDINATE, HIGHER or OTHER.

    A part or an employee of the body complained of is that body; a body or an official under it is
    its subordinate.
    """
    if complained in tree.body_chain(candidate):
        return SAME
    if complained in tree.above(candidate):
        return SUBORDINATE
    return HIGHER if candidate in tree.above(complained) else OTHER


def check(
    candidate: int,
    complained: int,
    tree: Tree,
    *,
    role: str,
    names: Mapping[int, str],
) -> tuple[Problem, ...]:
    """The problem of giving `role` (of `ROLES`) to `candidate`: a block, a warning or none.

    `names`: of the nodes, for the words. The way out names the nearest higher body, or, where there
    is none, the return to the applicant (article 8, part 7). `ValueError`: unknown role.
    """
    if role not in ROLES:
        raise ValueError(f"unknown role in a complaint: {role!r}")
    found = relation(candidate, complained, tree)
    if found not in (SAME, SUBORDINATE):
        return ()
    higher = tree.above(complained)
    params = {"who": names.get(candidate, ""), "higher": names.get(higher[0], "") if higher else ""}
    severity = BLOCK if found == SAME else WARN
    return (
        Problem(
            f"self_{'no' if found == SAME else 'sub'}_{role}",
            ART_8_6,
            severity,
            ("complaint_against_id",),
            "SELF-NO" if found == SAME else "SELF-SUB",
            _way_out(role, higher),
            MappingProxyType(params),
        ),
    )


def _way_out(role: str, higher: Sequence[int]) -> str:
    """An approver is replaced: the body considers the complaint, nobody returns it."""
    if role == "approver":
        return "replace_approver"
    return "choose_higher" if higher else "return_complaint"
