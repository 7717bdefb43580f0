from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import phones


class HotlinePhone(models.Model):
    """A telephone number and whose it is. Only personal numbers find a citizen."""

    _name = "hotline.phone"
    _description = "Telephone number"
    _rec_name = "number"

    number = fields.Char(required=True, index=True, help="E.164: +79131234567")
    kind = fields.Selection(
        [
            ("personal", "Personal"),
            ("shared", "Shared"),
            ("service", "Service"),
            ("vip", "VIP"),
        ],
        required=True,
        default="personal",
    )
    partner_id = fields.Many2one("res.partner", index=True, ondelete="cascade")
    note = fields.Char()

    _number_partner_uniq = models.UniqueIndex(
        "(number, COALESCE(partner_id, 0))", "This person has this number already."
    )
    _end_idx = models.Index("(reverse(number) text_pattern_ops)")  # found by its last digits

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalised(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalised(vals))

    def _normalised(self, vals):
        if not vals.get("number"):
            return vals
        phone = phones.normalise(vals["number"])
        if not phone.e164:
            raise ValidationError(
                self.env._(
                    "«%(number)s» is not a telephone number. Type it with the area code, "
                    "for example 8 913 123-45-67.",
                    number=vals["number"],
                )
            )
        return dict(vals, number=phone.e164)
