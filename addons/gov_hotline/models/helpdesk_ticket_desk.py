from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..domain import desk
from ..domain.transitions import WORKING_STATES
from .hotline_assignment import STAFF
from .hotline_assignment_due import RUNNING

IN_WORK = Domain("state", "in", WORKING_STATES)
BUCKETS = [
    (desk.LATE, "Overdue"),
    (desk.TODAY, "Today"),
    (desk.SOON, "Up to 3 working days"),
    (desk.AHEAD, "Up to 10 working days"),
    (desk.LATER, "Later"),
]
COLOURS = {"danger": 1, "warning": 2, "ok": 10, "done": 0}  # of Odoo's palette


class HelpdeskTicket(models.Model):
    """The desk «What burns»: groups by days left, whose desk it is, who is waited for (B8).

    Every filter is a condition of the database: working days are counted once, into dates.
    """

    _inherit = "helpdesk.ticket"

    due_bucket = fields.Selection(
        BUCKETS, string="How soon it is due", compute="_compute_due_bucket",
        search="_search_due_bucket", group_expand=True,
    )  # fmt: skip
    due_colour = fields.Integer(compute="_compute_due_colour")
    is_waiting = fields.Boolean(
        string="An executor is awaited", compute="_compute_is_waiting", search="_search_is_waiting",
        groups=STAFF,
    )  # fmt: skip
    is_on_my_desk = fields.Boolean(
        string="On my desk", compute="_compute_is_on_my_desk", search="_search_is_on_my_desk",
        help="An officer's own cases and those of nobody; of who is no officer: all.",
    )  # fmt: skip

    # The order of every list of cases: without it a page of all reads and sorts a million.
    _due_order_idx = models.Index("(due_on, id DESC)")
    _desk_idx = models.Index("(user_id, due_on, id) WHERE state IN ('in_work', 'deferred')")
    # The whole body's desk: its page, its count and its counters read this and no case.
    _body_desk_idx = models.Index(
        "(company_id, due_on, id) INCLUDE (track)"
        " WHERE state IN ('in_work', 'deferred') AND active IS TRUE"
    )

    # How soon

    @api.model
    def _desk_bounds(self):
        company = self.env.company
        calendar = self.env["hotline.day"]._calendar(company)
        return desk.bounds(company._hotline_today(), calendar)

    @api.depends("due_on", "state")
    def _compute_due_bucket(self):
        bounds = self._desk_bounds()
        working = self.filtered(lambda ticket: ticket.state in WORKING_STATES)
        (self - working).due_bucket = False
        for due_on, same in working.grouped("due_on").items():
            same.due_bucket = bounds.bucket(due_on or None)

    @api.depends("due_on", "state")
    def _compute_due_colour(self):
        for level, same in self.grouped("due_level").items():
            same.due_colour = COLOURS[level or "done"]

    def _search_due_bucket(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._bucket_domains()
        found = Domain.OR(domains[bucket] for bucket in value if bucket in domains)
        return (IN_WORK & found) | (~IN_WORK if False in value else Domain.FALSE)

    @api.model
    def _bucket_domains(self):
        """Return {group: domain of its dates}."""
        bounds, due = self._desk_bounds(), "due_on"
        within = Domain(due, ">", bounds.today) & Domain(due, "<=", bounds.soon)
        ahead = Domain(due, ">", bounds.soon) & Domain(due, "<=", bounds.ahead)
        return {
            desk.LATE: Domain(due, "<", bounds.today),
            desk.TODAY: Domain(due, "=", bounds.today),
            desk.SOON: within,
            desk.AHEAD: ahead,
            desk.LATER: Domain(due, ">", bounds.ahead) | Domain(due, "=", False),
        }

    def _field_to_sql(self, alias, field_expr, query=None):
        """The group is a column for the database too: kanban and lists are grouped by it."""
        if field_expr != "due_bucket":
            return super()._field_to_sql(alias, field_expr, query)
        bounds = self._desk_bounds()
        due = super()._field_to_sql(alias, "due_on", query)
        state = super()._field_to_sql(alias, "state", query)
        return SQL(
            "CASE WHEN %(state)s NOT IN %(working)s THEN NULL"
            " WHEN %(due)s < %(today)s THEN %(LATE)s WHEN %(due)s = %(today)s THEN %(TODAY)s"
            " WHEN %(due)s <= %(soon)s THEN %(SOON)s WHEN %(due)s <= %(ahead)s THEN %(AHEAD)s"
            " ELSE %(LATER)s END",
            state=state, due=due, working=WORKING_STATES, today=bounds.today, soon=bounds.soon,
            ahead=bounds.ahead, LATE=desk.LATE, TODAY=desk.TODAY, SOON=desk.SOON, AHEAD=desk.AHEAD,
            LATER=desk.LATER,
        )  # fmt: skip

    # Whose

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_on_my_desk(self):
        mine = self.filtered_domain(self._my_desk_domain())
        for ticket in self:
            ticket.is_on_my_desk = ticket in mine

    def _search_is_on_my_desk(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._my_desk_domain()
        return mine if True in value else ~mine

    @api.model
    def _my_desk_domain(self):
        if "officer" not in self._roles() or self.env.su:
            return Domain.TRUE
        return Domain("user_id", "in", (self.env.uid, False))

    # Who is waited for

    @api.depends("assignment_ids.is_waiting")
    def _compute_is_waiting(self):
        for ticket in self:
            ticket.is_waiting = any(ticket.assignment_ids.mapped("is_waiting"))

    def _search_is_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        waited = Domain("assignment_ids", "any", RUNNING)
        return waited if True in value else ~waited
