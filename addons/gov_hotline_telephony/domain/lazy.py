"""A value computed once an object: functools.cached_property of Python 3.11 takes a lock for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801  # used as the decorator that it is
    """Compute on the first look and keep it in the object."""

    def __init__(self, compute: Callable[..., Value]) -> None:
        """Take the method it decorates."""
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, found: object, _owner: type) -> Value:
        """Compute, keep, return; the next look finds the kept one without coming here."""
        value = found.__dict__[self._name] = self._compute(found)
        return value
