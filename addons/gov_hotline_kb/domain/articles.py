"""An article of the knowledge base: its parts, the text shown to readers and its fingerprint.

A part is plain text as people write it: a line is a paragraph, lines that begin with a dash or with
a number are a list. Nothing of it is markup, so nothing in it can run in a reader's browser.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
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
# Only our own headings: a star in the text is the writer's.
_HEADING: Final = re.compile(rf"\*({'|'.join(map(re.escape, (*PARTS.values(), SOURCES)))})\*\s*")
UNCHECKED: Final = "По источнику не проверено"
_SLANTED: Final = re.compile(rf"/((?:Сведения на|{UNCHECKED})[\s\d.]*)/")
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


def letter(text: str) -> str:
    """Return the plain text of an article without the signs that stand for headings and slant."""
    headed = _HEADING.sub(lambda found: f"\n{found[1]}:\n", text)
    return re.sub(r"\n{3,}", "\n\n", _SLANTED.sub(r"\1", headed)).strip()


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


def is_in_force(today: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Whether an article holds on `today`; an open end has no date."""
    return (not valid_from or valid_from <= today) and (not valid_to or today <= valid_to)


def too_long(texts: Iterable[str | None]) -> bool:
    """Whether one of the texts is longer than any article."""
    return any(len(text or "") > LONGEST for text in texts)
