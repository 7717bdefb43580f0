from odoo import fields, models
from odoo.exceptions import UserError


class HotlineDraftAccept(models.TransientModel):
    """The citizen confirmed a draft on paper or at the reception (A4, practice 4)."""

    _name = "hotline.draft.accept"
    _inherit = "hotline.confirmation"
    _description = "Acceptance of a draft appeal"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    how = fields.Selection(
        [("paper", "Signed paper"), ("visit", "At the reception")], required=True, readonly=True
    )
    received_on = fields.Date(
        string="Date of receipt", required=True, default=lambda self: self._today()
    )
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the signed sheet")
    identity_shown = fields.Boolean(
        string="The applicant showed an identity document",
        help="The name in the draft is that of the document.",
    )

    def action_accept(self):
        """Make the draft a written appeal that waits for its registration; operator."""
        self.ensure_one()
        ticket = self.ticket_id
        ticket._require_role("operator")
        ticket.check_access("write")
        self._check_complete()
        ticket._confirm_draft(self.how, origin=self.how, received_at=self._received_at())
        self.scan_ids.write({"res_model": ticket._name, "res_id": ticket.id})
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        if self.how == "paper" and not self.scan_ids:
            raise UserError(self.env._("Attach the scan of the signed sheet."))
        self._check_identity()
        made = self.ticket_id.company_id._hotline_date(self.ticket_id.create_date)
        if not made <= self.received_on <= self.ticket_id.company_id._hotline_today():
            raise UserError(
                self.env._(
                    "The date of receipt is not before the day the draft was made and not in the "
                    "future."
                )
            )
