"""Files that the PBX goes on writing, read from where the last reading ended.

A file is known by its inode: one that was renamed by the rotation of logs is read to its end before
the new one. The last line, if only half of it is written, is left for the next time.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILES: Final = {  # the queue's log first: it names the starts of the PBX, what they end is older
    "queue": "queue_log",
    "cdr": "cdr-csv/Master.csv",
    "cel": "cel-custom/hotline.csv",
}
LONGEST: Final = 65536  # bytes of a line
PACKED: Final = (".gz", ".xz", ".bz2", ".zst")


@dataclass(frozen=True, slots=True)
class Place:
    """Until where a file was read; inode 0 when it never was."""

    inode: int = 0
    offset: int = 0
    head: int = 0  # of the first line: a new file may get the inode of one that was deleted


@dataclass(frozen=True, slots=True)
class Reading:
    """New lines, and until where they were read."""

    lines: list[str]
    place: Place
    lost: bool = False  # what was not read yet is gone: packed, cut short or deleted


def read(path: Path, place: Place) -> Reading:
    """Return what was written since; OSError where the file may not be read."""
    if not path.exists() and not place.inode:
        return Reading([], place)
    before, lost = _older(path, place)
    lines = [line for old, offset in before for line in _whole(old, offset)[0]]
    if not path.exists():
        end = _whole(*before[-1])[1] if before else place.offset
        inode, head = _identity(before[-1][0]) if before else (0, 0)
        return Reading(lines, Place(inode, end, head), lost)
    inode, head = _identity(path)
    same = _is_same(path, place) and path.stat().st_size >= place.offset
    lost = lost or (inode == place.inode and not same)
    fresh, end = _whole(path, place.offset if same else 0)
    return Reading([*lines, *fresh], Place(inode, end, head), lost)


def _identity(path: Path) -> tuple[int, int]:
    with path.open("rb") as stream:
        first = stream.readline(LONGEST)
    return path.stat().st_ino, zlib.crc32(first) if first.endswith(b"\n") else 0


def _is_same(path: Path, place: Place) -> bool:
    inode, head = _identity(path)
    return inode == place.inode and place.head in (0, head)


def _older(path: Path, place: Place) -> tuple[list[tuple[Path, int]], bool]:
    """Return ([(rotated file, from where)], whether the one we were in is gone)."""
    if not place.inode or (path.exists() and path.stat().st_ino == place.inode):
        return [], False
    found = sorted(_rotated(path), key=lambda one: one.stat().st_mtime_ns)
    inodes = [one.stat().st_ino for one in found]
    if place.inode not in inodes:
        return [], True
    ours = inodes.index(place.inode)
    return [(found[ours], place.offset), *((one, 0) for one in found[ours + 1 :])], False


def _rotated(path: Path) -> Iterator[Path]:
    for one in path.parent.glob(f"{path.name}?*"):
        if one.is_file() and one.suffix not in PACKED:
            yield one


def _whole(path: Path, offset: int) -> tuple[list[str], int]:
    """Return (whole lines from here, where they end)."""
    with path.open("rb") as stream:
        stream.seek(offset)
        data = stream.read()
    end = data.rfind(b"\n") + 1
    lines = data[:end].decode("utf-8", errors="replace").split("\n")
    return [line for line in lines if line], offset + end


def readable(folder: str) -> bool:
    """Say whether this is a folder the connector may look into."""
    return Path(folder).is_dir() and os.access(folder, os.R_OK | os.X_OK)
