from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """The hierarchy of agencies: who considers a complaint about them."""

    _inherit = "res.partner"

    hotline_higher_id = fields.Many2one(
        "res.partner",
        string="Higher body",
        index="btree_not_null",
        domain=[("hotline_kind", "=", "agency")],
        help="Considers complaints about this agency or official (59-FZ, art. 8, p. 6).",
    )

    @api.constrains("hotline_higher_id")
    def _check_hotline_higher_id(self):
        if self._has_cycle("hotline_higher_id"):
            raise ValidationError(self.env._("A body cannot stand over itself."))
