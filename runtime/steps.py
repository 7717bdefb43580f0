"""Steps of the set-up that run once: a stamp holds the key of what was last done.

A stamp is removed before its step begins and written after it ended, so a set-up that was
interrupted repeats the broken step and no other.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from . import paths
from .console import Console


@dataclass(frozen=True)
class Step:
    """``key`` changes when the step must run again (None: it always runs); ``present`` is what
    it leaves behind.
    """

    name: str
    title: str
    key: "str | None"
    action: Callable[[Console], None]
    present: "Path | None" = None

    def pending(self) -> bool:
        """True if the step has not been done, with this key, to its end."""
        lost = self.present is not None and not self.present.exists()
        return lost or self.key is None or read_stamp(self.name) != self.key


def _stamp(name: str) -> Path:
    folder = paths.state() / "stamps"
    folder.mkdir(exist_ok=True)
    return folder / name


def read_stamp(name: str) -> "str | None":
    """The key the step was last done with."""
    try:
        return _stamp(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def write_stamp(name: str, key: str) -> None:
    """Note that the step is done."""
    write_atomic(_stamp(name), key)


def drop_stamp(name: str) -> None:
    """Note that the step is being done."""
    _stamp(name).unlink(missing_ok=True)


def write_atomic(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    draft.replace(path)


def key(*parts) -> str:
    """A short key over words, files (their content) and anything JSON can hold."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else json.dumps(part).encode()
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()[:16]


def perform(steps: Iterable[Step], console: Console) -> None:
    """Run the steps whose stamp does not hold, in order."""
    for step in steps:
        if step.pending():
            with console.step(step.title):
                drop_stamp(step.name)
                step.action(console)
                if step.key:
                    write_stamp(step.name, step.key)
