"""How strictly a rule is applied: what was shipped, what the body tightened, what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .problems import BLOCK, WARN, Problem, Severity

REASON_LENGTH: Final = 10  # characters: a reason is words, not a dot


@dataclass(frozen=True)
class Strictness:
    """One rule: what the law's table ships, and whether the body made a warning a block."""

    shipped: Severity
    is_tightened: bool = False

    @property
    def value(self) -> Severity:
        """What the rule does now."""
        return BLOCK if self.is_tightened or self.shipped == BLOCK else WARN


def applied(problems: Iterable[Problem], rules: Mapping[str, Strictness]) -> tuple[Problem, ...]:
    """The problems with the severity that their rules have here, blocks first.

    A tightened rule blocks whatever it finds. A rule shipped as a warning warns. A rule shipped as
    a block keeps the milder findings that its check itself calls warnings (the subordinate of the
    one complained of). A rule that is not in `rules` leaves the severity of the check.
    """
    found = [replace(one, severity=_severity(one, rules.get(one.rule))) for one in problems]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def _severity(problem: Problem, rule: Strictness | None) -> Severity:
    if rule is None:
        return problem.severity
    if rule.is_tightened:
        return BLOCK
    return WARN if rule.shipped == WARN else problem.severity


def tightened(rules: Mapping[str, Strictness]) -> frozenset[str]:
    """Codes of the rules that the body turned from warnings into blocks."""
    return frozenset(code for code, rule in rules.items() if rule.is_tightened)


def key(problem: Problem) -> str:
    """The name of one warning, equal each time the act is tried: «SELF-SUB self_sub_signer who=…».

    A reason is given for one warning: two subordinates are two warnings of one rule.
    """
    words = [f"{name}={value}" for name, value in sorted(problem.params.items())]
    return " ".join([problem.rule, problem.code, *words]).strip()


def without_reason(problems: Iterable[Problem], given: Collection[str]) -> tuple[Problem, ...]:
    """The warnings that no written reason was `given` for: codes of rules, keys of warnings."""
    return tuple(
        one for one in problems if not (one.blocks or one.rule in given or key(one) in given)
    )


def is_reason(text: str | None) -> bool:
    """Whether `text` can stand as a written reason."""
    return len((text or "").strip()) >= REASON_LENGTH
