"""How a case ends: the final state follows from what became of its questions.

Grounds of article 11 are set for a question, not for the whole appeal (practice, 17): one court
question beside two others never returns the letter.
"""

from __future__ import annotations

from collections.abc import Iterable

from .transitions import CLOSED, ENDS


def final_state(track: str, questions: Iterable[str]) -> str:
    """The final state of a case whose questions end so, each by itself.

    `questions` has for each the final state that its ground leads to, "" where it is considered
    on the merits. One end of all questions is that of the case; whatever is mixed is `closed`, so
    is an end that this track does not know.
    """
    ends = set(questions)
    only = ends.pop() if len(ends) == 1 else ""
    return only if only in ENDS.get(track, ()) else CLOSED
