import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class HotlineValidity(models.AbstractModel):
    """A rule of the law or of the house: data with validity dates, archived, never rewritten."""

    _name = "hotline.validity"
    _description = "Rule with validity dates"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    valid_from = fields.Date()
    valid_to = fields.Date()

    @api.constrains("valid_from", "valid_to")
    def _check_validity(self):
        for rule in self:
            if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: the last day of validity is before the first one.",
                        name=rule.name,
                    )
                )

    @api.model
    def _new_code(self):
        """Return a code for a row the body adds itself: reports know shipped ones by theirs."""
        return f"own_{secrets.token_hex(4)}"

    @api.model
    def _valid_on_domain(self, day):
        """Return the domain of the rules in force on `day` (a date of the body)."""
        started = Domain("valid_from", "=", False) | Domain("valid_from", "<=", day)
        running = Domain("valid_to", "=", False) | Domain("valid_to", ">=", day)
        return started & running
