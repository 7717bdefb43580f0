from odoo import fields, models


class HotlineRefusal(models.TransientModel):
    """Why the approver sends an answer back or refuses an extension: words, asked in a window."""

    _name = "hotline.refusal"
    _description = "Refusal of what awaits approval"

    res_model = fields.Selection(
        [
            ("hotline.answer", "Answer"),
            ("hotline.extension", "Extension of the term"),
            ("hotline.destruction", "Act of destruction"),
        ],
        string="What is refused",
        required=True,
    )
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse it with the reason; the right and the length are checked there."""
        self.ensure_one()
        done = self.env[self.res_model].browse(self.res_id).action_refuse(self.reason)
        return done if isinstance(done, dict) else {"type": "ir.actions.act_window_close"}

    def _ask(self, record, title):
        """Return the action that opens the window over `record`."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": record._name, "default_res_id": record.id},
        }
