from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_tz = fields.Selection(related="company_id.hotline_tz", readonly=False)
    hotline_number_template = fields.Char(
        related="company_id.hotline_number_template", readonly=False
    )
    hotline_shift = fields.Selection(related="company_id.hotline_shift", readonly=False)
    hotline_day_one = fields.Selection(related="company_id.hotline_day_one", readonly=False)
    hotline_after_hours_act = fields.Char(
        related="company_id.hotline_after_hours_act", readonly=False
    )
    hotline_closes_at = fields.Float(related="company_id.hotline_closes_at", readonly=False)
    hotline_serves_head = fields.Boolean(related="company_id.hotline_serves_head", readonly=False)
    hotline_status_failures = fields.Integer(
        string="Wrong status codes from one address in an hour",
        config_parameter="gov_hotline.status_failures_per_hour",
        default=20,
    )
