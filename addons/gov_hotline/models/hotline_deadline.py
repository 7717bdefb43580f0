from odoo import api, fields, models

from ..domain import control, terms


class HotlineDeadline(models.Model):
    """One term running on one appeal, with the steps of its counting (X1)."""

    _name = "hotline.deadline"
    _inherit = ["hotline.overdue", "hotline.body.of.case", "hotline.known.triggers"]
    _description = "Deadline"
    _order = "ticket_id, due_on, id"
    _rec_name = "term_id"
    _awaited = ("met_on", False)

    ticket_id = fields.Many2one(
        "helpdesk.ticket", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, index=True
    )
    term_id = fields.Many2one(
        "hotline.term", required=True, readonly=True, ondelete="restrict", index=True
    )
    is_main = fields.Boolean(related="term_id.is_main")
    start_on = fields.Date(required=True, readonly=True)
    raw_due_on = fields.Date(string="Unshifted date", required=True, readonly=True)
    due_on = fields.Date(required=True, readonly=True)
    certificate = fields.Json(readonly=True, help="The steps of the counting, as stored.")
    calendar_version = fields.Char(readonly=True)
    is_preliminary = fields.Boolean(readonly=True)
    met_on = fields.Date(readonly=True)

    _open_due_idx = models.Index("(due_on) WHERE met_on IS NULL")
    _open_idx = models.Index("(company_id, id) WHERE met_on IS NULL")

    @api.model
    def _prepare_vals(self, ticket, term, start, extension=0):
        """Return the values of the deadline that `term` sets for `ticket` from date `start`.

        `extension` is in the term's own days and is counted from the date before its shift.
        """
        company = ticket.company_id
        calendar = self.env["hotline.day"]._calendar(company)
        counted = terms.compute(term._for_company(company), start, calendar, extension)
        return {
            "ticket_id": ticket.id,
            "term_id": term.id,
            "start_on": start,
            **self._counted_vals(counted),
        }

    @api.model
    def _counted_vals(self, counted):
        """Return the values that hold the domain certificate `counted`."""
        return {
            "raw_due_on": counted.raw_due,
            "due_on": counted.due,
            "certificate": counted.as_dict(),
            "calendar_version": counted.calendar_version,
            "is_preliminary": counted.preliminary,
        }

    def _executor_date(self):
        """Return the date proposed to an executor: working days of the body before the due date."""
        calendar = self.env["hotline.day"]._calendar(self.company_id)
        days = self.term_id.executor_days
        return control.executor_date(self.start_on, self.due_on, calendar, days)

    def _reminder_dates(self):
        """Return the dates of the reminders, earliest first, all after the start of the term."""
        calendar = self.env["hotline.day"]._calendar(self.company_id)
        days = self.term_id._reminders()
        return control.reminder_dates(self.start_on, self.due_on, calendar, days)
