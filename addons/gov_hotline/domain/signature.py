"""Who may sign: a signature is a recorded fact of who, by which authority, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .problems import BLOCK, WARN, Problem

SIGN: Final = "sign"
EXTEND: Final = "extend"
DECIDE: Final = "decide"
RESOLVE: Final = "resolve"
RIGHTS: Final = (SIGN, EXTEND, DECIDE, RESOLVE)

# (rule, article) that asks for the signature of somebody with the right.
RULE_OF: Final = MappingProxyType(
    {
        SIGN: ("ANS-SIGN", "ч. 3 ст. 10 59-ФЗ"),
        EXTEND: ("EXT-30", "ч. 2 ст. 12 59-ФЗ"),
        DECIDE: ("DECIDE", "ст. 11 59-ФЗ"),
        RESOLVE: ("RESOLVE", "локальный акт"),
    }
)


@dataclass(frozen=True)
class Authority:
    """An authority of the directory: its days (None: open) and rights (of `RIGHTS`)."""

    valid_from: date | None
    valid_to: date | None
    rights: frozenset[str]

    def holds_on(self, day: date) -> bool:
        """Whether the authority is valid on `day`, both ends included."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Signature:
    """A signature as recorded: name typed or taken from the directory, day of the body.

    `is_own_act`: the officer who signs in to send the resolution is the one named under it.
    """

    signer: str
    signed_on: date | None
    authority: Authority | None = None
    is_own_act: bool = False


def check(
    signature: Signature, right: str, today: date, *, is_directory_kept: bool = False
) -> tuple[Problem, ...]:
    """What is wrong with a signature that needs `right` (one of `RIGHTS`), by practice 11.

    A name typed under an answer, a notice or a resolution without an authority is warned of
    (SIGN-AUTH; a block by the body's setting), from the first letter on. A resolution that the
    officer sends under the own name passes while the body keeps no directory for that right
    (`is_directory_kept`). To extend a term or to decide on leaving without an answer an authority
    is always needed. `ValueError`: unknown right.
    """
    if right not in RULE_OF:
        raise ValueError(f"unknown right of a signature: {right!r}")
    if not signature.signer.strip() and signature.authority is None:
        return (_problem("no_signer", right, "choose_signer"),)
    day = signature.signed_on or today
    if day > today:
        return (_problem("signed_in_future", right, "fix_signing_date", "signed_on"),)
    if signature.authority is None:
        is_own = right == RESOLVE and signature.is_own_act and not is_directory_kept
        return () if is_own else _without_authority(right)
    if not signature.authority.holds_on(day):
        return (_problem("authority_not_valid", right, "choose_signer"),)
    if right not in signature.authority.rights:
        return (_problem("authority_without_right", right, "choose_signer"),)
    return ()


def _without_authority(right: str) -> tuple[Problem, ...]:
    if right not in (SIGN, RESOLVE):
        return (_problem("no_authority", right, "choose_signer"),)
    names = ("authority_id",)
    article = RULE_OF[right][1]
    return (Problem("no_authority", article, WARN, names, "SIGN-AUTH", "choose_signer"),)


def _problem(code: str, right: str, way_out: str, name: str = "authority_id") -> Problem:
    rule, article = RULE_OF[right]
    return Problem(code, article, BLOCK, (name,), rule, way_out)
