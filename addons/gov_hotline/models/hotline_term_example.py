from odoo import api, fields, models

from ..domain import terms


class HotlineTerm(models.Model):
    """What the numbers mean, shown while they are typed."""

    _inherit = "hotline.term"

    example = fields.Char(compute="_compute_example")

    @api.depends("length", "unit", "day_one", "shift", "company_id", "code", "article")
    @api.depends_context("company", "lang")
    def _compute_example(self):
        """«If it is counted from today, 24.11.2026, the last day is 24.12.2026.»"""
        for term in self:
            is_complete = term.length > 0 and term.unit
            term.example = term._example_words() if is_complete else False

    def _example_words(self):
        company = self.company_id or self.env.company
        calendar = self.env["hotline.day"]._calendar(company)
        counted = terms.compute(self._for_company(company), company._hotline_today(), calendar)
        days = {
            name: getattr(counted, name).strftime("%d.%m.%Y")
            for name in ("start", "raw_due", "due")
        }
        lines = [
            self.env._("If it is counted from today, %(start)s, the last day is %(due)s.", **days)
        ]
        if counted.due != counted.raw_due:
            lines.append(self.env._("Moved from %(raw_due)s, a day off.", **days))
        elif counted.warnings:
            lines.append(self.env._("It is a day off and is not moved: name a person on duty."))
        if counted.preliminary:
            lines.append(self.env._("Preliminary: the calendar of the year is not official yet."))
        return " ".join(lines)
