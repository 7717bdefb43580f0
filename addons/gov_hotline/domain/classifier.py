"""The all-Russian thematic classifier of appeals: its official file read, checked, compared.

The file is text with `;` between columns: `code;name;level;note`, or `detail_code;name` for the
common list of question details (the fifth block). Lines that begin with `#` are comments; the
date of the edition stands there («ред. на 31.10.2025»). The full code is the key: short question
numbers repeat under several themes. A code is never deleted, only put out of use.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

SECTION, SUBJECT, THEME, QUESTION, DETAIL = range(1, 6)
COLUMNS: Final = ("code", "name", "level")
DETAIL_COLUMNS: Final = ("detail_code", "name")

_CODE: Final = re.compile(r"\d{4}(?:\.\d{4}){3,4}")
_DETAIL_CODE: Final = re.compile(r"\d{4}")
_EDITION: Final = re.compile(r"ред\S*\s+(?:на|от)\s+(\d{2})\.(\d{2})\.(\d{4})", re.IGNORECASE)
_NO_QUESTION: Final = "0000.0000.0000.0000"
_UNUSED: Final = "0000"


@dataclass(frozen=True)
class Topic:
    """One line of the classifier; `parent` is the full code one level up, or empty."""

    code: str
    name: str
    level: int
    parent: str = ""
    note: str = ""


@dataclass(frozen=True)
class BadRow:
    """A line that cannot be loaded: its number in the file, a key of the reason, what stood there.

    Reasons: not_text, no_header, quotes, columns, bad_code, bad_level, level_mismatch, no_name,
    repeated, no_parent, empty.
    """

    line: int
    reason: str
    value: str = ""


@dataclass(frozen=True)
class Classifier:
    """What a file holds. Load it only when `problems` is empty: all or nothing."""

    topics: tuple[Topic, ...] = ()
    problems: tuple[BadRow, ...] = ()
    edition: date | None = None
    is_details: bool = False


@dataclass(frozen=True)
class Known:
    """A topic as it is stored. `is_official`: it came with an edition, not from the body itself."""

    name: str
    note: str = ""
    active: bool = True
    is_official: bool = True


@dataclass(frozen=True)
class Changes:
    """What a load would do. `new` is ordered parents first; the rest are codes in file order."""

    new: tuple[Topic, ...]
    changed: tuple[Topic, ...]
    restored: tuple[str, ...]
    archived: tuple[str, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        """Whether the load would change nothing."""
        return not (self.new or self.changed or self.restored or self.archived)


def decode(raw: bytes) -> str | None:
    """The text of a file in UTF-8 (with or without a mark) or Windows-1251; None if it is no text.

    Spreadsheets (XLSX, XLS) and UTF-16 are told by their zero bytes.
    """
    if b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def parse(raw: bytes) -> Classifier:
    """Read and check a whole file; every bad line is named, not only the first one."""
    text = decode(raw)
    if text is None:
        return Classifier(problems=(BadRow(1, "not_text"),))
    rows = list(_rows(text))
    first, cells = rows[0] if rows else (1, None)
    header = tuple(cell.casefold() for cell in cells or ())
    is_details = header[:2] == DETAIL_COLUMNS
    if not is_details and header[:3] != COLUMNS:
        return Classifier(problems=(BadRow(first, "no_header", ";".join(header)),))
    topics, problems = _checked(rows[1:], is_details)
    if not topics and not problems:
        problems = (BadRow(first, "empty"),)
    return Classifier(topics, problems, _edition(text), is_details)


def compare(wanted: Classifier, known: Mapping[str, Known]) -> Changes:
    """What loading `wanted` over the stored topics `known` (by full code) changes.

    Codes that the file no longer has are archived; the body's own topics stay, and so do the
    details when the file holds questions, and the other way round.
    """
    codes = {topic.code for topic in wanted.topics}
    old = [topic for topic in wanted.topics if topic.code in known]
    gone = (
        code
        for code, topic in known.items()
        if topic.active and topic.is_official and code not in codes
    )
    return Changes(
        new=tuple(
            sorted((t for t in wanted.topics if t.code not in known), key=lambda topic: topic.level)
        ),
        changed=tuple(topic for topic in old if _differs(topic, known[topic.code])),
        restored=tuple(topic.code for topic in old if not known[topic.code].active),
        archived=tuple(code for code in gone if is_detail(code) == wanted.is_details),
        same=sum(
            known[topic.code].active and not _differs(topic, known[topic.code]) for topic in old
        ),
    )


def is_detail(code: str) -> bool:
    """Whether a full code is one of the common list of details, which belong to no question."""
    return code.startswith(f"{_NO_QUESTION}.")


def level_of(code: str) -> int:
    """Level of a full code: how many of its blocks are in use."""
    if is_detail(code):
        return DETAIL
    blocks = code.split(".")
    return next((n for n, block in enumerate(blocks) if block == _UNUSED), len(blocks))


def parent_of(code: str) -> str:
    """Full code one level up; empty for a section and for a common detail."""
    level = level_of(code)
    if level <= SECTION or is_detail(code):
        return ""
    blocks = code.split(".")[:4]
    return ".".join(block if n < level - 1 else _UNUSED for n, block in enumerate(blocks))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _rows(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """(line number, cells) of every line that is neither empty nor a comment.

    Each line is read by itself, so that one open quotation mark does not swallow the rest; such a
    line has None for cells.
    """
    for number, line in enumerate(_lines(text), start=1):
        if line.startswith("#"):
            continue
        cells = _cells(line)
        if cells is None or any(cells):
            yield number, cells


def _cells(line: str) -> list[str] | None:
    try:
        row = next(csv.reader([line], delimiter=";", strict=True), [])
    except csv.Error:
        return None
    return [" ".join(cell.split()) for cell in row]


def _edition(text: str) -> date | None:
    for line in _lines(text):
        found = _EDITION.search(line) if line.startswith("#") else None
        if found:
            day, month, year = map(int, found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def _checked(
    rows: list[tuple[int, list[str] | None]], is_details: bool
) -> tuple[tuple[Topic, ...], tuple[BadRow, ...]]:
    read = _detail if is_details else _topic
    found: dict[str, tuple[int, Topic]] = {}
    problems = []
    for line, cells in rows:
        result = BadRow(line, "quotes") if cells is None else read(line, cells)
        if isinstance(result, Topic) and result.code in found:
            result = BadRow(line, "repeated", f"{result.code} ({found[result.code][0]})")
        if isinstance(result, BadRow):
            problems.append(result)
        else:
            found[result.code] = (line, result)
    problems.extend(_orphans(found))
    problems.sort(key=lambda row: row.line)
    return tuple(topic for _, topic in found.values()), tuple(problems)


def _orphans(found: Mapping[str, tuple[int, Topic]]) -> Iterator[BadRow]:
    for line, topic in found.values():
        if topic.parent and topic.parent not in found:
            yield BadRow(line, "no_parent", topic.parent)


def _topic(line: int, cells: list[str]) -> Topic | BadRow:
    if len(cells) < len(COLUMNS) or len(cells) > len(COLUMNS) + 1:
        return BadRow(line, "columns", str(len(cells)))
    code, name, level, note = (*cells, "")[:4]
    if not _CODE.fullmatch(code) or not _is_regular(code):
        return BadRow(line, "bad_code", code)
    if not level.isdecimal() or not SECTION <= int(level) <= DETAIL:
        return BadRow(line, "bad_level", level)
    if int(level) != level_of(code):
        return BadRow(line, "level_mismatch", f"{code} / {level}")
    if not name:
        return BadRow(line, "no_name", code)
    return Topic(code, name, int(level), parent_of(code), note)


def _detail(line: int, cells: list[str]) -> Topic | BadRow:
    if len(cells) != len(DETAIL_COLUMNS):
        return BadRow(line, "columns", str(len(cells)))
    code, name = cells
    if not _DETAIL_CODE.fullmatch(code) or code == _UNUSED:
        return BadRow(line, "bad_code", code)
    if not name:
        return BadRow(line, "no_name", code)
    return Topic(f"{_NO_QUESTION}.{code}", name, DETAIL)


def _is_regular(code: str) -> bool:
    """No block in use after an unused one («0001.0000.0002.0000» is a slip), nor an idle fifth."""
    used = [block != _UNUSED for block in code.split(".")]
    return used[0] and used == sorted(used, reverse=True) and (len(used) < DETAIL or used[-1])


def _differs(topic: Topic, stored: Known) -> bool:
    return (topic.name, topic.note) != (stored.name, stored.note)
