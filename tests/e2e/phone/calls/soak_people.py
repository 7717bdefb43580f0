"""Who makes the calls of the crash test: operators at their screens, citizens who press a key.

What they ask for while a part is dead is lost, as it is to people: they go on by what they see.
"""

import contextlib
import itertools
import threading
from collections.abc import Iterator
from typing import Any

from ami import Ami
from hotline import Desk, Hotline, Refused
from requests import RequestException

LOOK = 0.4  # seconds between two glances at the screen
EXPERT = "103"
TRIES = 3  # talks in which one plan is tried
Plan = tuple[str, ...]
# What is done with one talk after the other; a talk that ends before is no fault.
PLANS: dict[str, tuple[Plan, ...]] = {
    "maria": (
        ("attended", "complete"),
        (),
        ("attended", "conference", "complete"),
        ("blind",),
        ("hold", "unhold"),
        ("hangup",),
        ("attended", "cancel"),
    ),
    "pavel": ((), ("blind",), (), ("attended", "complete")),
}


class Plans:
    """One plan after the other; what a kill or a citizen's end left undone is tried once more."""

    def __init__(self, plans: tuple[Plan, ...]) -> None:
        self.plans = itertools.cycle(plans)
        self.count = len(plans)
        self.begun = 0
        self.plan: Plan = ()
        self.left: list[str] = []
        self.tried = 0

    @property
    def is_through(self) -> bool:
        """Each had its turn."""
        return self.begun > self.count

    def take(self) -> list[str]:
        """Return what is to be done with the next talk; the list gets shorter as it is done."""
        if not self.left or self.tried == TRIES:
            self.plan, self.tried = next(self.plans), 0
            self.begun += 1
        self.tried += 1
        self.left = list(self.plan)
        return self.left


class Operator:
    """Signs in, talks, finishes cards, dials now and then, signs out."""

    def __init__(self, hotline: Hotline, login: str, numbers: Iterator[str]) -> None:
        self.desk, self.numbers = Desk(hotline, login), numbers
        self.plans = Plans(PLANS[login])
        self.todo: dict[int, list[str]] = {}
        self.idle = 0
        self.desk.visitor.login(login, self.desk.password)

    def work(self, closing: threading.Event) -> None:
        """Work until the day is over, then leave the line."""
        while not closing.wait(LOOK):
            with _lost():
                self._glance(self.desk.phone("look"))
        left = False
        while not left:
            with _lost():
                left = self._leaves(self.desk.phone("look"))
            threading.Event().wait(LOOK)

    def _glance(self, shown: dict[str, Any]) -> None:
        state, call = shown["presence"]["state"], shown["call"]
        if state == "offline":
            self.desk.phone("sign_in", shown["extensions"][0]["id"])
        elif call:
            self._talk(call)
        elif state == "wrap_up":
            self.desk.phone("finish_wrap_up")
        elif state == "ready":
            self._dial()

    def _leaves(self, shown: dict[str, Any]) -> bool:
        if shown["presence"]["state"] == "offline":
            return True
        if not shown["call"]:
            self.desk.phone("sign_out")
        return False

    def _dial(self) -> None:
        """Every third time that there is nothing to do somebody is called."""
        self.idle += 1
        if self.idle % 3 == 0:
            self.desk.phone("dial", next(self.numbers))

    def _talk(self, call: dict[str, Any]) -> None:
        number = call["call_id"]
        if number not in self.todo:
            self.todo[number] = self.plans.take() if call["direction"] == "in" else []
        todo = self.todo[number]
        wanted = "transfer" if todo[:1] in (["blind"], ["attended"]) else "".join(todo[:1])
        if wanted in call["may"]:
            act = todo.pop(0)
            getattr(self, f"_{act}", lambda one: self.desk.phone(act, one))(number)

    def _blind(self, call: int, how: str = "blind") -> None:
        found = self.desk.phone("targets", call, "expert")
        key = next(one["key"] for one in found if one["phone"] == EXPERT)
        self.desk.phone("transfer", call, key, how, "competence")

    def _attended(self, call: int) -> None:
        self._blind(call, "attended")


class Keys:
    """Presses 1 in the queue for those who would rather be called back."""

    def __init__(self, hotline: Hotline) -> None:
        self.pbx = hotline.pbx
        self.wanted: list[str] = []

    def work(self, closing: threading.Event) -> None:
        """Look who stands in the queue."""
        while not closing.wait(LOOK):
            for number in [*self.wanted]:
                with contextlib.suppress(OSError, AssertionError):  # the PBX is dead just now
                    self._press(number)

    def _press(self, number: str) -> None:
        for line in self.pbx.cli("core show channels concise").splitlines():
            channel, *rest = line.split("!")
            is_alone = len(rest) > 10 and rest[4] == "Queue" and not rest[-2]
            if is_alone and number in rest:
                with Ami(self.pbx) as ami:
                    ami.ask("PlayDTMF", Channel=channel, Digit="1", Duration="100", Receive="true")
                self.wanted.remove(number)


def _lost() -> contextlib.AbstractContextManager[None]:
    """Odoo or its database is away, or what was on the screen is so no more."""
    return contextlib.suppress(Refused, RequestException, ValueError, KeyError, StopIteration)
