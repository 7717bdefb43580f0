from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ..domain import books

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BookController(http.Controller):
    """The books of the work with appeals as tables, for staff."""

    @http.route(
        "/hotline/book/<int:book_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def book_xlsx(self, book_id):
        """Give a book as a table; the role and the length are checked, it is journalled."""
        book = request.env["hotline.book"].browse(book_id).exists()
        if not book:
            raise NotFound()
        book._check_book(books.TABLE_ROWS)
        content = book._xlsx()
        book._journal()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(f"{book._file_name()}.xlsx")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers=headers)
