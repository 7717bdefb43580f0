from zoneinfo import available_timezones

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import clock, notices, numbering


class ResCompany(models.Model):
    """The body: its calendar, time zone, numbering."""

    _inherit = "res.company"

    hotline_tz = fields.Selection(
        lambda self: [(tz, tz) for tz in sorted(available_timezones())],
        string="Time zone of the body",
        required=True,
        default="Europe/Moscow",
        help="Every term is counted in dates of this time zone.",
    )
    hotline_number_template = fields.Char(
        string="Number of an appeal",
        required=True,
        default="{kind}{letter}-{seq}/{year}{dept}",
        help="{kind} {letter} {seq} {year} {dept}; {seq:04} pads with zeros.",
    )
    hotline_outgoing_prefix = fields.Char(
        string="Prefix of outgoing numbers", default=notices.SERIES, size=10
    )
    hotline_shift = fields.Selection(
        [
            ("previous", "To the preceding working day"),
            ("next", "To the next working day"),
            ("none", "Not moved"),
        ],
        string="Last day on a day off",
        required=True,
        default="previous",
    )
    hotline_day_one = fields.Selection(
        [("next", "Day after the event"), ("same", "Day of the event")],
        string="First day of a term",
        required=True,
        default="next",
    )

    hotline_serves_head = fields.Boolean(
        string="Serves the head of the region",
        help="Appeals to the highest official of the region with facts of migration-law violations:"
        " twenty days for the answer (59-FZ, art. 12, p. 1.1).",
    )

    @api.constrains("hotline_number_template")
    def _check_hotline_number_template(self):
        for company in self:
            problems = numbering.validate(company.hotline_number_template or "")
            if any(problem.blocks for problem in problems):
                raise ValidationError(
                    self.env._(
                        "The number template «%(template)s» cannot be used: it needs {seq} and "
                        "may hold only {kind}, {letter}, {seq}, {year} and {dept}.",
                        template=company.hotline_number_template,
                    )
                )

    @api.constrains("hotline_outgoing_prefix")
    def _check_hotline_outgoing_prefix(self):
        for company in self:
            if not notices.is_prefix(company.hotline_outgoing_prefix or notices.SERIES):
                raise ValidationError(
                    self.env._(
                        "The prefix «%(prefix)s» cannot be used: at most ten letters and digits, "
                        "with full stops or hyphens between them.",
                        prefix=company.hotline_outgoing_prefix,
                    )
                )

    def _hotline_outgoing_number(self, n, year):
        """Return the number of the `n`-th outgoing letter of `year`."""
        self.ensure_one()
        return notices.number(n, year, self.hotline_outgoing_prefix or notices.SERIES)

    def _hotline_date(self, moment):
        """Return the body's date of `moment` (naive UTC datetime)."""
        self.ensure_one()
        return clock.body_date(moment, self.hotline_tz)

    def _hotline_today(self):
        """Return today's date of the body."""
        return self._hotline_date(fields.Datetime.now())
