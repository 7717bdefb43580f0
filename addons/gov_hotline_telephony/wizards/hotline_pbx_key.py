from odoo import fields, models


class HotlinePbxKey(models.TransientModel):
    """The new key, to be copied; never stored."""

    _name = "hotline.pbx.key"
    _description = "New key of the voice"

    key = fields.Char(store=False, readonly=True)
