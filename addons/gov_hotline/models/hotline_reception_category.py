from odoo import fields, models


class HotlineReceptionCategory(models.Model):
    """Who is received out of turn (59-FZ, art. 13, p. 7); regional laws add categories."""

    _name = "hotline.reception.category"
    _inherit = "hotline.validity"
    _description = "Category with the right of first turn"

    code = fields.Char(default=lambda self: self._new_code())
    article = fields.Char(string="Ground")
