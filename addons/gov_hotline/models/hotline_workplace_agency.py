from datetime import time

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..domain import clock, phones

AGENCIES_SHOWN = 500


class ResPartner(models.Model):
    """The directory of agencies: whose question it is, telephone, hours."""

    _inherit = "res.partner"

    hotline_competence = fields.Char(
        string="Competence", help="What questions go there, in the words of callers."
    )
    hotline_opens = fields.Float(string="Opens at")
    hotline_closes = fields.Float(
        string="Closes at",
        help="By the clock of the body, on working days. 0:00 to 24:00: always.",
    )

    @api.constrains("hotline_opens", "hotline_closes")
    def _check_hotline_hours(self):
        for agency in self:
            if not 0 <= agency.hotline_opens <= agency.hotline_closes <= 24:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: it must close later than it opens, both between 0:00 and "
                        "24:00.",
                        name=agency.name,
                    )
                )

    @api.model
    def _agencies_for_workplace(self):
        """Return the directory as the operator's screen shows it."""
        agencies = self.search_fetch(
            [("hotline_kind", "=", "agency")],
            ["name", "phone", "hotline_competence", "hotline_opens", "hotline_closes"],
            order="name",
            limit=AGENCIES_SHOWN,
        )
        return [agency._agency_vals() for agency in agencies]

    def _agency_vals(self):
        is_open, hours = self._hotline_hours()
        return {
            "id": self.id,
            "name": self.name,
            "competence": self.hotline_competence or "",
            "phone": phones.display(phones.normalise(self.phone).e164) or self.phone or "",
            "is_open": is_open,
            "hours": hours,
        }

    def _hotline_hours(self):
        """Return (open now or None when hours are not known, words)."""
        if not self.hotline_closes:
            return None, ""
        if (self.hotline_opens, self.hotline_closes) == (0, 24):
            return True, self.env._("round the clock")
        company = self.env.company
        now = clock.body_time(fields.Datetime.now(), company.hotline_tz)
        working = self.env["hotline.day"]._calendar(company).is_working(now.date())
        hour = now.hour + now.minute / 60
        if working and self.hotline_opens <= hour < self.hotline_closes:
            return True, self.env._("till %(time)s", time=_clock(self.hotline_closes))
        return False, self._opens_again(now, self.env["hotline.day"]._calendar(company))

    def _opens_again(self, now, calendar):
        """Return when it opens again; `now` is the body's time."""
        opens = _clock(self.hotline_opens)
        day = clock.opens_on(now, _as_time(self.hotline_opens), calendar)
        ahead = (day - now.date()).days
        if ahead == 0:
            return self.env._("closed, opens at %(time)s", time=opens)
        if ahead == 1:
            return self.env._("closed, opens tomorrow at %(time)s", time=opens)
        shown = format_date(self.env, day, date_format="dd.MM (EEE)")
        return self.env._("closed, opens on %(day)s at %(time)s", day=shown, time=opens)


def _clock(hours):
    """Return «9:30» for 9.5."""
    minutes = round(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _as_time(hours):
    """Return 09:30 for 9.5. What never opens within a day opens with its last minute."""
    minutes = min(round(hours * 60), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
