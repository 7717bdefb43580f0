"""Transactions of the connector meet those of the screens: who loses begins anew."""

from __future__ import annotations

import functools
import logging
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
_SQL: Final = logging.getLogger("odoo.sql_db")
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


def quiet() -> None:
    """Keep what is tried again out of the log of this process, which is the connector's alone.

    Odoo logs every statement that fails as an error, before anybody can try it again; the last
    fault of a transaction is raised and logged by who wanted it.
    """
    if _is_worth_saying not in _SQL.filters:
        _SQL.addFilter(_is_worth_saying)


def _is_worth_saying(record: logging.LogRecord) -> bool:
    arguments = record.args if isinstance(record.args, tuple) else ()
    return not any(isinstance(one, AGAIN) for one in arguments)
