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
        for ticket in tickets:
            self.env["hotline.journal"]._append(
                "card_printed", ticket, for_citizen=self._for_citizen
            )
        return {
            "doc_ids": docids,
            "doc_model": "helpdesk.ticket",
            "docs": tickets,
            "for_citizen": self._for_citizen,
            "qr": qr_data_url,
        }


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
