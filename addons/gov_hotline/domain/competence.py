"""Whose question it is: agencies ranked by topic and territory.

A claim says «this agency answers for this topic (and all below it) in this territory (and all its
parts)». A claim without a topic is for any question of its territory, one without a territory for
the topic everywhere. The narrower the topic, the better; then the narrower the territory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

TOPIC_TERRITORY, TOPIC, TERRITORY = "topic_territory", "topic", "territory"
# By the topic, but only of a territory that may or may not be the caller's: it is not known yet.
TOPIC_UNSURE = "topic_unsure"
OBJECT = "object"  # looks after the very house: told by the object, not by a claim
REASONS: Final = (TOPIC_TERRITORY, TOPIC, TOPIC_UNSURE, OBJECT, TERRITORY)
BY_TOPIC: Final = frozenset({TOPIC_TERRITORY, TOPIC, TOPIC_UNSURE})

Path = Sequence[int]  # ids from the root to the node; empty: not said


@dataclass(frozen=True)
class Claim:
    """A row of the directory. `agency`: its id."""

    agency: int
    topic: Path = ()
    territory: Path = ()


@dataclass(frozen=True)
class Match:
    """An agency and why it is proposed: one of REASONS."""

    agency: int
    reason: str


def rank(
    claims: Iterable[Claim], topic: Path, territory: Path, responsible: int | None = None
) -> list[Match]:
    """The agencies whose question it is, best first, each once with its best reason.

    `responsible`: the agency that looks after the object the question is about, if any.
    """
    found = [fit for claim in claims if (fit := _fit(claim, topic, territory))]
    if responsible:
        found.append(((_order(OBJECT), 0, 0), Match(responsible, OBJECT)))
    best: dict[int, Match] = {}
    for _key, match in sorted(found, key=lambda fit: (fit[0], fit[1].agency)):
        best.setdefault(match.agency, match)
    return list(best.values())


def _fit(claim: Claim, topic: Path, territory: Path) -> tuple[tuple[int, int, int], Match] | None:
    """((order, -depth of topic, -depth of territory), match), or None where it is not theirs."""
    if not (claim.topic or claim.territory) or not _covers(claim.topic, topic):
        return None
    is_near = _covers(claim.territory, territory)
    if not is_near and not _covers(territory, claim.territory):
        return None
    reason = _reason(claim, is_near)
    if not reason:
        return None
    return (_order(reason), -len(claim.topic), -len(claim.territory)), Match(claim.agency, reason)


def _reason(claim: Claim, is_near: bool) -> str:
    if not is_near:
        return TOPIC_UNSURE if claim.topic else ""
    if not claim.topic:
        return TERRITORY
    return TOPIC_TERRITORY if claim.territory else TOPIC


def _order(reason: str) -> int:
    """Both kinds of a sure topic rank alike: how narrow they are decides."""
    return 0 if reason in (TOPIC_TERRITORY, TOPIC) else REASONS.index(reason)


def _covers(node: Path, path: Path) -> bool:
    """Whether `node` is the path's own end or above it; what is not said covers all."""
    return list(path[: len(node)]) == list(node)
