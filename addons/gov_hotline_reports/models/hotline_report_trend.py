from odoo import api, models
from odoo.tools import format_date

from ..domain import periods


class HotlineReportFigures(models.AbstractModel):
    """Twelve periods side by side."""

    _inherit = "hotline.report.figures"

    @api.model
    def _trend(self, period, days):
        """Return twelve periods: {name, received, processed}; a question for each of the two."""
        spans = periods.trend(period, days)
        whole = self._between((spans[0][0], spans[-1][1]))
        received = self._by_span(whole.received, "received_on", spans)
        processed = self._by_span(whole.processed, "answered_on", spans)
        return [
            {"name": self._short(period, span), "received": came, "processed": went}
            for span, came, went in zip(spans, received, processed, strict=True)
        ]

    @api.model
    def _by_span(self, domain, name, spans):
        """Return how many appeals of `domain` have the day `name` in each of `spans`."""
        cases = self.env["hotline.report.case"]
        days = cases._read_group(domain, [f"{name}:day"], ["__count"])
        return [sum(count for day, count in days if first <= day <= last) for first, last in spans]

    @api.model
    def _short(self, period, span):
        if period == "quarter":
            # CLDR's short quarter: «4-й кв. 26»
            return format_date(self.env, span[0], date_format="QQQ yy")
        if period != "month":
            return span[0].strftime("%d.%m")
        month, year = format_date(self.env, span[0], date_format="LLL yy").split()
        return f"{month[:3]} {year}"
