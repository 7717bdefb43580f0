"""winmail.dat: the envelope in which Outlook sends files to those without Outlook (MS-OXTNEF).

Only the files and the plain text are taken out of it. Every step goes forward within the bytes
there are, so a forged envelope ends the reading and nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from . import charsets

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_FILE: Final = 2  # level of what belongs to a file; 1: to the letter
_CODEPAGE, _BODY = 0x9007, 0x800C
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME, _DISPLAY_NAME = 0x3707, 0x3001
_FIXED: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_STRING, _WIDE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_MANY, _NAMED = 0x1000, 0x8000


@dataclass
class Packed:
    """What an envelope holds: (name, bytes) of its files, its plain text, whether it was whole."""

    files: list[tuple[str, bytes]]
    text: str = ""
    whole: bool = True


def unpack(content: bytes) -> Packed:
    """Read an envelope; of a broken one, what comes before the break."""
    packed = Packed([])
    if not content.startswith(SIGNATURE):
        packed.whole = False
        return packed
    charset = "cp1251"
    try:
        for level, number, data in _attributes(content):
            if number == _CODEPAGE:
                charset = f"cp{struct.unpack_from('<I', data)[0]}"
            elif number == _BODY:
                packed.text = charsets.decode(data.rstrip(b"\0"), charset)[0]
            elif level == _FILE:
                _take(packed.files, number, data, charset)
    except struct.error:
        packed.whole = False
    packed.files = [pair for pair in packed.files if pair != ("", b"")]
    return packed


def _attributes(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    offset = 6
    while offset + 9 <= len(content):
        level, number, _kind, length = struct.unpack_from("<BHHI", content, offset)
        begin = offset + 9
        if begin + length > len(content):
            raise struct.error
        yield level, number, content[begin : begin + length]
        offset = begin + length + 2  # the check sum


def _take(files: list[tuple[str, bytes]], number: int, data: bytes, charset: str) -> None:
    if number == _BEGINS or not files:
        files.append(("", b""))
    name, content = files[-1]
    if number == _TITLE and not name:
        name = charsets.decode(data.rstrip(b"\0"), charset)[0]
    elif number == _DATA:
        content = data
    elif number == _PROPERTIES:
        name = _name_of(data, charset) or name
    files[-1] = (name, content)


def _name_of(data: bytes, charset: str) -> str:
    """Return the long name among a file's properties, "" where there is none to be read."""
    found: dict[int, str] = {}
    with suppress(struct.error):  # what comes before the break counts
        for number, kind, value in _properties(data):
            if kind == _WIDE:
                found[number] = value.decode("utf-16-le", "replace").rstrip("\0")
            elif kind == _STRING:
                found[number] = charsets.decode(value.rstrip(b"\0"), charset)[0]
    return found.get(_LONG_NAME) or found.get(_DISPLAY_NAME) or ""


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    (count,) = struct.unpack_from("<I", data)
    offset = 4
    for _ in range(count):  # ends with the bytes: each property takes some
        kind, number = struct.unpack_from("<HH", data, offset)
        offset = _after_name(data, offset + 4, number)
        many, kind = kind & _MANY, kind & ~_MANY
        values = 1
        if many or kind in (_STRING, _WIDE, _OBJECT, _BINARY):
            (values,) = struct.unpack_from("<I", data, offset)
            offset += 4
        for _value in range(values):
            size, offset, step = _size(data, offset, kind)
            yield number, kind, data[offset : offset + size]
            offset += step
            if offset > len(data):
                raise struct.error


def _after_name(data: bytes, offset: int, number: int) -> int:
    if number < _NAMED:
        return offset
    (kind,) = struct.unpack_from("<I", data, offset + 16)
    if kind == 0:
        return offset + 24
    (length,) = struct.unpack_from("<I", data, offset + 20)
    return offset + 24 + length + -length % 4


def _size(data: bytes, offset: int, kind: int) -> tuple[int, int, int]:
    """Return the size of a value, where it begins, and how far the next one is from there."""
    if kind in (_STRING, _WIDE, _OBJECT, _BINARY):
        (length,) = struct.unpack_from("<I", data, offset)
        return length, offset + 4, length + -length % 4
    if kind not in _FIXED:
        raise struct.error
    return _FIXED[kind], offset, _FIXED[kind]
