"""Rows into a table by COPY, in a stream: the memory does not grow with the file."""

import io
import json
import re

BLOCK = 2000  # rows in one COPY
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_has_special = re.compile(r"[\\\t\n\r]").search


def copy_in(cr, table, columns, rows):
    """Copy `rows` (tuples of None, bool, int, str, or list and dict as JSON); return how many.

    `table` and `columns` are names of ours, never a caller's.
    """
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    count, block = 0, io.StringIO()
    for row in rows:
        block.write("\t".join([_cell(value) for value in row]) + "\n")
        count += 1
        if count % BLOCK == 0:
            _send(cr, statement, block)
            block = io.StringIO()
    _send(cr, statement, block)
    return count


def _send(cr, statement, block):
    if block.tell():
        block.seek(0)
        cr.copy_expert(statement, block)


def _cell(value):
    if value.__class__ is str:
        return value.translate(_ESCAPES) if _has_special(value) else value
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    text = str(value)
    return text.translate(_ESCAPES) if _has_special(text) else text
