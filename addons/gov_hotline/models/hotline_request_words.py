from odoo import api, fields, models


class HotlineRequest(models.Model):
    """The request in words: one line for the case and for the registration card."""

    _inherit = "hotline.request"

    summary = fields.Text(compute="_compute_summary", string="Request in words")

    @api.depends("partner_id", "outgoing_number", "outgoing_date", "state", "due_on")
    @api.depends_context("lang")
    def _compute_summary(self):
        for request in self:
            request.summary = request._in_words()

    def _in_words(self):
        """Return the request as the case and the registration card tell it."""
        self.ensure_one()
        words = self.partner_id.display_name or ""
        if self.outgoing_number:
            words = self.env._(
                "%(body)s, No. %(number)s of %(day)s",
                body=words,
                number=self.outgoing_number,
                day=_day(self.outgoing_date),
            )
        labels = dict(self._fields["state"]._description_selection(self.env))
        told = f"{words}: {labels[self.state].lower()}"
        if self.state == "sent" and self.due_on:
            return self.env._("%(told)s, due on %(day)s", told=told, day=_day(self.due_on))
        return told


def _day(day):
    return day.strftime("%d.%m.%Y") if day else ""
