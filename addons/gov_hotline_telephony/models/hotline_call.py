from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import clock


class HotlineCall(models.Model):
    """What the figures of calls are counted by."""

    _inherit = "hotline.call"

    # Stored: a pivot by the user's time zone would move the calls of a night shift to another day.
    started_on = fields.Date(
        string="Day", compute="_compute_started", store=True, index=True, help="Of the body."
    )
    started_hour = fields.Integer(
        string="Hour", compute="_compute_started", store=True, aggregator=None, help="Of the body."
    )

    @api.depends("started_at", "company_id")
    def _compute_started(self):
        for call in self:
            tz = call.company_id.hotline_tz
            moment = call.started_at and tz and clock.body_time(call.started_at, tz)
            call.started_on = moment and moment.date()
            call.started_hour = moment and moment.hour
