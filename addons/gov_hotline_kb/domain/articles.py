"""An article of the knowledge base: its parts, the text shown to readers and its fingerprint.

A part is plain text as people write it: a line is a paragraph, lines that begin with a dash or with
a number are a list. Nothing of it is markup, so nothing in it can run in a reader's browser.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from html import escape
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Final

# In the order a citizen asks; the headings are part of the published text, so in its language.
PARTS: Final = {
    "who": "Кому положено",
    "what": "Что положено",
    "how": "Как получить",
    "where": "Куда обратиться",
    "term": "Сроки",
    "documents": "Документы",
    "form": "Бланк и заявление",
}
SOURCES: Final = "Основание"
LONGEST: Final = 2_000_000  # characters of one text: a book, not an article
UNCHECKED: Final = "По источнику не проверено"
COMPARED_BY_WORDS: Final = 40_000  # characters: a longer text is compared by lines
ADDED, REMOVED, REPLACED = "added", "removed", "replaced"
_KILOBYTE: Final = 1024
_PIECES: Final = re.compile(r"\n|[^\S\n]+|[^\s]+")
_LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | {"p", "div", "blockquote", "pre", "table", "section"}
_BREAKS: Final = frozenset({"br", "hr", "li", "tr"})
_CELLS: Final = frozenset({"td", "th"})
_LISTS: Final = {"ol": 0, "ul": -1}
_SILENT: Final = frozenset({"script", "style"})
_SPACES: Final = re.compile(r"\s+")
_BULLET: Final = re.compile(r"[-–—•]\s+")
_NUMBERED: Final = re.compile(r"\d{1,2}[.)]\s+")


def html(parts: Mapping[str, str], body: str = "", sources: str = "", checked: str = "") -> str:
    """Return the article as HTML: filled parts under their headings, the free text, the sources.

    `body` is HTML that is sanitised already; all the rest is plain text and is escaped.
    """
    pieces = [
        f"<h3>{escape(heading)}</h3>{_paragraphs(parts[name])}"
        for name, heading in PARTS.items()
        if (parts.get(name) or "").strip()
    ]
    pieces.append(body or "")
    if sources.strip():
        pieces.append(f"<h3>{SOURCES}</h3>{_paragraphs(sources)}")
    if checked or sources.strip():
        told = f"Сведения на {escape(checked)}" if checked else UNCHECKED
        pieces.append(f"<p><em>{told}.</em></p>")
    return "".join(pieces)


def plain(markup: str) -> str:
    """Return the words of an article as they stand in a letter and beside a talk.

    Paragraphs are parted by an empty line, items keep their number or dash, nothing is a sign.
    """
    reader = _Plain()
    reader.feed(markup or "")
    reader.close()
    return reader.text()


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._words = self._mark = ""
        self._lists: list[int] = []  # the last number of each list that is open; -1: dashes
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LISTS:
            self._gap()
            first = dict(attrs).get("start") or "1"
            self._lists.append(int(first) - 1 if tag == "ol" and first.isdigit() else _LISTS[tag])
        elif tag == "li":
            self._item()
        elif tag in _BLOCKS:
            self._gap()
        elif tag in _BREAKS:
            self._line()
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading()
        elif tag in _CELLS:
            self._words = f"{self._words.rstrip()} | "
        elif tag in _LISTS:
            self._line()
            self._lists[-1:] = []
            self._gap()
        elif tag in _BLOCKS:
            self._gap()
        elif tag in _BREAKS:
            self._line()
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words += _SPACES.sub(" ", data)

    def text(self) -> str:
        self._line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip()

    def _item(self) -> None:
        self._line()
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._mark = f"{self._lists[-1]}. "
        else:
            self._mark = "– "

    def _heading(self) -> None:
        if self._words.strip():
            self._words = self._words.strip().rstrip(":") + ":"
        self._line()

    def _line(self) -> None:
        """End the line that is being read."""
        words = self._words.replace("\xa0", " ").strip().removesuffix("|").strip()
        if words:
            self._lines.append("  " * (len(self._lists) - 1) + self._mark + words)
            self._mark = ""
        self._words = ""

    def _gap(self) -> None:
        """End the line; what follows is another paragraph, save in a list and under a heading."""
        self._line()
        if self._lines and not self._lists and not self._lines[-1].endswith(":"):
            self._lines.append("")


def _paragraphs(text: str) -> str:
    pieces, kind = [], ""
    for line in filter(None, (one.strip() for one in text.splitlines())):
        mark, now = _line_kind(line)
        if now != kind:
            pieces += [_closing(kind), _opening(now)]
            kind = now
        words = escape(line[len(mark) :])
        pieces.append(f"<li>{words}</li>" if now else f"<p>{words}</p>")
    return "".join([*pieces, _closing(kind)])


def _line_kind(line: str) -> tuple[str, str]:
    """Return (the mark the line begins with, the list it belongs to; "" for a paragraph)."""
    for expression, kind in ((_BULLET, "ul"), (_NUMBERED, "ol")):
        found = expression.match(line)
        if found:
            return found.group(), kind
    return "", ""


def _opening(kind: str) -> str:
    return f"<{kind}>" if kind else ""


def _closing(kind: str) -> str:
    return f"</{kind}>" if kind else ""


def digest(values: Mapping[str, object]) -> str:
    """Return the fingerprint of what readers will see: equal for equal texts."""
    known = {name: _plain(value) for name, value in values.items()}
    text = json.dumps(known, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())


def difference(before: str, now: str) -> str:
    """Return as HTML what became of a text: what went is struck out, what came is marked."""
    pieces = _PIECES if len(before) + len(now) <= COMPARED_BY_WORDS else _LINES
    old, new = pieces.findall(before), pieces.findall(now)
    told = []
    for what, one, two, three, four in SequenceMatcher(None, old, new, False).get_opcodes():
        gone, came = escape("".join(old[one:two])), escape("".join(new[three:four]))
        if what == "equal":
            told.append(came)
            continue
        told += [f"<del>{gone}</del>" if gone else "", f"<ins>{came}</ins>" if came else ""]
    return "".join(told).replace("\n", "<br/>")


def is_in_force(today: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Whether an article holds on `today`; an open end has no date."""
    return (not valid_from or valid_from <= today) and (not valid_to or today <= valid_to)


