"""The chain of the journal: what a seal says, what a check finds.

A seal has a number (1, 2, 3 …), the line it seals, the hash of that line, the time, and the hash of
the seal before it. A hash is SHA-256, in hex, of a text in UTF-8; docs/journal.md has it in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Final, NamedTuple

START: Final = "0" * 64  # the hash before the first seal

BROKEN_LINK: Final = "broken_link"
MISSING_SEAL: Final = "missing_seal"
MISSING_LINE: Final = "missing_line"
CHANGED_LINE: Final = "changed_line"
FOREIGN_LINE: Final = "foreign_line"
UNSEALED_LINE: Final = "unsealed_line"
OTHER_CHAIN: Final = "other_chain"
SHORT_CHAIN: Final = "short_chain"
NO_TRIGGER: Final = "no_trigger"
FAULTS: Final = (
    BROKEN_LINK, MISSING_SEAL, MISSING_LINE, CHANGED_LINE, FOREIGN_LINE, UNSEALED_LINE, OTHER_CHAIN,
    SHORT_CHAIN, NO_TRIGGER,
)  # fmt: skip
_HEAD: Final = re.compile(r"(?<![\w.-])(\d{1,18})\s+([0-9a-f]{64})(?!\w)")


class Line(NamedTuple):
    """A row of the journal as the database has it; `at`: UTC, as PostgreSQL writes it."""

    id: int
    at: str | None
    company_ref: int | None
    user_ref: int | None
    model: str | None
    res_ref: int | None
    event: str | None
    payload: str | None
    digest: str | None


class Seal(NamedTuple):
    """A row of the chain; `sealed_at`: UTC, as PostgreSQL writes it."""

    number: int
    line_ref: int
    line_hash: str
    sealed_at: str
    previous_hash: str


class Head(NamedTuple):
    """The end of a chain: number and hash of its last seal."""

    number: int = 0
    hash: str = START


@dataclass(frozen=True)
class Fault:
    """One finding: `code` of FAULTS, seal (`until`: to which), id of the line, table, if any."""

    code: str
    number: int = 0
    line: int = 0
    until: int = 0
    table: str = ""


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _hash(line_id: int, digest: str | None, content: bytes) -> str:
    return sha256(f"{line_id}\n{digest or ''}\n".encode() + content).hexdigest()


def _json(value: str | int | None) -> str | int:
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else value


def _shape(*values: str | int) -> str:
    at, company, user, model, res, event, payload = values
    return (
        f'{{"at":{at},"company_ref":{company},"event":{event},"model":{model},'
        f'"payload":{payload},"res_ref":{res},"user_ref":{user}}}'
    )


def canonical(line: Line) -> str:
    """The content of a line as JSON: sorted keys, no spaces, without id and digest."""
    if None in line:
        return _shape(*map(_json, line[1:-1]))
    # the same, for a check of millions
    _id, at, company, user, model, res, event, payload, _digest = line
    return _shape(quoted(at), company, user, quoted(model), res, quoted(event), quoted(payload))


def _is_ours(line: Line, content: bytes) -> bool:
    """True where the digest that was written with the line fits its content.

    Lines of the first versions digested «no body» as `false` where the column says 0.
    """
    if line.digest == sha256(content).hexdigest():
        return True
    first = content.replace(b'"company_ref":0,', b'"company_ref":false,', 1)
    return line.company_ref == 0 and line.digest == sha256(first).hexdigest()


def line_hash(line: Line) -> str:
    """The hash of all of a line: id, digest and content, a text line each."""
    return _hash(line.id, line.digest, canonical(line).encode())


def seal_hash(seal: Seal) -> str:
    """The hash of a seal: its five values, a text line each."""
    number, line_ref, hashed, sealed_at, previous = seal
    return _digest(f"{number}\n{line_ref}\n{hashed}\n{sealed_at}\n{previous}")


def chain(lines: Iterable[Line], head: Head, sealed_at: str) -> Iterator[Seal]:
    """Seal `lines` in their order onto `head`."""
    number, previous = head
    for line in lines:
        number += 1
        seal = Seal(number, line.id, line_hash(line), sealed_at, previous)
        previous = seal_hash(seal)
        yield seal


def read_heads(text: str) -> dict[int, str]:
    """{number: hash} of all heads in a text: a letter, a file, a note; «number hash».

    Of two that contradict each other both cannot hold: the first is kept, the check names it.
    """
    found: dict[int, str] = {}
    for number, digest in _HEAD.findall(text.lower()):
        found.setdefault(int(number), digest)
    return found


def _wrong_with(line: Line | None, hashed: str) -> str:
    if line is None:
        return MISSING_LINE
    content = canonical(line).encode()
    if _hash(line.id, line.digest, content) != hashed:
        return CHANGED_LINE
    return "" if _is_ours(line, content) else FOREIGN_LINE


@dataclass
class Check:
    """A walk along the chain, from `head` on, against heads written down elsewhere.

    Holds no more than the last seal: the chain may be of any length, the walk in parts.
    """

    heads: dict[int, str] = field(default_factory=dict)
    head: Head = field(default_factory=Head)

    def seal(self, seal: Seal, line: Line | None) -> list[Fault]:
        """Look at the next seal and its line (None: gone); return what is wrong.

        After a fault the walk goes on from what is there, so one change is one fault or two.
        """
        faults = []
        number, previous = self.head
        if seal.number > number + 1:
            faults.append(Fault(MISSING_SEAL, number + 1, until=seal.number - 1))
        elif seal.number <= number or seal.previous_hash != previous:
            faults.append(Fault(BROKEN_LINK, seal.number, seal.line_ref))
        if code := _wrong_with(line, seal.line_hash):
            faults.append(Fault(code, seal.number, seal.line_ref))
        self.head = head = Head(seal.number, seal_hash(seal))
        if seal.number in self.heads and self.heads[seal.number] != head.hash:
            faults.append(Fault(OTHER_CHAIN, seal.number))
        return faults

    def end(self) -> Iterator[Fault]:
        """Look at the heads beyond the end of the chain."""
        for number in sorted(self.heads):
            if number > self.head.number:
                yield Fault(SHORT_CHAIN, number)
