from odoo import fields, models


class HotlineOutcome(models.Model):
    _name = "hotline.outcome"
    _inherit = "hotline.validity"
    _description = "Outcome of an appeal"

    code = fields.Char(default=lambda self: self._new_code())

    is_refusal = fields.Boolean(
        string="Refuses to accept",
        help="An appeal within competence is always accepted (59-FZ, art. 9, p. 1).",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "An outcome with this code exists already.")
