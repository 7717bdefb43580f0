"""From a message to an appeal under 59-FZ: only what the applicant has confirmed in writing.

Grounds (practice, 4): an identified sign-in on the portal or Gosuslugi, a signed paper, the
reception with an identity document. A call, an e-mail or a network post alone converts nothing.
"""

from __future__ import annotations

from typing import Final

from .problems import BLOCK, Problem

CONFIRMING: Final = frozenset({"paper", "visit", "portal", "epgu"})
ART_1_4: Final = "п. 1 ст. 4 59-ФЗ"


def problems(origin: str) -> tuple[Problem, ...]:
    """What forbids to register an appeal that came by `origin` in the place of a message."""
    if origin in CONFIRMING:
        return ()
    return (Problem("not_converted", ART_1_4, BLOCK, ("origin",), "REG-CH", "confirm_in_writing"),)
