"""Mass hand-over of one officer's matters: when it starts and when a leave is over."""

from __future__ import annotations

from datetime import date
from typing import Final

LEAVE: Final = "leave"
FOR_GOOD: Final = "for_good"

DRAFT: Final = "draft"
PLANNED: Final = "planned"
RUNNING: Final = "running"
ON: Final = "on"
DONE: Final = "done"
RETURNING: Final = "returning"
RETURNED: Final = "returned"
# States in which matters are with the new ones: from here they can come back.
HANDED: Final = (ON, DONE)
# One request hands so many over at once; more go to the background by such parts.
AT_ONCE: Final = 50


def begins(valid_from: date, today: date) -> bool:
    """Whether matters are handed over on `today`, or wait for their day."""
    return valid_from <= today


def is_over(kind: str, valid_to: date | None, today: date) -> bool:
    """Whether a leave is over: matters come back on the day after its last one."""
    return kind == LEAVE and valid_to is not None and valid_to < today


def state_after(kind: str) -> str:
    """The state once everything was handed over: a leave stays on, a dismissal is done."""
    return ON if kind == LEAVE else DONE
