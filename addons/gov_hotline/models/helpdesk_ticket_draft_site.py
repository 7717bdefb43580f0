from odoo import models


class HelpdeskTicket(models.Model):
    """What the page of the draft shows its applicant: plain values, never the record."""

    _inherit = "helpdesk.ticket"

    def _draft_site_vals(self, user, identification):
        """Return the draft as the page shows it, with what stands in the way of sending it."""
        self.ensure_one()
        partner = user.partner_id
        named = identification and partner.surname and partner.given_name
        return {
            "number": self.draft_number,
            "until": self.draft_until,
            "body": self.company_id.name,
            "name": partner.name if named else self.applicant_name or partner.name,
            "address": self.applicant_address or "",
            "identified_by": identification["provider"].name if identification else "",
            "refusal": self._draft_site_refusal(),
        }

    def _draft_site_refusal(self):
        """Say why it cannot be sent any more, or nothing."""
        if self.state != "draft" or self.confirmed_at:
            return self.env._(
                "Draft %(number)s was confirmed already. It is among your appeals or, if it was "
                "accepted on paper, its number is known to the operator.",
                number=self.draft_number,
            )
        if self.is_expired:
            return self.env._(
                "The term of draft %(number)s has ended. Call the hotline: the operator gives it a "
                "new code, the text is kept.",
                number=self.draft_number,
            )
        return ""

    def _draft_sent_vals(self):
        """Return what is told after sending, the status code with it."""
        self.ensure_one()
        return {
            "id": self.id,
            "number": self.number,
            "code": self.access_code,
            "is_appeal": self.track == "appeal",
            "received_on": self.received_on,
            "due_on": self.due_on,
            "body": self.company_id.name,
        }
