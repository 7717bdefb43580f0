"""The PBX's CEL in a table of PostgreSQL (cel_pgsql), read from where the last reading ended.

The columns are Asterisk's own names; `id`, which Asterisk does not know, counts the rows. What is
returned are the lines that the file would have: one parser for both ways.
"""

from __future__ import annotations

import csv
import io
from contextlib import closing
from typing import Any, Final

import psycopg2

from .ledger_files import Place, Reading

TABLE: Final = "cel"
COLUMNS: Final = (  # in the order of the file, see asterisk/cel_custom.conf
    *("eventtype", "eventtime", "uniqueid", "linkedid", "channame", "cid_num", "cid_name"),
    *("exten", "context", "appname", "appdata", "extra"),
)
WAIT: Final = 5  # seconds until a database that does not answer is given up
_STATE: Final = "SELECT to_regclass(%s)::oid::int8"
_ROWS: Final = f"SELECT id, {', '.join(COLUMNS)} FROM {TABLE} WHERE id > %s ORDER BY id"  # noqa: S608


def read(database: str, place: Place) -> Reading:
    """Return what was written since; psycopg2.Error where the database may not be read.

    `database`: words of libpq, as service=asterisk. A table that was made anew is read from its
    beginning; rows that were deleted unread are said to be lost.
    """
    with closing(psycopg2.connect(database, connect_timeout=WAIT)) as connection:
        connection.set_session(readonly=True, autocommit=True)
        with connection.cursor() as cr:
            return _read(cr, place)


def _read(cr: Any, place: Place) -> Reading:
    cr.execute(_STATE, [TABLE])
    [[table]] = cr.fetchall()
    same = table == place.inode
    if table is None:
        return Reading([], place, lost=bool(place.inode))
    offset = place.offset if same else 0
    cr.execute(_ROWS, [offset])
    rows = cr.fetchall()
    lost = bool(place.inode) and not same
    end = rows[-1][0] if rows else offset
    return Reading([_line(row[1:]) for row in rows], Place(table, end, 0), lost)


def _line(row: tuple[Any, ...]) -> str:
    """The line of the file: its quotes, its order."""
    out = io.StringIO()
    words = ["" if one is None else str(one).replace("\n", " ") for one in row]
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(words)
    return out.getvalue()
