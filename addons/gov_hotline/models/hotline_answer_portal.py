from odoo import models


class HotlineAnswer(models.Model):
    """What the applicant sees of an answer."""

    _inherit = "hotline.answer"

    def _portal_values(self):
        """Return a given answer as its addressee sees it."""
        self.ensure_one()
        return {
            "number": self.outgoing_number,
            "date": self.outgoing_date,
            "addressee": self.ticket_id.applicant_name,
            "signer": self.signer_name,
            "text": self.text or "",
            "documents": self._portal_documents(),
            "files": [{"id": file.id, "name": file.name} for file in self.attachment_ids],
        }
