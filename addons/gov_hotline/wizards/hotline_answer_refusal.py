from odoo import fields, models


class HotlineAnswerRefusal(models.TransientModel):
    """What is to be corrected in an answer: words, asked of the approver."""

    _name = "hotline.answer.refusal"
    _description = "Sending an answer back"

    answer_id = fields.Many2one("hotline.answer", required=True, ondelete="cascade")
    reason = fields.Text(string="What to correct", required=True)

    def action_refuse(self):
        """Send the answer back; the right is checked there."""
        self.ensure_one()
        self.answer_id.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
