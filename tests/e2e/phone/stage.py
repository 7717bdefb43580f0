"""Who telephones in a test: citizens, operators, the city. Everything goes when the test ends."""

import time
from typing import Any, Self

from runtime import phones
from runtime.pbx import Pbx
from runtime.phones import Sipp

QUEUE = "hotline"
LIMIT = 60.0  # seconds until what is expected must have come; a busy machine is slow


class Stage:
    """Telephones around one PBX; each method returns the sipp process that plays it."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.played: list[Sipp] = []
        self.members: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        for one in self.played:
            one.stop()
        self.pbx.cli("channel request hangup all")
        for number in self.members:
            self.pbx.cli(f"queue remove member PJSIP/{number} from {QUEUE}")

    def citizen(self, number: str = "79135550101", **manner: Any) -> Sipp:
        """Calls the line; ``seconds=4`` until he hangs up, else he waits for the other side."""
        return self._play(phones.citizen(self.pbx, number, **manner))

    def operator(self, number: str, *, queue: bool = True, **manner: Any) -> Sipp:
        """A registered telephone, in the queue unless said otherwise.

        ``after=1`` seconds until it is taken, ``talk=3`` until it hangs up, ``refuse=phones.BUSY``.
        """
        made = self._play(phones.phone(self.pbx, number, **manner))
        if queue and number not in self.members:
            self.pbx.cli(f"queue add member PJSIP/{number} to {QUEUE}")
            self.members.append(number)
        return made

    def silent(self, number: str, *, queue: bool = True) -> Sipp:
        """An operator's telephone that rings and is not taken."""
        return self.operator(number, queue=queue, after=phones.NEVER)

    def city(self, **manner: Any) -> Sipp:
        """Whoever is called outside; ``manner`` as of an operator."""
        return self._play(phones.city(self.pbx, **manner))

    def until(self, *applications: str) -> None:
        """Wait until channels of the PBX are in these applications; AMI has no event for that.

        «s@hotline-ivr», «Read(KEY», or the name of a prompt.
        """
        end = time.monotonic() + LIMIT
        while True:
            shown = self.pbx.cli("core show channels") + self.pbx.cli("core show channels concise")
            if all(text in shown for text in applications):
                return
            assert time.monotonic() < end, shown
            time.sleep(0.1)

    def _play(self, made: Sipp) -> Sipp:
        self.played.append(made)
        return made
