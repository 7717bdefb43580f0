from . import book_sheet, figures_sheet, report_book
