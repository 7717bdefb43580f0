from odoo import models


class HotlineOutcome(models.Model):
    _name = "hotline.outcome"
    _inherit = "hotline.validity"
    _description = "Outcome of an appeal"

    _code_uniq = models.Constraint("UNIQUE (code)", "An outcome with this code exists already.")
