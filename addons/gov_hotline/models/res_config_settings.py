from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .helpdesk_ticket_draft import LIFE, LIFE_PARAM

MOST_DRAFT_DAYS = 365


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
    hotline_outgoing_prefix = fields.Char(
        related="company_id.hotline_outgoing_prefix", readonly=False
    )
    hotline_draft_days = fields.Integer(
        string="Days that a draft with a code waits", config_parameter=LIFE_PARAM, default=LIFE
    )
    hotline_status_failures = fields.Integer(
        string="Wrong status codes from one address in an hour",
        config_parameter="gov_hotline.status_failures_per_hour",
        default=20,
    )

    @api.constrains("hotline_draft_days")
    def _check_hotline_draft_days(self):
        for settings in self:
            if not 1 <= settings.hotline_draft_days <= MOST_DRAFT_DAYS:
                raise ValidationError(
                    self.env._(
                        "A draft with a code waits from 1 to %(most)s days.", most=MOST_DRAFT_DAYS
                    )
                )
