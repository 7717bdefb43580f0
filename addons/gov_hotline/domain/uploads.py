"""Which files are taken: types by ending and sizes, both settings of the body."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from .problems import Problem

MEGABYTE: Final = 1024 * 1024
USUAL_TYPES: Final = "pdf jpg jpeg png tif tiff doc docx odt rtf txt xls xlsx ods mp3 mp4 sig"


@dataclass(frozen=True)
class File:
    """A file as it is offered: its name and its size in bytes."""

    name: str
    size: int


def types(text: str) -> frozenset[str]:
    """Read a list of endings: «pdf, .JPG docx» gives {pdf, jpg, docx}."""
    return frozenset(part.strip(".").lower() for part in text.replace(",", " ").split())


def refused(
    files: Iterable[File], allowed: Collection[str], megabytes: int, count: int
) -> Iterator[Problem]:
    """Yield a problem for every file that is not taken, and one for too many of them."""
    offered = list(files)
    if len(offered) > count:
        yield Problem("too_many_files", way_out="fewer_files", params={"limit": str(count)})
    for file in offered:
        params = {"name": file.name, "types": ", ".join(sorted(allowed)), "limit": str(megabytes)}
        if PurePath(file.name).suffix.strip(".").lower() not in allowed:
            yield Problem("file_type", way_out="other_file_type", params=params)
        elif file.size > megabytes * MEGABYTE:
            yield Problem("file_size", way_out="smaller_file", params=params)
