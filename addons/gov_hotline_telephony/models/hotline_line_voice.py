from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gov_hotline.domain import clock

from ..domain import ivr, spoken_hours


class HotlineLine(models.Model):
    """What the voice menu of a line says: hours, and an announcement of the supervisor."""

    _inherit = "hotline.line"

    voice_from = fields.Float(string="Works from", help="On working days of the body's calendar.")
    voice_to = fields.Float(
        string="Works until", help="No hours, or the same twice: the line always works."
    )
    voice_announcement = fields.Text(
        string="Announcement",
        help="Said to everybody who calls, before the menu: «In the Centre district there is no "
        "hot water until 18:00. The works go on.»",
    )
    voice_announced_until = fields.Datetime(string="Said until")
    voice_announced_by_id = fields.Many2one("res.users", string="Announced by", readonly=True)

    @api.constrains("voice_from", "voice_to")
    def _check_voice_hours(self):
        for line in self:
            if not 0 <= line.voice_from <= line.voice_to <= 24:
                raise ValidationError(
                    self.env._("The line begins to work before it ends, within one day.")
                )

    def _voice_minutes(self):
        return round(self.voice_from * 60), round(self.voice_to * 60)

    def _voice_is_open(self):
        """Whether operators work now, by the calendar of the body."""
        if not self or self.round_the_clock:
            return True
        now = fields.Datetime.now()
        # sudo: the menu has no user, and the calendar is no secret
        company = self.sudo().company_id
        local = clock.body_time(now, company.hotline_tz)
        calendar = self.env["hotline.day"]._calendar(company)
        return spoken_hours.is_open(
            *self._voice_minutes(),
            local.hour * 60 + local.minute,
            is_working_day=calendar.is_working(local.date()),
        )

    def _voice_hours_words(self):
        if not self or self.round_the_clock:
            return spoken_hours.ROUND_THE_CLOCK
        return spoken_hours.sentence(*self._voice_minutes())

    def _voice_announced(self):
        """Return the announcement that is due now. Later work adds outages of the dialled line."""
        until = self.voice_announced_until
        text = (self.voice_announcement or "").strip()
        return [text] if text and (not until or until > fields.Datetime.now()) else []

    def _voice_hello(self):
        """Return {"result": open | closed, "words"}: what is said before the menu."""
        words = self._voice_announced()
        if self._voice_is_open():
            return {"result": "open", "words": words}
        return {"result": "closed", "words": [*words, ivr.CLOSED, self._voice_hours_words()]}
