"""HTML of a letter into plain text: nothing is fetched, nothing is run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_HIDDEN: Final = frozenset({"script", "style", "title", "template", "noscript", "object"})
_BREAKS_WORDS: Final = "p div tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre hr"
_BREAKS: Final = frozenset(_BREAKS_WORDS.split())
_LONGEST: Final = 2_000_000


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BREAKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            self._link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag == "a":
            self._end_link()

    def _end_link(self) -> None:
        """A link is told beside its words: words may claim another address."""
        seen = "".join(self.parts[-3:])
        if self._link.lower().startswith(("http://", "https://")) and self._link not in seen:
            self.parts.append(f" ({self._link})")
        self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def from_html(html: str) -> str:
    """Return the words of a page, a paragraph a line; markup that no parser takes is cut out."""
    reader = _Reader()
    try:
        reader.feed(html[:_LONGEST])
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        return tidy(re.sub(r"<[^<>]*>", " ", html[:_LONGEST]))
    return tidy("".join(reader.parts))


def tidy(text: str) -> str:
    """Return the text without blanks at ends of lines and without rows of empty lines."""
    lines = "\n".join(line.strip() for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
