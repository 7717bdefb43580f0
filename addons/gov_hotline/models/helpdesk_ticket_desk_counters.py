from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .helpdesk_ticket_desk import IN_WORK

# Name of the filter in the search view → field that is searched.
COUNTERS = {
    "today": "is_due_today",
    "soon": "is_due_soon",
    "overdue": "is_overdue",
    "waiting": "is_waiting",
    "decision_today": "needs_decision_today",
}
READERS = ("officer", "supervisor", "approver", "auditor")


class HelpdeskTicket(models.Model):
    """The counters above the desk."""

    _inherit = "helpdesk.ticket"

    @api.model
    @api.readonly
    def desk_counts(self, domain):
        """Return {filter: number of cases in work}, of those that `domain` finds; one query.

        Officer, supervisor, approver or auditor; counted are the cases that the user may read.
        """
        self._require_role(*READERS)
        query = self._search(IN_WORK & Domain(domain))
        columns = [
            SQL("COUNT(*) FILTER (WHERE %s)", self._desk_condition(name, query))
            for name in COUNTERS.values()
        ]
        counts = self.env.execute_query(query.select(*columns))[0]
        return dict(zip(COUNTERS, counts, strict=True))

    @api.model
    def _desk_condition(self, name, query):
        """Return the condition of field `name` as SQL inside `query`."""
        return Domain(name, "=", True).optimize_full(self)._to_sql(self, self._table, query)
