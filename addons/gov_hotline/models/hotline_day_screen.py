from odoo import api, fields, models
from odoo.tools import format_date


class HotlineDay(models.Model):
    """The production calendar on the screen."""

    _inherit = "hotline.day"

    weekday = fields.Char(compute="_compute_weekday")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_weekday(self):
        for day in self:
            day.weekday = day.date and format_date(self.env, day.date, date_format="EEEE")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for day in self:
            day.display_name = day.date and format_date(
                self.env, day.date, date_format="dd.MM.yyyy"
            )

    @api.model
    def action_show_years(self):
        """Say which of last, this and next year have no official calendar (X1)."""
        this = self.env.company._hotline_today().year
        calendar = self._calendar(self.env.company)
        years = [this - 1, this, this + 1]
        lines = [
            self.env._("%(year)s: preliminary, weekends and fixed holidays only", year=str(year))
            if calendar.is_preliminary(year)
            else self.env._("%(year)s: official calendar", year=str(year))
            for year in years
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Production calendar"),
                "message": "\n".join(lines),
                "type": "warning" if calendar.is_preliminary(this + 1) else "info",
                "sticky": True,
            },
        }
