"""A letter as it came over the wire, read into what people and rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Fault:
    """What is wrong with a letter or a file, and by its code what was done about it.

    The words are `models/fault_texts.py`'s; `params`: what they name, as text.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LetterFile:
    """An enclosure: its name, cleaned of paths; its bytes; `fault`: None where all is well."""

    name: str
    content: bytes
    fault: Fault | None = None


@dataclass(frozen=True)
class Letter:
    """What a letter says. Every text is printable; what is absent is empty.

    `from_address`, `to`: bare addresses in small letters (`to`: To and Cc); `date`: of the Date
    header, UTC and naive, None where there is none or it cannot be read; `message_id`,
    `in_reply_to`, `references`: with their angle brackets, the oldest first; `body`: plain text;
    `headers`: all of them, (name in small letters, value) in their order, for rules that tell
    automatons from people; `content_type`: of the whole letter, in small letters.
    """

    from_address: str = ""
    from_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    body: str = ""
    files: tuple[LetterFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = ""

    def header(self, name: str) -> str:
        """Return the first value of a header, "" where there is none."""
        return next((value for key, value in self.headers if key == name.lower()), "")
