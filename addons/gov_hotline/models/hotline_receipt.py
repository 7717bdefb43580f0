from datetime import time

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..domain import clock


class ResCompany(models.Model):
    """What comes after hours: from its own date, unless a local act of the body says otherwise."""

    _inherit = "res.company"

    hotline_after_hours_act = fields.Char(
        string="Local act on receipt after hours",
        help="Number of the act by which what comes after hours or on a day off counts from the "
        "next working day. Empty: it counts from its own date.",
    )
    hotline_closes_at = fields.Float(string="Working day ends at", required=True, default=18.0)

    @api.constrains("hotline_closes_at")
    def _check_hotline_closes_at(self):
        for company in self:
            if not 0 < company.hotline_closes_at < 24:
                raise ValidationError(
                    self.env._("The working day ends between 0:00 and 24:00, both excluded.")
                )

    def _hotline_receipt_date(self, moment):
        """Return the date that terms count from for what came at `moment` (naive UTC)."""
        self.ensure_one()
        minutes = round(self.hotline_closes_at * 60)
        return clock.receipt_date(
            moment,
            self.hotline_tz,
            self.env["hotline.day"]._calendar(self),
            time(minutes // 60, minutes % 60),
            self.hotline_after_hours_act or "",
        )


class HelpdeskTicket(models.Model):
    """The date of receipt at registration (REG-3)."""

    _inherit = "helpdesk.ticket"

    def _counted_receipt(self, today):
        """Return the date of receipt where the body registers on its date `today`.

        Nothing is registered before its receipt: what the body takes up after hours on the same
        evening is received on that evening, whatever the act allows.
        """
        own = self.company_id._hotline_date(self.received_at)
        return max(own, min(self.received_on, today))

    def _after_hours_note(self, received_on):
        """Return [why the receipt counts from a later day than it came on], or []."""
        if received_on == self.company_id._hotline_date(self.received_at):
            return []
        return [
            self.env._(
                "It came after hours: the receipt counts from %(day)s (local act %(act)s).",
                day=format_date(self.env, received_on),
                act=self.company_id.hotline_after_hours_act,
            )
        ]
