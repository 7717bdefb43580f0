"""Ways to the files of recordings. A new one is a class like `Folder`, named in SOURCES."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from ..domain import recording


class Unreachable(Exception):  # noqa: N818  # as in "the folder is unreachable"
    """No file can be had at all now: the exchange's folder is away."""


class Source(Protocol):
    """Where the exchange's files are."""

    def check(self) -> None:
        """Raise Unreachable where nothing can be had."""

    def content(self, file: str) -> bytes | None:
        """Return the content of a file; None where there is none."""

    def files(self, since: date) -> Iterator[tuple[str, int]]:
        """Yield (name, size) of the files of the days since then."""

    def remove(self, file: str) -> None:
        """Take the file away: it is kept in the hotline by now."""


class Folder:
    """A folder of the exchange as this machine sees it: its own, NFS, SMB, a synchronised one."""

    def __init__(self, path: str) -> None:
        """Take the path of «monitor»."""
        self._root = Path(path)

    def check(self) -> None:
        """Raise Unreachable where the folder is not there: an unmounted share, a wrong path."""
        try:
            with os.scandir(self._root):
                pass
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error

    def content(self, file: str) -> bytes | None:
        """Return the content, no link followed; None where there is no such file."""
        path = self._path(file)
        if path is None:
            return None
        try:
            opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return None
        with os.fdopen(opened, "rb") as stream:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                return None
            return stream.read()

    def files(self, since: date) -> Iterator[tuple[str, int]]:
        """Yield what lies in the folders of the days."""
        for path in sorted(self._root.glob("[0-9]*/[0-9]*/[0-9]*")):
            name = f"{path.relative_to(self._root)}/"
            day = recording.day(name)
            if day is None or day < since or not path.is_dir():
                continue
            for found in sorted(path.iterdir()):
                if recording.is_name(name + found.name) and found.is_file():
                    yield name + found.name, found.stat().st_size

    def remove(self, file: str) -> None:
        """Delete it; what may not be deleted stays."""
        path = self._path(file)
        if path is not None:
            path.unlink(missing_ok=True)

    def _path(self, file: str) -> Path | None:
        """Return where a file lies; None for a name that leads out of the folder."""
        if not recording.is_name(file):
            return None
        root, path = self._root.resolve(), self._root / file
        return path if path.parent.resolve().is_relative_to(root) else None


SOURCES: Final = {"folder": Folder}
