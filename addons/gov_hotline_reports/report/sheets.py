"""What every workbook of a report shares: names of sheets, how a sheet lies on paper."""

import re

# Texts are never formulas or links.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LONGEST = 31  # letters in the name of a sheet
A4 = 9
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")


def sheet_name(words):
    """Return `words` as the name of a sheet: what Excel takes, cut between words."""
    name = " ".join(_FORBIDDEN.sub(" ", words).split())
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST + 1].rpartition(" ")[0] or name[:LONGEST]


def for_paper(sheet, head, landscape=False):
    """Print on A4 as wide as the sheet; the heading (line `head`) is on each page and in sight."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, 0)