def too_long(texts: Iterable[str | None]) -> bool:
    """Whether one of the texts is longer than any article."""
    return any(len(text or "") > LONGEST for text in texts)


@dataclass(frozen=True)
class File:
    """A file of an article: its title for readers, its name, the digest of its bytes."""

    title: str
    name: str
    digest: str


def files_digest(files: Iterable[File]) -> str:
    """Return what files add to the fingerprint of an article."""
    return json.dumps([[one.title, one.name, one.digest] for one in files], ensure_ascii=False)


def files_difference(before: Iterable[File], now: Iterable[File]) -> tuple[tuple[str, str], ...]:
    """Return (what became of it, title) of each file that is not as it was."""
    old, new = dict.fromkeys(before), dict.fromkeys(now)
    gone = [one.title for one in old if one not in new]
    came = [one.title for one in new if one not in old]
    told = [(REPLACED if title in gone else ADDED, title) for title in came]
    return (*told, *((REMOVED, title) for title in gone if title not in came))


def file_kind(name: str, size: int) -> str:
    """Return what a reader is told of a file: «PDF, 120 КБ»."""
    ending = PurePath(name).suffix.strip(".").upper()
    kilobytes = max(1, round(size / _KILOBYTE))
    told = f"{kilobytes} КБ"
    if kilobytes >= _KILOBYTE:
        told = f"{kilobytes / _KILOBYTE:.1f} МБ".replace(".", ",")
    return ", ".join(filter(None, (ending, told)))
