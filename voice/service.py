"""Questions of the dialplan answered: by Odoo in words, by the speaker in sounds.

An answer is two variables of the caller's channel, HOTLINE_SAY_n (sounds to play) and, last,
HOTLINE_TOLD_n (what came of it). No answer is one, too: the dialplan gives the caller to people.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import numbers
from .ami import Ami, Refused
from .cache import Cache
from .odoo import Odoo, Silent
from .recogniser import Recogniser

_logger = logging.getLogger(__name__)
AT_ONCE = 8  # questions answered at a time; the rest wait their turn
ALIVE = 30.0  # seconds: how often Odoo is told that this voice serves
SLOWEST = 30.0  # seconds between two tries to connect


@dataclass(frozen=True)
class Answer:
    """What came of a question, the sounds to play, other variables of the channel."""

    told: str
    say: str = ""
    more: dict[str, str] = field(default_factory=dict)


@dataclass
class Service:
    """One PBX, one Odoo."""

    connect: Callable[[], Ami]
    odoo: Odoo
    cache: Cache
    recogniser: Recogniser
    heard: Path
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "question")
    )
    ended: threading.Event = field(default_factory=threading.Event)
    ami: Ami | None = None
    serves: bool = False

    def run(self) -> None:
        """Serve until stop(); a PBX that went away is tried again and again."""
        self.heard.mkdir(parents=True, exist_ok=True)
        pause = 0.5
        threading.Thread(target=self._tell, daemon=True).start()
        while not self.ended.is_set():
            began = time.monotonic()
            try:
                self.ami = self.connect()
                _logger.info("serving")
                self._serve(self.ami)
            except (OSError, Refused, StopIteration) as error:
                _logger.warning("no connection with the PBX: %s", error)
            pause = 0.5 if time.monotonic() - began > SLOWEST else min(SLOWEST, pause * 2)
            self.ended.wait(pause)

    def stop(self) -> None:
        """End."""
        self.ended.set()
        if self.ami:
            self.ami.close()

    def _serve(self, ami: Ami) -> None:
        self.serves = True
        try:
            for event in ami.events():
                if event.get("UserEvent") == "HotlineAsk":
                    self.pool.submit(self._reply, ami, event)
        finally:
            self.serves = False

    def _tell(self) -> None:
        """Tell Odoo every so often that callers are served, while there is a PBX to serve."""
        told, said, speaks = -ALIVE, "", self.cache.speaks()
        while not self.ended.wait(1.0):
            if not self.serves or time.monotonic() - told < ALIVE:
                continue
            told = time.monotonic()
            try:
                self.odoo.ask("alive", hears=_yes(self.recogniser.hears), speaks=_yes(speaks))
                said = ""
            except Silent as error:
                if str(error) != said:
                    _logger.warning("Odoo is not told that this voice serves: %s", error)
                said = str(error)

    def _reply(self, ami: Ami, event: dict[str, str]) -> None:
        """Answer one question into its channel. What is asked and told is not logged: it has
        numbers and codes of citizens."""
        channel, number = event.get("Channel", ""), event.get("Number", "")
        try:
            answer = self.answer(event)
            for name, value in answer.more.items():
                ami.set(channel, name, value)
            ami.set(channel, f"HOTLINE_SAY_{number}", answer.say)
            ami.set(channel, f"HOTLINE_TOLD_{number}", answer.told)
        except Silent as error:
            _logger.warning("Odoo does not answer: %s", error)
        except Exception:
            _logger.exception("question %s", event.get("Ask"))

    def answer(self, event: dict[str, str]) -> Answer:
        """Return the answer to a question of the dialplan; Silent where Odoo gives none."""
        ask = event.get("Ask", "")
        if ask == "hear":
            return self._hear(event.get("First", ""))
        fields = _FIELDS[ask]
        values = {name: event.get(place, "") for name, place in fields.items()}
        common = {"phone": event.get("Phone", ""), "call": event.get("CallId", "")}
        told = self.odoo.ask(ask, **common, line=event.get("Line", ""), **values)
        more = self._meters(told) if ask == "meters" else {}
        return Answer(str(told["result"]), self._say(told), more)

    def _say(self, told: dict[str, Any]) -> str:
        """Return the sounds of Odoo's sentences: they are Russian whatever language was chosen."""
        words = [one for one in told.get("words") or () if isinstance(one, str) and one.strip()]
        return "&".join(map(self.cache.say, words))

    def _meters(self, told: dict[str, Any]) -> dict[str, str]:
        """Begin to load the model: it is needed after the next prompt."""
        self.recogniser.warm()
        return {
            "ONE": _yes(told.get("meters") == 1),
            "HEARS": _yes(self.recogniser.hears),
        }

    def _hear(self, name: str) -> Answer:
        """Return the digits said in a recording; it is removed."""
        path = self.heard / f"{Path(name).name}.wav"
        try:
            words = self.recogniser.hear(path) if path.exists() else ""
        finally:
            path.unlink(missing_ok=True)
        digits = numbers.parse(words)
        return Answer("heard" if digits else "nothing", digits)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


# What is asked of Odoo: {its name there: place in the event}.
_FIELDS: dict[str, dict[str, str]] = {
    "hello": {},
    "hours": {},
    "status": {"number": "First", "code": "Second"},
    "meters": {"account": "First"},
    "reading": {"account": "First", "meter": "Second", "value": "Third", "reason": "Fourth"},
}
