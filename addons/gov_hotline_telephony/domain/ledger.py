"""The ledger of the PBX: what its files say of calls, read into the same facts AMI gives.

CEL is written as things happen and is the ledger; the queue's log and the CDR complete it. Pure:
rows in, snapshots of calls that are over out; what is not over is kept for the next time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from . import ledger_facts, ledger_rows
from .call_state import Machine
from .ledger_rows import Cdr, Cel, Queued
from .snapshots import Snapshot

GRACE: Final = 10.0  # seconds after its last row before a call is settled: CDR comes late
LONGEST: Final = 86400.0  # seconds; a call that says nothing so long has no end any more
ALIVE: Final = 0.1  # seconds that who has just written is taken to live on
SECOND: Final = 1.0  # the queue's log knows whole seconds


@dataclass(slots=True)
class Book:
    """Rows, each with the line it came from: what is not settled is read again."""

    cel: list[tuple[Cel, str]] = field(default_factory=list)
    cdr: list[tuple[Cdr, str]] = field(default_factory=list)
    queue: list[tuple[Queued, str]] = field(default_factory=list)
    faulty: int = 0  # lines that are no lines of these files

    def add(self, kind: str, lines: Iterable[str]) -> None:
        """Take lines of the file of this kind: cel, cdr or queue."""
        parse, rows = {
            "cel": (ledger_rows.cel, self.cel),
            "cdr": (ledger_rows.cdr, self.cdr),
            "queue": (ledger_rows.queued, self.queue),
        }[kind]
        for line in lines:
            row = parse(line) if line.strip() else None
            if row is not None:
                rows.append((row, line))
            elif line.strip():
                self.faulty += 1


@dataclass(frozen=True, slots=True)
class Settled:
    """What the ledger says."""

    calls: tuple[Snapshot, ...]  # over, in the order they began
    broken: frozenset[str]  # Linkedids of those the PBX's end took away
    open: frozenset[str]  # Linkedids of those that go on, or ended a moment ago
    left: dict[str, list[str]]  # {kind: lines} to be read again with what comes


@dataclass(frozen=True, slots=True)
class Terms:
    """What tells citizens from colleagues; see call_state.Machine."""

    trunk_context: str = "from-trunk"
    inside: frozenset[str] = frozenset()
    skew: float = 0.0
    grace: float = GRACE


def settle(book: Book, now: float, terms: Terms) -> Settled:
    """Return the calls that are over at a moment of our clock."""
    reader = _Reader(book, terms, now + terms.skew)
    calls = sorted(reader.calls(), key=lambda one: (one.started, one.linkedid))
    return Settled(tuple(calls), frozenset(reader.broken), frozenset(reader.open), reader.left())


class _Reader:
    """One reading of the book. Moments are of the PBX's clock."""

    def __init__(self, book: Book, terms: Terms, now: float) -> None:
        self.book, self.terms, self.now = book, terms, now
        self.machine = Machine(terms.trunk_context, terms.inside, terms.skew)
        self.starts = ledger_rows.starts(row for row, _line in book.queue)
        self.rows = self._rows()
        self.of_call: dict[str, list[Cel]] = defaultdict(list)
        for row in self.rows:
            self.of_call[row.linkedid].append(row)
        self.broken: set[str] = set()
        self.open = {linkedid for linkedid in self.of_call if not self._is_over(linkedid)}

    def _rows(self) -> list[Cel]:
        """The rows of CEL, and of calls that it does not know those made of the CDR."""
        rows = [row for row, _line in self.book.cel]
        known = {row.linkedid for row in rows} | {row.uniqueid for row in rows}
        only = [row for row, _line in self.book.cdr if row.linkedid not in known]
        late = [row for row in only if row.end <= self.now - 2 * self.terms.grace]
        return [*rows, *ledger_facts.of_cdr(late)]

    # which are over

    def _is_over(self, linkedid: str) -> bool:
        rows = self.of_call[linkedid]
        last = max(row.at for row in rows)
        if self._start_after(rows) is not None:
            return True
        if not self._has_ended(rows):
            return last < self.now - LONGEST
        return last <= self.now - self.terms.grace

    def _start_after(self, rows: list[Cel]) -> float | None:
        """When the PBX was started anew after the last that was heard of a call."""
        first, last = min(row.at for row in rows), max(row.at for row in rows)
        return next((at for at in self.starts if at > first and at + SECOND > last), None)

    @staticmethod
    def _has_ended(rows: list[Cel]) -> bool:
        if any(row.kind == "LINKEDID_END" for row in rows):
            return True
        ended = {row.uniqueid for row in rows if row.kind == "HANGUP"}
        return ended == {row.uniqueid for row in rows}

    # what they are

    def calls(self) -> list[Snapshot]:
        """Return those that are over; one whose consultation still goes on waits for it."""
        self._feed()
        found = {one.linkedid: one for one in self.machine.take_changed()}
        self._break_off(found)
        found |= {one.linkedid: one for one in self.machine.take_changed()}
        over = [one for one in found.values() if one.linkedid not in self.open]
        return [self._told(one) for one in over if one.ended is not None]

    def _feed(self) -> None:
        linkedids = {row.uniqueid: row.linkedid for row in reversed(self.rows)}
        for told in ledger_facts.of_cel(self.rows):
            self.machine.feed(told, 0.0)
        log = (row for row, _line in self.book.queue)
        for told in ledger_facts.of_queue_log(log, linkedids):
            self.machine.feed(told, 0.0)

    def _break_off(self, found: dict[str, Snapshot]) -> None:
        """End what a start of the PBX, or a day of silence, has ended without a word."""
        for linkedid, rows in self.of_call.items():
            if linkedid in self.open or self._has_ended(rows):
                continue
            started = self._start_after(rows)
            last = self._heard_until(rows, started)
            self._lose(linkedid, last, last if started is None else max(started, last))
            if linkedid in found and found[linkedid].ended is None:
                self.broken.add(linkedid)

    def _heard_until(self, rows: list[Cel], started: float | None) -> float:
        """Until when the PBX wrote: a talk begun and broken off between two lines was a talk."""
        last = max(row.at for row in rows)
        if started is not None:
            last = max([last, *(row.at for row in self.rows if row.at < started)])
        return last + ALIVE

    def _lose(self, linkedid: str, last: float, at: float) -> None:
        last, at = last - self.terms.skew, at - self.terms.skew
        call = self.machine.call(linkedid)
        for part in call.parts.values():
            if part.ended is None:
                part.lost_at, part.ended = last, at
        if at > last:
            call.doubt(last, at)

    def _told(self, call: Snapshot) -> Snapshot:
        return replace(call, fate="cut") if call.linkedid in self.broken else call

    # what is read again

    def left(self) -> dict[str, list[str]]:
        """Return the lines of what is not settled; of starts none: what they end has ended."""
        channels = {row.uniqueid for linkedid in self.open for row in self.of_call[linkedid]}
        known = {row.uniqueid for row in self.rows}
        late = self.now - 2 * self.terms.grace
        return {
            "cel": [line for row, line in self.book.cel if row.linkedid in self.open],
            "cdr": [
                line
                for row, line in self.book.cdr
                if row.linkedid in self.open or (row.linkedid not in known and row.end > late)
            ],
            "queue": [
                line
                for row, line in self.book.queue
                if row.uniqueid in channels
                or (row.kind == "QUEUESTART" and row.at > self.now - 2 * self.terms.grace)
            ],
        }
