"""Actions under way: who waits for which answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from ..domain.ami import Message
from ..domain.ami_actions import Action
from . import faults


@dataclass(slots=True)
class Asked:
    """An action under way: its last answer to come, and what of its list came."""

    action: Action
    answer: asyncio.Future[Message]
    listed: list[Message] = field(default_factory=list)

    def deliver(self, message: Message) -> None:
        """Take an answer: the response, an event of the list, or the event that ends it."""
        if message.kind == "event":
            self._deliver_event(message)
        elif message.get("Response").lower() == "error":
            self._finish(_fault(message.get("Message")))
        elif not self.action.end:
            self._finish(message)

    def _deliver_event(self, message: Message) -> None:
        if message.name == self.action.end:
            self._finish(message)
        else:
            self.listed.append(message)

    def _finish(self, outcome: Message | faults.Fault) -> None:
        if self.answer.done():
            return
        if isinstance(outcome, Message):
            self.answer.set_result(outcome)
        else:
            self.answer.set_exception(outcome)

    def cut(self) -> None:
        """End without an answer: whether it was done nobody knows."""
        self._finish(faults.Unknown("the connection ended before the answer"))
        if not self.answer.cancelled():
            # An action nobody waits for any more must not complain in the log
            self.answer.exception()


def _fault(text: str) -> faults.Fault:
    denied = "permission" in text.lower()
    return faults.Denied(text) if denied else faults.Failed(text)


class Pending:
    """All actions under way on one connection, by ActionID."""

    def __init__(self) -> None:
        """Begin with none."""
        self._asked: dict[str, Asked] = {}
        self._number = 0

    def __len__(self) -> int:
        """Return the number of actions under way."""
        return len(self._asked)

    def add(self, action: Action) -> tuple[str, Asked]:
        """Return a new ActionID and the place its answers go to."""
        self._number += 1
        action_id = f"hotline-{self._number}"
        asked = Asked(action, asyncio.get_running_loop().create_future())
        self._asked[action_id] = asked
        return action_id, asked

    def forget(self, action_id: str) -> None:
        """Nobody waits for this one any more."""
        self._asked.pop(action_id, None)

    def deliver(self, message: Message) -> bool:
        """Give an answer to who waits for it; False when nobody does."""
        asked = self._asked.get(message.get("ActionID"))
        if asked:
            asked.deliver(message)
        return bool(asked)

    def cut(self) -> None:
        """End every action under way as unknown: none may be sent again."""
        for asked in self._asked.values():
            asked.cut()
        self._asked.clear()
