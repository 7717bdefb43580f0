"""A book as cells: words for the paper, a workbook for the table."""

import io
from datetime import date

import xlsxwriter

from .sheets import OPTIONS, for_paper, sheet_name

WIDE = 8  # columns: a sheet with more lies on its side


def words(value, day_words):
    """Return a cell in words: a share in per cent, a day by `day_words`, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1%}".replace(".", ",").replace("%", " %")
    return day_words(value) if isinstance(value, date) else str(value)


def workbook(title, sections):
    """Return one sheet (bytes): `title`, then a table a section; texts are never formulas."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        sheet, looks = book.add_worksheet(sheet_name(title.partition(",")[0])), _looks(book)
        sheet.write_string(0, 0, title, looks["title"])
        _lay(sheet, sections)
        for column, width in enumerate(sections[0].widths if sections else ()):
            sheet.set_column(column, column, width)
        line = 2
        for section in sections:
            line = _table(sheet, line, section, looks, len(sections) > 1)
    return buffer.getvalue()


def _lay(sheet, sections):
    """A journal is one long table: its heading stays; a report is several short ones."""
    if len(sections) == 1:
        for_paper(sheet, 2, landscape=len(sections[0].headings) > WIDE)
        sheet.autofilter(2, 0, 2 + len(sections[0].rows), len(sections[0].headings) - 1)
    else:
        for_paper(sheet, 0)


def _looks(book):
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top", "border": 1}),
        "day": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "border": 1}),
    }


def _table(sheet, line, section, looks, titled):
    """Write `section` from `line` on; return the line of the next one."""
    if titled:
        sheet.write_string(line, 0, section.title, looks["title"])
        line += 1
    for column, heading in enumerate(section.headings):
        sheet.write_string(line, column, heading, looks["head"])
    for number, row in enumerate(section.rows, start=line + 1):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, looks)
    return line + len(section.rows) + 2


def _cell(sheet, line, column, value, looks):
    if isinstance(value, date):
        sheet.write_datetime(line, column, value, looks["day"])
    elif isinstance(value, float):
        sheet.write_number(line, column, value, looks["share"])
    elif isinstance(value, int):
        sheet.write_number(line, column, value, looks["text"])
    else:
        sheet.write_string(line, column, value or "", looks["text"])
