"""Tables of registers as companies send them: CSV in any Russian encoding, XLSX; read in a stream.

Nobody writes down how a file was saved, so encoding, separator and heading are guessed from what
stands in it, and what was guessed is told (`Guess`), for a person to look at and put right.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

CSV, XLSX = "csv", "xlsx"
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r")
SEPARATORS: Final = (";", "\t", ",", "|")
LOOK: Final = 256 * 1024  # bytes by which a file is judged
TOP: Final = 30  # rows by which the separator and the heading are judged
SAMPLE: Final = 10  # rows shown to whoever loads
EXAMPLES: Final = 1000  # rows in which an example of each column is sought
LONGEST_CELL: Final = 10_000
UNPACKED: Final = 2 * 1024**3  # bytes; more is no register but a trap

_OLD: Final = ("cp1251", "cp866", "koi8-r")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How often a letter stands in a Russian text, per mille (the national corpus, rounded).
_LETTERS: Final = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_PER_MILLE: Final = (
    *(110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20),
    *(19, 17, 17, 17, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 1, 1),
)
_WEIGHTS: Final = dict(zip(_LETTERS, _PER_MILLE, strict=True))
_UNNAMED: Final = re.compile(r"Столбец \d+")
_RAGGED: Final = re.compile(r"[а-яё][А-ЯЁ]")  # small, then capital: another encoding's letters
_USUAL: Final = re.compile(r"[\t\r\n -~А-яЁё№«»–—’\xa0]")
LEGIBLE: Final = 0.8  # of the letters of a text without a mark of its encoding
_STRANGE: Final = re.compile(r"[\x80-\x9f\u0402-\u040f\u0452-\u045f\u2500-\u25ff¤¦¬±µ¶]")


class UnreadableFile(ValueError):  # noqa: N818 - the name says what it is
    """The file is not a table that can be read. `code`: empty, old_excel, broken, huge, text."""

    def __init__(self, code: str, line: int = 0) -> None:
        """`line`: where in the file, 0 where it is the whole of it."""
        super().__init__(code)
        self.code = code
        self.line = line


@dataclass(frozen=True)
class Guess:
    """How a file is read. `header` is the number of its heading's line from 1, 0 where none is.

    `columns`: names of the columns («Столбец 3» without a heading); `sample`: the first rows;
    `examples`: the first cell of each column that is not empty. `sheet` of a workbook is the one
    that is read, `other_sheets` are those that are not.
    """

    kind: str
    encoding: str = ""
    separator: str = ""
    header: int = 1
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    examples: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def guess(
    content: bytes,
    known: Callable[[str], bool] = bool,
    *,
    encoding: str = "",
    separator: str = "",
) -> Guess:
    """Look at a file and tell how it is to be read.

    `known` says whether a text is a usual name of a column; `encoding` and `separator` are a
    person's word against the guess. Raises UnreadableFile.
    """
    kind = _kind(content)
    if kind == CSV:
        encoding = encoding or guess_encoding(content)
        separator = separator or _separator(content, encoding)
    else:
        encoding = separator = ""
    # what does not decode is told, with its row, by whoever reads the whole
    read = _csv(content, encoding, separator, "replace") if kind == CSV else _xlsx(content)
    top = [cells for _line, cells in islice(read, TOP)]
    if not any(any(row) for row in top):
        raise UnreadableFile("empty")
    header = _header(top, known)
    names, body = (top[header - 1] if header else []), top[header:]
    width = max(_width(row) for row in (names, *body))
    sample = tuple(tuple(row) for row in body if any(row))[:SAMPLE]
    examples = _examples(chain(body, _further(read)), width)
    sheet, *others = _sheets(content) if kind == XLSX else ("",)
    return Guess(
        *(kind, encoding, separator, header, _columns(names, width), sample),
        *(examples, sheet, tuple(others)),
    )


def rows(content: bytes, how: Guess) -> Iterator[tuple[int, list[str]]]:
    """Yield (line of the file from 1, its cells as texts) below the heading; empty rows left out.

    Raises UnreadableFile where the text is of another encoding or the table is broken.
    """
    read = _csv(content, how.encoding, how.separator) if how.kind == CSV else _xlsx(content)
    for line, cells in read:
        if line > how.header and any(cells):
            yield line, cells


def guess_encoding(content: bytes) -> str:
    """Return the encoding of a text: by its mark, by being UTF-8, by the frequency of letters."""
    start = content[:LOOK]
    marked = next((name for mark, name in _BOMS if start.startswith(mark)), "")
    if marked:
        return marked
    if b"\0" in start:
        return _unmarked_utf_16(start)
    if _decodes(content, "utf-8") or _mostly_utf_8(start):
        return "utf-8"
    return max(_OLD, key=lambda name: _likeness(start.decode(name, "replace")))


def _unmarked_utf_16(start: bytes) -> str:
    """Return which of the two it is; what is no text then is a picture or a programme."""
    name = "utf-16-le" if start[1:200:2].count(0) >= start[:200:2].count(0) else "utf-16-be"
    text = start.decode(name, "replace")
    if len(_USUAL.findall(text)) < len(text) * LEGIBLE:
        raise UnreadableFile("broken")
    return name


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for place in range(0, len(view), LOOK):
            decoder.decode(view[place : place + LOOK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf_8(start: bytes) -> bool:
    """Whether a text is UTF-8 but for some rows that were pasted from elsewhere."""
    text = start.decode("utf-8", "replace")
    letters = sum(1 for letter in text.lower() if letter in _WEIGHTS)
    return letters > 20 * text.count("\ufffd")


def _likeness(text: str) -> float:
    """How much a text looks Russian; only to be compared with other readings of the same bytes."""
    letters = sum(_WEIGHTS.get(letter, 0) * n for letter, n in Counter(text.lower()).items())
    return letters - 300 * len(_RAGGED.findall(text)) - 200 * len(_STRANGE.findall(text))


def _kind(content: bytes) -> str:
    if not content.strip():
        raise UnreadableFile("empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("old_excel")
    if content.startswith((b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise UnreadableFile("broken")
    return XLSX if content.startswith(b"PK\x03\x04") else CSV


def _separator(content: bytes, encoding: str) -> str:
    """Return the separator that gives the most columns in the most rows."""
    text = content[:LOOK].decode(encoding, "replace")
    lines = text.splitlines()[:TOP]
    return max(SEPARATORS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
    usual = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width))
    return (widths.count(usual) * (usual - 1), usual)


def _header(top: list[list[str]], known: Callable[[str], bool]) -> int:
    """Return the line of the heading: the row with most usual names, else the first full one."""
    hits = [sum(1 for cell in row if cell and known(cell)) for row in top[:SAMPLE]]
    if max(hits) >= 2:
        return hits.index(max(hits)) + 1
    first = next(n for n, row in enumerate(top) if any(row))
    return 0 if any(_is_value(cell) for cell in top[first]) else first + 1


def _is_value(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,+()/-]+", cell))


def _width(row: list[str]) -> int:
    """How many cells a row has, those at its end that are empty not counted."""
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)


def _further(read: Iterator[tuple[int, list[str]]]) -> Iterator[list[str]]:
    """The next rows; a table that is broken there is told by whoever reads the whole."""
    with suppress(UnreadableFile):
        yield from (cells for _line, cells in islice(read, EXAMPLES))


def _examples(rows: Iterable[list[str]], width: int) -> tuple[str, ...]:
    """Return the first cell of each column that is not empty, "" where all of them are."""
    found = [""] * width
    for row in rows:
        found = [one or cell for one, cell in zip_longest(found, row[:width], fillvalue="")]
        if all(found):
            break
    return tuple(found)


def heading_width(names: Sequence[str], read: Sequence[str]) -> int:
    """How many cells a row of a text must have: up to the last column that is named or read.

    `names` of the columns as `guess` gave them, `read`: the field of each, "" for unread. A file
    without a heading is as wide as its columns.
    """
    pairs = list(enumerate(zip(names, read, strict=True), start=1))
    meant = [place for place, (name, field) in pairs if field or not _UNNAMED.fullmatch(name)]
    has_heading = any(not _UNNAMED.fullmatch(name) for name in names)
    return max(meant, default=0) if has_heading else len(names)


def _columns(names: Iterable[str], width: int) -> tuple[str, ...]:
    """Return one name for each column, no two alike."""
    found: list[str] = []
    padded = [*names, *[""] * width][:width]
    for place, name in enumerate(padded, start=1):
        own = name or f"Столбец {place}"
        found.append(own if own not in found else f"{own} ({place})")
    return tuple(found)


def _csv(
    content: bytes, encoding: str, separator: str, errors: str = "strict"
) -> Iterator[tuple[int, list[str]]]:
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, errors, newline="")
    reader = csv.reader(stream, delimiter=separator or ";")
    try:
        # the number of a row, as a spreadsheet shows it: a cell may hold several lines
        for row, cells in enumerate(reader, start=1):
            yield row, [_tidy(cell) for cell in cells]
    except UnicodeError as error:
        raise UnreadableFile("text", _broken_line(content, encoding)) from error
    except csv.Error as error:
        raise UnreadableFile("broken", reader.line_num + 1) from error


def _broken_line(content: bytes, encoding: str) -> int:
    """Return the line that is of another encoding; a text is decoded in blocks, so it is sought."""
    for number, line in enumerate(io.BytesIO(content), start=1):
        try:
            line.decode(encoding)
        except UnicodeError:
            return number
    return 0


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet that is seen; what a formula has given, not the formula."""
    with _workbook(content) as book:
        for sheet in _visible(book)[:1]:
            # Some programmes write a wrong size of the sheet
            sheet.reset_dimensions()
            for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield row, [_tidy(cell_text(cell)) for cell in cells]


