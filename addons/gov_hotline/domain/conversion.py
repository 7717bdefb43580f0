"""From a message to an appeal under 59-FZ: only what the applicant has confirmed in writing.

Grounds (practice, 4): an identified sign-in on the portal or Gosuslugi, a signed paper, the
reception with an identity document. A call, an e-mail or a network post alone converts nothing.
"""

from __future__ import annotations

from typing import Final

from .problems import BLOCK, Problem

CONFIRMING: Final = frozenset({"paper", "visit", "portal"})
ART_1_4: Final = "п. 1 ст. 4 59-ФЗ"


def problems(confirmed_how: str) -> tuple[Problem, ...]:
    """What forbids to register the draft appeal made of a message, by how it was confirmed.

    `confirmed_how` is the recorded fact (column of the draft), never the origin: whoever types
    «letter» has confirmed nothing.
    """
    if confirmed_how in CONFIRMING:
        return ()
    fields = ("confirmed_how",)
    return (Problem("not_converted", ART_1_4, BLOCK, fields, "REG-CH", "confirm_in_writing"),)
