from odoo import fields, models


class HotlineCoded(models.AbstractModel):
    """A row of a directory that the body keeps itself: ordered, archived, known by its code."""

    _name = "hotline.coded"
    _description = "Row of a directory"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, default=lambda self: self._new_code())
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is taken already.")

    def _new_code(self):
        return self.env["hotline.validity"]._new_code()
