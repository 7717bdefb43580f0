from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import clock

HOURS = [(f"{hour:02}", f"{hour:02}:00") for hour in range(24)]


class HotlineCall(models.Model):
    """What the figures of calls are counted by."""

    _inherit = "hotline.call"

    # Stored: a pivot by the user's time zone would move the calls of a night shift to another day.
    started_on = fields.Date(
        string="Day", compute="_compute_started", store=True, index=True, help="Of the body."
    )
    # A choice and no number: «09:00» on every axis and heading, in the order of the clock.
    hour_of_day = fields.Selection(
        HOURS, string="Hour", compute="_compute_started", store=True, help="Of the body."
    )

    @api.depends("started_at", "company_id")
    def _compute_started(self):
        for call in self:
            tz = call.company_id.hotline_tz
            moment = call.started_at and tz and clock.body_time(call.started_at, tz)
            call.started_on = moment and moment.date()
            call.hour_of_day = moment and f"{moment:%H}"
