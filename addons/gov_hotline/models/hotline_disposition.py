from odoo import fields, models

GROUPS = [
    ("consultation", "Consultation"),
    ("redirect", "Redirect"),
    ("appeal", "Appeal or message"),
    ("status", "Status of an appeal"),
    ("thanks", "Thanks"),
    ("tech", "Technical support"),
    ("other", "Other"),
]


class HotlineDisposition(models.Model):
    _name = "hotline.disposition"
    _inherit = "hotline.validity"
    _description = "Call disposition"

    group = fields.Selection(GROUPS, required=True, index=True)
    needs_agency = fields.Boolean(help="The agency it concerns must be chosen.")
    needs_ticket = fields.Boolean(help="Only for calls from which a case was made.")

    by_system = fields.Boolean(
        string="Given by the system", help="To calls nobody talked in: an operator does not see it."
    )

    code = fields.Char(default=lambda self: self._new_code())

    _code_uniq = models.Constraint("UNIQUE (code)", "A disposition with this code exists already.")
