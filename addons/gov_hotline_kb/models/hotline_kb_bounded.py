from odoo import api, models
from odoo.exceptions import ValidationError


class HotlineKbBounded(models.AbstractModel):
    """Typed words have an end: `_lengths` is {column: characters}."""

    _name = "hotline.kb.bounded"
    _description = "Record with bounded words"
    _lengths = {}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_lengths(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_lengths(vals)
        return super().write(vals)

    @api.model
    def _check_lengths(self, vals):
        """Refuse before it is read through: ten megabytes are no title."""
        for name in self._lengths.keys() & vals.keys():
            if len(vals[name] or "") > self._lengths[name]:
                raise ValidationError(
                    self.env._(
                        "«%(field)s» is too long: at most %(most)s characters.",
                        field=self._fields[name]._description_string(self.env),
                        most=self._lengths[name],
                    )
                )
