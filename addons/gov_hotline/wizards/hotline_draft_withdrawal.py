from odoo import fields, models


class HotlineDraftWithdrawal(models.TransientModel):
    """Why a draft with a code is withdrawn: words, asked of the operator."""

    _name = "hotline.draft.withdrawal"
    _description = "Withdrawal of a draft"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    reason = fields.Text(string="Why it is withdrawn", required=True)

    def action_withdraw(self):
        """Withdraw the draft; the right is checked there."""
        self.ensure_one()
        self.ticket_id.action_withdraw_draft(self.reason)
        return {"type": "ir.actions.act_window_close"}
