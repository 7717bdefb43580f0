import base64
import io

import qrcode

from odoo import api, models

CARD_ROLES = ("operator", "officer", "administrator", "approver", "supervisor", "auditor")


class ReportCard(models.AbstractModel):
    """The registration card (РКК) of an appeal: one A4 page. Every print is journalled."""

    _name = "report.gov_hotline.report_card"
    _description = "Registration card"
    _for_citizen = False

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role, note the print in the journal, return what the template needs."""
        tickets = self.env["helpdesk.ticket"].browse(docids)
        tickets._check_print_card(for_citizen=self._for_citizen)
        self._note_print(tickets)
        return {
            "doc_ids": docids,
            "doc_model": "helpdesk.ticket",
            "docs": tickets.with_context(hotline_card_for_citizen=self._for_citizen),
            "for_citizen": self._for_citizen,
            "qr": qr_data_url,
        }

    def _note_print(self, tickets):
        """Append to the journal; the route of reports is read-only, so by a cursor of its own."""
        if not self.env.cr.readonly:
            return self._append_print(tickets)
        self.env.cr.rollback()  # nothing was written; as the core's own route of bundles does
        with self.env.registry.cursor() as cr:
            return self._append_print(tickets.with_env(self.env(cr=cr)))

    def _append_print(self, tickets):
        journal = tickets.env["hotline.journal"]
        for ticket in tickets:
            journal._append("card_printed", ticket, for_citizen=self._for_citizen)


class ReportCardCitizen(models.AbstractModel):
    """The same card with the tear-off part: number and status code for the applicant."""

    _name = "report.gov_hotline.report_card_citizen"
    _inherit = "report.gov_hotline.report_card"
    _description = "Registration card with the applicant's part"
    _for_citizen = True


def qr_data_url(text):
    """Return a PNG of the QR code of `text` as a data URL."""
    code = qrcode.QRCode(border=2, box_size=6, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    buffer = io.BytesIO()
    code.make_image().save(buffer, format="PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
