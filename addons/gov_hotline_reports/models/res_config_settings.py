from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_sstu_department = fields.Char(
        related="company_id.hotline_sstu_department", readonly=False
    )
    hotline_sstu_skip = fields.Char(related="company_id.hotline_sstu_skip", readonly=False)
    hotline_public_statistics = fields.Boolean(
        related="company_id.hotline_public_statistics", readonly=False
    )