def _sheets(content: bytes) -> list[str]:
    """Return the names of the sheets that are seen; the first is the one that is read."""
    with _workbook(content) as book:
        return [sheet.title for sheet in _visible(book)]


def _visible(book: Workbook) -> list[ReadOnlyWorksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


@contextmanager
def _workbook(content: bytes) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    _check_unpacked(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise UnreadableFile("broken") from error
    try:
        yield book
    finally:
        with suppress(OSError):
            book.close()


def _check_unpacked(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile("broken") from error
    if size > UNPACKED:
        raise UnreadableFile("huge")


def cell_text(value: object) -> str:
    """A cell of a spreadsheet as text: 4410093.0 is «4410093», a date is «2026-11-22»."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)


def _tidy(cell: str) -> str:
    return " ".join(cell[:LONGEST_CELL].replace("\0", "").split())


# Names of files that another programme is still writing.
_UNFINISHED: Final = (".part", ".tmp", ".filepart", ".crdownload", "~")
SETTLED: Final = 60  # seconds for which a finished file has not changed


def is_plain_name(name: str) -> bool:
    """Whether a name leads nowhere but to its own folder."""
    return bool(re.fullmatch(r"[^\W_][\w .-]{0,99}", name)) and ".." not in name


def is_finished(name: str, now: float, seen: tuple[int, float], before: object) -> bool:
    """Whether a file of a watched folder has been written to its end.

    `seen` is its (size in bytes, time of change as seconds since the epoch), `before` the same at
    the last look, None where it was not there. An empty file is not finished.
    """
    if name.startswith((".", "~")) or name.lower().endswith(_UNFINISHED):
        return False
    size, changed = seen
    return size > 0 and before == list(seen) and now - changed >= SETTLED
