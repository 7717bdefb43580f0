from odoo import fields, models


class HotlineOutcome(models.Model):
    _name = "hotline.outcome"
    _inherit = "hotline.validity"
    _description = "Outcome of an appeal"

    code = fields.Char(default=lambda self: self._new_code())

    _code_uniq = models.Constraint("UNIQUE (code)", "An outcome with this code exists already.")
