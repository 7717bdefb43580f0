from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .helpdesk_ticket_draft import LIFE, LIFE_PARAM

MOST_DRAFT_DAYS = 365
MOST_TRIES = 3600  # an hour in seconds; a limit above it would be none
STATUS_LIMITS = tuple(
    f"hotline_status_{name}"
    for name in (
        *("failures", "free", "first_delay"),
        *("staff_failures", "staff_free", "staff_first_delay"),
    )
)


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
    hotline_status_free = fields.Integer(
        string="Wrong codes with one number at once",
        config_parameter="gov_hotline.status_free",
        default=3,
    )
    hotline_status_first_delay = fields.Integer(
        string="First wait of a visitor, seconds",
        config_parameter="gov_hotline.status_first_delay",
        default=30,
    )
    hotline_status_staff_failures = fields.Integer(
        string="Misses of one operator in an hour",
        config_parameter="gov_hotline.status_staff_failures_per_hour",
        default=40,
    )
    hotline_status_staff_free = fields.Integer(
        string="Misses with one name at once",
        config_parameter="gov_hotline.status_staff_free",
        default=5,
    )
    hotline_status_staff_first_delay = fields.Integer(
        string="First wait of an operator, seconds",
        config_parameter="gov_hotline.status_staff_first_delay",
        default=15,
    )

    @api.constrains(*STATUS_LIMITS)
    def _check_hotline_status_limits(self):
        for settings in self:
            if not all(1 <= settings[name] <= MOST_TRIES for name in STATUS_LIMITS):
                raise ValidationError(
                    self.env._("Limits of the status are from 1 to %(most)s each.", most=MOST_TRIES)
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
