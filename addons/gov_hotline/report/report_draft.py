from odoo import api, models

from ..domain import texts
from .report_card import qr_data_url

ALL_LINES = 10_000  # the sheet holds the whole text: it is what is signed


class ReportDraft(models.AbstractModel):
    """The sheet of a draft appeal that the citizen signs (A4)."""

    _name = "report.gov_hotline.report_draft"
    _description = "Draft appeal to sign"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role and that the draft still waits; the code stands on no paper."""
        tickets = self.env["helpdesk.ticket"].browse(docids)
        tickets._check_print_draft()
        return {
            "doc_ids": docids,
            "doc_model": "helpdesk.ticket",
            "docs": tickets,
            "qr": qr_data_url,
            "page": f"{self.env['helpdesk.ticket'].get_base_url()}/hotline/draft",
            "printable": lambda text: texts.printable(text or "", texts.TEXT_LIMIT, ALL_LINES),
        }
