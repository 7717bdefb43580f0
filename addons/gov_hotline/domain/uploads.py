"""Which files are taken: types by ending and sizes, both settings of the body; and by content.

An ending is what a sender writes; the first bytes are what the file is. Archives and programmes are
refused whatever they are called, unless the body's own list names that very ending.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from .problems import Problem

MEGABYTE: Final = 1024 * 1024
USUAL_TYPES: Final = "pdf jpg jpeg png tif tiff doc docx odt rtf txt xls xlsx ods mp3 mp4 sig"


# What the first bytes say.
IMAGE, PDF, DOCUMENT, AUDIO, VIDEO, TEXT = "image", "pdf", "document", "audio", "video", "text"
ARCHIVE, PROGRAMME, PAGE, UNKNOWN = "archive", "programme", "page", "unknown"
_HEADS: Final = (
    (b"%PDF-", PDF),
    *((head, IMAGE) for head in (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8", b"BM")),
    *((head, DOCUMENT) for head in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")),
    *((head, AUDIO) for head in (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"OggS")),
    *((head, ARCHIVE) for head in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")),
    *((head, ARCHIVE) for head in (b"MSCF", b"\x28\xb5\x2f\xfd", b"ISc(")),
    *((head, PROGRAMME) for head in (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")),
    *((head, PROGRAMME) for head in (b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")),
    *((head, PROGRAMME) for head in (b"L\0\0\0\x01\x14\x02\0", b"@echo", b"@ECHO")),
)
_PAGES: Final = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<iframe", b"<body")
# Endings under which a body may choose to take them after all.
_ARCHIVES: Final = frozenset({"zip", "rar", "7z", "gz"})
_PAGE_ENDINGS: Final = frozenset({"htm", "html", "xml", "svg"})
_LOOK: Final = 4096
_ENDING: Final = re.compile(r"[a-z0-9]{1,8}")


@dataclass(frozen=True)
class File:
    """A file as it is offered: its name, its size in bytes, and what it is (`content_kind`)."""

    name: str
    size: int
    kind: str = ""


def content_kind(content: bytes) -> str:
    """Tell from its bytes what a file is, whatever it is called."""
    if content.startswith(b"PK"):
        return _of_zip(content)
    if content[4:8] == b"ftyp":
        return VIDEO
    if content[:4] == b"RIFF":
        return {b"WEBP": IMAGE, b"WAVE": AUDIO}.get(content[8:12], VIDEO)
    if content[257:262] == b"ustar":
        return ARCHIVE
    for head, kind in _HEADS:
        if content.startswith(head):
            return kind
    return _of_text(content[:_LOOK])


def _of_zip(content: bytes) -> str:
    """Office documents are archives of a known shape; with macros or programmes they are not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return ARCHIVE
    office = "[Content_Types].xml" in names or names[:1] == ["mimetype"]
    macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for name in names)
    return DOCUMENT if office and not macros else ARCHIVE


def _of_text(start: bytes) -> str:
    begun = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begun.startswith(_PAGES):
        return PAGE
    return UNKNOWN if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")) else TEXT


def fits(ending: str, kind: str) -> bool:
    """Whether a file of this content may be called so.

    A photograph that a citizen's telephone calls .pdf is taken; what runs or unpacks is not.
    """
    if kind == ARCHIVE:
        return ending in _ARCHIVES
    if kind == PAGE:
        return ending in _PAGE_ENDINGS
    return kind != PROGRAMME


def types(text: str) -> frozenset[str]:
    """Read a list of endings: «pdf, .JPG docx» gives {pdf, jpg, docx}."""
    found = (part.strip(".").lower() for part in text.replace(",", " ").split())
    return frozenset(filter(None, found))


# What carries no document and may hide what runs: no setting takes it.
_NEVER_WORDS: Final = (
    "exe dll com scr msi bat cmd ps1 vbs vbe js jse wsf wsh hta cpl jar sh py php asp aspx jsp "
    "lnk reg iso img vhd apk app dmg deb rpm docm xlsm pptm"
)
NEVER: Final = frozenset(_NEVER_WORDS.split())


def setting_problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with a body's list of endings: empty, no endings, endings never taken."""
    listed = types(text)
    if not listed:
        return (Problem("file_types_empty", params={"usual": USUAL_TYPES}),)
    strange = sorted(part for part in listed if not _ENDING.fullmatch(part))
    if strange:
        return (Problem("file_types_strange", params={"types": ", ".join(strange)}),)
    never = sorted(listed & NEVER)
    return (Problem("file_types_never", params={"types": ", ".join(never)}),) if never else ()


def refused(
    files: Iterable[File], allowed: Collection[str], megabytes: int, count: int
) -> Iterator[Problem]:
    """Yield a problem for every file that is not taken, and one for too many of them."""
    offered = list(files)
    if len(offered) > count:
        yield Problem("too_many_files", way_out="fewer_files", params={"limit": str(count)})
    for file in offered:
        params = {"name": file.name, "types": ", ".join(sorted(allowed)), "limit": str(megabytes)}
        ending = PurePath(file.name).suffix.strip(".").lower()
        if ending not in allowed:
            yield Problem("file_type", way_out="other_file_type", params=params)
        elif not file.size:
            yield Problem("file_empty", way_out="other_file", params=params)
        elif file.kind and not fits(ending, file.kind):
            yield Problem("file_content", way_out="other_file", params=params)
        elif file.size > megabytes * MEGABYTE:
            yield Problem("file_size", way_out="smaller_file", params=params)
