"""Header fields: encoded words, raw 8-bit, addresses, dates, names of files."""

from __future__ import annotations

import binascii
import quopri
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from . import charsets

_WORD: Final = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)\s+(=\?)")
_ADDRESS: Final = re.compile(r"[^\s<>\"'(),;:@]+@[^\s<>\"'(),;:@]+")
_ID: Final = re.compile(r"<[^<>\s]{1,500}>")
_LONGEST_NAME: Final = 150


def raw_text(value: str) -> str:
    """Return a field as text: raw 8-bit bytes are read in the charset they look like."""
    return charsets.decode(value.encode("utf-8", "surrogateescape"))[0]


def decode_words(value: str) -> str:
    """Return a field with its encoded words (RFC 2047) read; what cannot be read stands as is.

    Words that follow one another in one charset are one text: senders cut letters in halves.
    """
    parts: list[str] = []
    run: list[bytes] = []
    charset, end = "", 0
    joined = _BETWEEN.sub(r"\1\2", value)
    for word in _WORD.finditer(joined):
        gap = joined[end : word.start()]
        if run and (gap or word[1].lower() != charset):
            parts.append(charsets.decode(b"".join(run), charset)[0])
            run = []
        parts.append(gap)
        charset, end = word[1].lower(), word.end()
        run.append(_word_bytes(word[2], word[3]))
    parts.append(charsets.decode(b"".join(run), charset)[0])
    return one_line("".join([*parts, joined[end:]]))


def _word_bytes(way: str, text: str) -> bytes:
    plain = text.encode("utf-8", "replace")
    if way in "qQ":
        return quopri.decodestring(plain, header=True)
    return base64_bytes(plain)[0]


def base64_bytes(text: bytes) -> tuple[bytes, bool]:
    """Return what base64 says and whether it was whole; of a broken text, what can be read."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", text)
    whole = len(clean) - (1 if len(clean) % 4 == 1 else 0)
    padded = clean[:whole] + b"=" * (-whole % 4)
    strange = re.search(rb"[^A-Za-z0-9+/=\s]", text)
    broken = bool(strange) or (len(clean) + text[-8:].count(b"=")) % 4 != 0
    return binascii.a2b_base64(padded), not broken


def one_line(text: str) -> str:
    """Return the text in one line."""
    return " ".join(charsets.printable(text).split())


def addresses(value: str) -> list[tuple[str, str]]:
    """Return (name, address) of every address of a field, addresses in small letters."""
    text = raw_text(value)
    try:
        found = getaddresses([text.replace("\n", " ")])
    except (ValueError, IndexError, TypeError):
        found = []
    good = [(decode_words(name), _ADDRESS.fullmatch(addr)) for name, addr in found]
    pairs = [(name, match[0].lower()) for name, match in good if match]
    if pairs:
        return pairs
    plain = decode_words(text)
    name = one_line(re.sub(r"<[^>]*>?", "", plain))
    return [(name if "@" not in name else "", addr.lower()) for addr in _ADDRESS.findall(plain)]


def date(value: str) -> datetime | None:
    """Return a Date field in UTC, naive; None where it says no date, or one no letter has."""
    try:
        moment = parsedate_to_datetime(raw_text(value))
        if moment.tzinfo is None:  # «-0000»: UTC, of no known zone
            moment = moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if 1990 <= moment.year <= 2100 else None


def message_ids(value: str) -> tuple[str, ...]:
    """Return the Message-IDs of a field with their angle brackets, at most the last hundred."""
    return tuple(_ID.findall(raw_text(value)))[-100:]


def file_name(disposition: str, content_type: str) -> str:
    """Return the name of an enclosure, "" where it has none.

    By RFC 2231 (also in pieces), in encoded words, or raw 8-bit; without folders and controls.
    """
    part = Message()
    part["Content-Disposition"] = raw_text(disposition).replace("\n", " ")
    part["Content-Type"] = raw_text(content_type).replace("\n", " ")
    try:
        found = part.get_param("filename", header="content-disposition") or part.get_param("name")
    except (ValueError, TypeError, IndexError):
        found = None
    if isinstance(found, tuple):
        content = (found[2] or "").encode("latin-1", "replace")
        found = charsets.decode(content, found[0] or "")[0]
    return clean_name(decode_words(found)) if isinstance(found, str) else ""


def clean_name(name: str) -> str:
    """Return a name that is a name: no folders, no controls, its ending kept when it is long."""
    last = re.split(r"[\\/]", one_line(name).replace("\0", ""))[-1].strip(" .")
    if len(last) <= _LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > 10:
        return last[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
