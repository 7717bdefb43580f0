"""Wait for something the PBX will say by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..domain.ami import Message

Wanted = Callable[[Message], bool]


class Expected:
    """A message that may come, from the moment it was expected."""

    def __init__(self, wanted: Wanted) -> None:
        """Take what tells the message."""
        self.wanted = wanted
        self._found: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

    def hear(self, message: Message) -> None:
        """Keep the first one that is wanted."""
        if not self._found.done() and self.wanted(message):
            self._found.set_result(message)

    async def wait(self, seconds: float) -> Message | None:
        """Return the message, None when it did not come in time."""
        await asyncio.wait([self._found], timeout=seconds)
        return self._found.result() if self._found.done() else None


class Ear:
    """Hears every message the state machine hears."""

    def __init__(self) -> None:
        """Begin expecting nothing."""
        self._expected: list[Expected] = []

    def hear(self, message: Message) -> None:
        """Tell everybody who expects something."""
        for expected in self._expected:
            expected.hear(message)

    @contextmanager
    def expect(self, wanted: Wanted) -> Iterator[Expected]:
        """Expect a message from now on."""
        expected = Expected(wanted)
        self._expected.append(expected)
        try:
            yield expected
        finally:
            self._expected.remove(expected)
