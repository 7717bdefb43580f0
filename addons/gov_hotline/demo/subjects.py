"""What people call and write about: texts by topic of the classifier, read from `subjects.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Subject:
    """One reason to call. Texts may name {street}, {house} and {address}.

    `appeals`: (text, outcome code, text of the answer that fits it); `asked`: (what was asked, what
    was answered) in a consultation.
    """

    key: str
    topic: str
    agency: str
    department: str
    appeals: tuple[tuple[str, str, str], ...]
    asked: tuple[tuple[str, str], ...]


def _pairs(found: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in found)


def _subject(found: dict) -> Subject:
    return Subject(
        **{name: found[name] for name in ("key", "topic", "agency", "department")},
        appeals=tuple(
            (appeal["text"], *found["answers"][appeal["answer"]]) for appeal in found["appeals"]
        ),
        asked=_pairs(found["asked"]),
    )


_DATA = json.loads(Path(__file__).with_name("subjects.json").read_text(encoding="utf-8"))
SUBJECTS = tuple(_subject(found) for found in _DATA["subjects"])
REQUESTS_8FZ = _pairs(_DATA["requests_8fz"])
TECH_SUPPORT = _pairs(_DATA["tech_support"])
THANKS = tuple(_DATA["thanks"])
