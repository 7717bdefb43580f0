"""The ZIP parts of an export to ССТУ.РФ: the same files in the same order give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

PART_LIMIT: Final = 50_000_000  # bytes; a new part is begun before it is passed
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the hour of making would change the bytes
_UNIX: Final = 3
_ENTRY: Final = 200  # bytes that a name takes in the ZIP, beside its content


@dataclass(frozen=True, slots=True)
class Part:
    """One ZIP and the names of the files in it."""

    content: bytes
    names: tuple[str, ...]


def pack(files: Iterable[tuple[str, bytes]], limit: int = PART_LIMIT) -> Iterator[Part]:
    """Pack (name, bytes) into parts no longer than `limit` bytes, as they come.

    A file that is longer by itself stands in a part alone: nothing is left out in silence.
    """
    part = _Open()
    for name, content in files:
        if part.names and part.size + len(content) + _ENTRY > limit:
            yield part.close()
            part = _Open()
        part.add(name, content)
    if part.names:
        yield part.close()


class _Open:
    """A part that is being written."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._bytes = io.BytesIO()
        self._zip = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_DEFLATED)

    @property
    def size(self) -> int:
        """Bytes so far; the list at the end of the ZIP is counted too."""
        return self._bytes.tell() + _ENTRY * len(self.names)

    def add(self, name: str, content: bytes) -> None:
        """Write one file."""
        info = zipfile.ZipInfo(name, _STAMP)
        info.create_system, info.compress_type = _UNIX, zipfile.ZIP_DEFLATED
        self._zip.writestr(info, content)
        self.names.append(name)

    def close(self) -> Part:
        """End the ZIP."""
        self._zip.close()
        return Part(self._bytes.getvalue(), tuple(self.names))
