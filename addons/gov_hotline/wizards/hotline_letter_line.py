from odoo import fields, models

LETTERS = [
    ("hotline.notice", "Notice"),
    ("hotline.assignment", "Forwarding letter"),
    ("hotline.answer", "Answer"),
    ("hotline.request", "Request"),
    ("hotline.covering.letter", "Report to the body on control"),
]


class HotlineLetterLine(models.AbstractModel):
    """Which letter a window or a line of it is about: of any kind that has an outgoing number."""

    _name = "hotline.letter.line"
    _description = "Letter of a window"

    res_model = fields.Selection(LETTERS, string="Kind of letter", required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)

    def _letter(self):
        """Return the letter itself, by the rights of the user; None before one is named."""
        return self.env[self.res_model].browse(self.res_id) if self.res_model else None
