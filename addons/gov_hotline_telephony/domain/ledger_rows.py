"""Lines of the files in which the PBX writes down its calls: CEL, CDR and the queue's log.

A line that is no such line gives nothing: half of one, one of another file, one cut by a full disk.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

CEL_COLUMNS: Final = 12
CDR_COLUMNS: Final = 21
QUEUE_COLUMNS: Final = 5
# A channel is told by its number; nothing else may stand where one is expected.
_LONGEST: Final = 150


@dataclass(frozen=True, slots=True)
class Cel:
    """A thing that happened to a channel; `at` is in epoch seconds."""

    kind: str
    at: float
    uniqueid: str
    linkedid: str
    channel: str
    number: str
    name: str
    exten: str
    context: str
    app: str
    data: str
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Cdr:
    """A stretch of a call between two channels, written when it is over."""

    number: str
    exten: str
    context: str
    channel: str
    other: str
    app: str
    data: str
    start: float
    answer: float | None
    end: float
    disposition: str
    uniqueid: str
    linkedid: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A line of the queue's log; `uniqueid` is the caller's channel, `at` in whole seconds."""

    at: float
    uniqueid: str
    queue: str
    agent: str
    kind: str
    data: tuple[str, ...]


def _split(line: str) -> list[str]:
    try:
        rows = list(csv.reader([line], strict=True))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


def cel(line: str) -> Cel | None:
    """Return the row of a line of CEL; None for a faulty one."""
    fields = _split(line)
    if len(fields) != CEL_COLUMNS or not _is_channel(fields[2]) or not _is_channel(fields[3]):
        return None
    try:
        extra = json.loads(fields[11]) if fields[11] else {}
        return Cel(fields[0], float(fields[1]), *fields[2:11], extra if extra else {})
    except ValueError:
        return None


def cdr(line: str) -> Cdr | None:
    """Return the row of a line of Master.csv; None for a faulty one."""
    fields = _split(line)
    if len(fields) != CDR_COLUMNS or not _is_channel(fields[16]) or not _is_channel(fields[19]):
        return None
    try:
        start, answer, end = (_moment(fields[number]) for number in (9, 10, 11))
    except ValueError:
        return None
    if start is None or end is None:
        return None
    names = (fields[1], fields[2], fields[3], *fields[5:9])
    return Cdr(*names, start, answer, end, fields[14], fields[16], fields[19])


def _moment(text: str) -> float | None:
    """Return epoch seconds of a moment in UTC; None of an empty text."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() if text else None


def queued(line: str) -> Queued | None:
    """Return the row of a line of the queue's log; None for a faulty one."""
    at, *fields = line.split("|")
    if len(fields) < QUEUE_COLUMNS - 1 or not at.isdecimal():
        return None
    uniqueid, queue, agent, kind, *data = fields
    return Queued(float(at), uniqueid, queue, agent, kind, tuple(data))


def _is_channel(text: str) -> bool:
    return 0 < len(text) < _LONGEST and text.isprintable()


def starts(rows: Iterable[Queued]) -> list[float]:
    """Return when the PBX was started, in order."""
    return sorted({row.at for row in rows if row.kind == "QUEUESTART"})
