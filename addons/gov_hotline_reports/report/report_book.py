from odoo import api, models

from ..domain import books


class ReportBook(models.AbstractModel):
    """A book of the work with appeals on paper. Every print is journalled."""

    _name = "report.gov_hotline_reports.report_book"
    _inherit = "report.gov_hotline.report_card"
    _description = "Book of the work with appeals, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role and the length, note the print, return what the template needs."""
        docs = self.env["hotline.book"].browse(docids)
        for book in docs:
            book._check_book(books.PAPER_ROWS)
        self._note_print(docs)
        return {"doc_ids": docids, "doc_model": docs._name, "docs": docs}

    def _append_print(self, docs):
        for book in docs:
            book._journal()
