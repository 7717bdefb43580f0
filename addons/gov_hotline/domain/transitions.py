"""The life of a case: one table of states, used by buttons, by `write()` and by tests.

`TABLE[(track, state)]` gives the next states and the roles that may take each step. The model
hands in every role of the user; whoever has one of them may. A final state has no way out:
corrections and additions live in records of their own. A state absent here is unknown, not free.

Block one is the draft (operator), block two the work (officer; deferred while the addressees of a
resolution answer), block three the end: one of the final states of the track.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

APPEAL: Final = "appeal"
MESSAGE: Final = "message"
TRACKS: Final = (APPEAL, MESSAGE)

DRAFT: Final = "draft"
IN_WORK: Final = "in_work"
DEFERRED: Final = "deferred"
CLOSED: Final = "closed"
FORWARDED: Final = "forwarded"
RETURNED: Final = "returned"
NO_ANSWER: Final = "no_answer"
STOPPED: Final = "stopped"
WITHDRAWN: Final = "withdrawn"
CONVERTED: Final = "converted"
# Registered and not ended: the officer's.
WORKING_STATES: Final = (IN_WORK, DEFERRED)
# In the order of screens; SQL and indices are generated from this tuple.
FINAL_STATES: Final = (CLOSED, FORWARDED, RETURNED, NO_ANSWER, STOPPED, WITHDRAWN, CONVERTED)
STATES: Final = (DRAFT, *WORKING_STATES, *FINAL_STATES)
ENDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        APPEAL: (CLOSED, FORWARDED, RETURNED, NO_ANSWER, STOPPED, WITHDRAWN),
        MESSAGE: (CLOSED, FORWARDED, CONVERTED),
    }
)

OPERATOR: Final = "operator"
OFFICER: Final = "officer"
ADMINISTRATOR: Final = "administrator"
ROLES: Final = (
    OPERATOR,
    OFFICER,
    ADMINISTRATOR,
    "approver",
    "supervisor",
    "executor",
    "auditor",
    "press",
)

# One stage per state, common to all teams; the stage follows the state.
STAGE_XMLID: Final[Mapping[str, str]] = MappingProxyType(
    {state: f"gov_hotline.stage_{state}" for state in STATES}
)

Steps = Mapping[str, frozenset[str]]

# The ladder of roles: who may do a lower role's work.
_FROM_OPERATOR: Final = frozenset({OPERATOR, OFFICER, ADMINISTRATOR})
_FROM_OFFICER: Final = frozenset({OFFICER, ADMINISTRATOR})


def _ends(track: str) -> dict[str, frozenset[str]]:
    """The ends of a track. A message is converted by whoever registers the appeal it becomes."""
    return {end: _FROM_OPERATOR if end == CONVERTED else _FROM_OFFICER for end in ENDS[track]}


def _steps(track: str) -> dict[str, Steps]:
    ends = _ends(track)
    return {
        DRAFT: MappingProxyType({IN_WORK: _FROM_OPERATOR}),
        IN_WORK: MappingProxyType({DEFERRED: _FROM_OFFICER, **ends}),
        DEFERRED: MappingProxyType({IN_WORK: _FROM_OFFICER, **ends}),
        **{end: MappingProxyType({}) for end in ENDS[track]},
    }


TABLE: Final[Mapping[tuple[str, str], Steps]] = MappingProxyType(
    {(track, state): steps for track in TRACKS for state, steps in _steps(track).items()}
)


def allowed(track: str, state: str, roles: Iterable[str]) -> frozenset[str]:
    """States that somebody with these roles may move the case to; empty for an unknown state."""
    mine = frozenset(roles)
    steps = TABLE.get((track, state), {})
    return frozenset(to for to, who in steps.items() if who & mine)
