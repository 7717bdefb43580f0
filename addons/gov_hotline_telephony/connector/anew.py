"""Transactions of the connector meet those of the screens: who loses begins anew."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from psycopg2 import errors

TRIES: Final = 6
AGAIN: Final = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)
P = ParamSpec("P")
T = TypeVar("T")


def anew(method: Callable[P, T]) -> Callable[P, T]:
    """Repeat a whole transaction that another one has overtaken; the last fault is raised."""

    @functools.wraps(method)
    def repeated(*arguments: P.args, **named: P.kwargs) -> T:
        for tried in range(1, TRIES):
            try:
                return method(*arguments, **named)
            except AGAIN:
                time.sleep(0.05 * tried)
        return method(*arguments, **named)

    return repeated
