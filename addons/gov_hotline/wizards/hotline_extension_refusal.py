from odoo import fields, models


class HotlineExtensionRefusal(models.TransientModel):
    """Why an extension is refused: words, asked of the approver."""

    _name = "hotline.extension.refusal"
    _description = "Refusal of an extension"

    extension_id = fields.Many2one("hotline.extension", required=True, ondelete="cascade")
    reason = fields.Text(string="Why refused", required=True)

    def action_refuse(self):
        """Refuse the extension; the right is checked there."""
        self.ensure_one()
        self.extension_id.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
