"""The figures of a period as a workbook: a sheet a table; texts are never formulas."""

import io

import xlsxwriter

from .sheets import OPTIONS, for_paper, sheet_name


def workbook(notes, figures, words):
    """Return the workbook (bytes). `notes`: the title, and what it is set beside; `words`:
    headings in the language of the reader. A table without rows has no sheet.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True}),
            "text": book.add_format({"border": 1}),
            "share": book.add_format({"border": 1, "num_format": "0.0%"}),
        }
        rows = [
            ([one["name"], *one["values"]], "share" if one["share"] else "text")
            for one in figures["numbers"]
        ]
        _sheet(book, words["numbers"], notes, [words["name"], *words["heads"]], rows, looks)
        for table in filter(lambda one: one["rows"], figures["tables"]):
            heads = [table["head"], *words["heads"], *table["more"]]
            rows = [([row["name"], *row["values"], *row["more"]], "text") for row in table["rows"]]
            _sheet(book, table["name"], notes, heads, rows, looks)
        heads = [words["period"], words["received"], words["processed"]]
        rows = [
            ([one["name"], one["received"], one["processed"]], "text") for one in figures["trend"]
        ]
        _chart(book, _sheet(book, words["trend"], notes, heads, rows, looks), words, len(rows))
    return buffer.getvalue()


def _sheet(book, name, notes, heads, rows, looks):
    sheet = book.add_worksheet(sheet_name(name))
    for_paper(sheet, 2)
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, len(heads), 14)
    sheet.write_string(0, 0, notes[0], looks["title"])
    sheet.write_string(1, 0, notes[1])
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head, looks["head"])
    for line, (values, look) in enumerate(rows, start=3):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(line, column, value, looks["text"])
            elif value is None or value is False:  # JSON of the database knows no None
                sheet.write_string(line, column, "—", looks["text"])
            else:
                sheet.write_number(line, column, value, looks[look])
    return sheet


def _chart(book, sheet, words, count):
    chart = book.add_chart({"type": "column"})
    for column, name in ((1, "received"), (2, "processed")):
        chart.add_series(
            {
                "name": words[name],
                "categories": [sheet.name, 3, 0, 2 + count, 0],
                "values": [sheet.name, 3, column, 2 + count, column],
            }
        )
    sheet.insert_chart(2, 5, chart)
