"""How long to wait before the next try to connect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Draw = Callable[[], float]  # a random number from [0, 1), handed in


@dataclass(slots=True)
class Backoff:
    """Waits that double up to a ceiling, each shortened by chance.

    Two connectors that lost the same PBX do not come back in the same moment; the first try
    comes soon, because most cuts are short.
    """

    draw: Draw
    first: float = 0.5  # seconds
    most: float = 20.0
    tries: int = 0

    def next(self) -> float:
        """Return the seconds to wait, between half of the step and all of it."""
        step = min(self.most, self.first * 2 ** min(self.tries, 16))
        self.tries += 1
        return step * (0.5 + self.draw() / 2)

    def reset(self) -> None:
        """Begin anew: the connection stood."""
        self.tries = 0
