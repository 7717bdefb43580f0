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
        counted = IN_WORK & Domain(domain)
        # each by itself: so each is a range or a join of indexes, not a look at every open case
        counts = SQL(", ").join(self._count_sql(counted, name) for name in COUNTERS.values())
        return dict(zip(COUNTERS, self.env.execute_query(SQL("SELECT %s", counts))[0], strict=True))

    @api.model
    def _count_sql(self, counted, name):
        """Return SQL that counts the cases of domain `counted` where field `name` is set."""
        query = self._search(counted & Domain(name, "=", True))
        return query.subselect(SQL("COUNT(*)"))
