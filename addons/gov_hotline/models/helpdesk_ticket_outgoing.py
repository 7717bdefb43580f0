from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..domain import notices
from ..domain.transitions import WORKING_STATES

# (model, column of the number, column of the date): all letters of one year's series.
OUTGOING = (
    ("hotline.notice", "outgoing_number", "outgoing_date"),
    ("hotline.answer", "outgoing_number", "outgoing_date"),
    ("hotline.assignment", "outgoing_number", "outgoing_date"),
    ("hotline.request", "outgoing_number", "outgoing_date"),
    ("hotline.covering.letter", "report_number", "report_date"),
)


class HelpdeskTicket(models.Model):
    """Outgoing numbers of the case's letters, and who may add to the case."""

    _inherit = "helpdesk.ticket"

    def _next_outgoing(self):
        """Take the next outgoing number of the year's series: (number, today's date)."""
        self.ensure_one()
        self.env.flush_all()
        company = self.company_id
        day, numbered = company._hotline_today(), company._hotline_outgoing_number
        # sudo: numbers are taken here and nowhere else
        n = self.env["hotline.number"].sudo()._take(
            company, notices.SERIES, day.year, self,
            lambda n: self._is_outgoing_used(numbered(n, day.year), day.year),
        )  # fmt: skip
        return numbered(n, day.year), day

    def _is_outgoing_used(self, number, year, but=None):
        """Whether a letter of the body, other than the record `but`, has this number in `year`."""
        return any(self._is_used_in(*where, number, year, but) for where in OUTGOING)

    def _is_used_in(self, model, column, dated, number, year, but=None):
        domain = [
            ("company_id", "=", self.company_id.id),
            (column, "=", number),
            (dated, ">=", f"{year}-01-01"),
            (dated, "<=", f"{year}-12-31"),
        ]
        if but is not None and but._name == model:
            domain.append(("id", "!=", but.id))
        # sudo: a letter that this user may not see has its number all the same
        return bool(self.env[model].sudo().search_count(domain, limit=1))

    def _check_open_for_acts(self):
        """Refuse an act of a case that is not in work: before the database's lock does."""
        for ticket in self:
            if ticket.state not in WORKING_STATES:
                raise UserError(
                    self.env._(
                        "«%(name)s» is not in work: nothing is added to it.",
                        name=ticket.display_name,
                    )
                )

    @api.model
    def _check_officer(self):
        """Refuse who is neither the officer nor the system."""
        if not self.env.su and "officer" not in self._roles():
            raise AccessError(self.env._("Only the officer in charge does this."))
