from . import book_sheet, report_book
