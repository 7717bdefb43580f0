from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES
from odoo.addons.gov_hotline.models.helpdesk_ticket import KINDS, ORIGINS
from odoo.addons.gov_hotline.models.helpdesk_ticket_stage import STATES

from . import case_facts_sql

# A withdrawn appeal is neither answered in term nor late (practice: "SLA"), nor is a message that
# has become an appeal: that one is counted.
WITHDRAWN = "withdrawn"
UNCOUNTED = ("withdrawn", "converted")
STAFF = (
    "gov_hotline.group_operator,gov_hotline.group_supervisor,"
    "gov_hotline.group_approver,gov_hotline.group_auditor"
)


class HotlineReportCase(models.Model):
    """One registered appeal, with what is counted about it; `id` is that of the appeal.

    All dates are dates of the body. "Overdue" and the share answered in term depend on today, so
    they are derived at query time, with the body's today; the rest is kept (case_facts_sql.py).
    """

    _name = "hotline.report.case"
    _inherit = "hotline.report.row"
    _description = "Analysis of appeals"
    _auto = False
    _order = "received_on desc, id desc"
    _behind = "ticket_id"

    # A company at the portal sees what its objects are complained of, not whose desk it lies on.
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", readonly=True, groups=STAFF)
    team_id = fields.Many2one(groups=STAFF)
    line_id = fields.Many2one(groups=STAFF)
    operator_id = fields.Many2one("res.users", string="Who took it", readonly=True, groups=STAFF)
    officer_id = fields.Many2one(
        "res.users", string="Officer in charge", readonly=True, groups=STAFF
    )
    agency_id = fields.Many2one("res.partner", string="Main executor", readonly=True, groups=STAFF)
    against_id = fields.Many2one("res.partner", string="Complained of", readonly=True, groups=STAFF)
    track = fields.Selection(
        [("appeal", "Appeals (59-FZ, 8-FZ)"), ("message", "Messages")],
        string="Group",
        readonly=True,
    )
    kind = fields.Selection(KINDS, readonly=True)
    origin = fields.Selection(ORIGINS, string="How it came", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    # what an officer has in mind for an open appeal is no result of it
    outcome_id = fields.Many2one("hotline.outcome", readonly=True)
    received_on = fields.Date(string="Date of receipt", readonly=True)
    registered_on = fields.Date(string="Registered on", readonly=True)
    answered_on = fields.Date(string="Answered on", readonly=True)
    closed_on = fields.Date(string="Closed on", readonly=True)
    due_on = fields.Date(string="Due date", readonly=True)

    received = fields.Integer(readonly=True)
    closed = fields.Integer(string="of them closed", readonly=True)
    in_work = fields.Integer(string="of them in work", readonly=True)
    overdue = fields.Integer(string="of them overdue now", readonly=True)
    late = fields.Integer(string="of them answered late", readonly=True)
    judged = fields.Integer(string="of them answered or overdue", readonly=True)
    in_term = fields.Float(
        string="Answered in term",
        readonly=True,
        aggregator="avg",
        help="Share answered in term among those answered or overdue; withdrawn ones left out.",
    )

    def _told_name(self, record):
        """A company is told the number: what was written is the citizen's (part 2, art. 6)."""
        return super()._told_name(record) or record.number

    # Reading

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """t.id, t.id AS ticket_id, t.company_id, t.team_id, t.line_id, t.track, t.kind,
            t.origin, t.state,
            CASE WHEN t.state IN %(final)s THEN t.outcome_id END AS outcome_id, t.topic_id,
            %(place)s, %(hour)s AS hour,
            t.operator_id, t.officer_id, t.against_id, t.agency_id,
            t.received_on, t.registered_on, t.closed_on, t.due_on, t.answered_on,
            1 AS received,
            (t.state IN %(final)s)::integer AS closed,
            (t.state NOT IN %(final)s)::integer AS in_work,
            COALESCE(t.state NOT IN %(final)s AND t.due_on < today.day, FALSE)::integer AS overdue,
            COALESCE(t.answered_on > t.due_on, FALSE)::integer AS late,
            (%(in_term)s IS NOT NULL)::integer AS judged, %(in_term)s AS in_term""",
            in_term=self._in_term(),
            final=FINAL_STATES,
            place=self._place_select(SQL("t.received_on")),
            hour=self._hour(SQL("t.received_at")),
        )

    def _in_term(self):
        return SQL(
            """CASE
                WHEN t.due_on IS NULL OR t.state IN %(uncounted)s
                    OR outcome.code = %(withdrawn)s THEN NULL
                WHEN t.answered_on <= t.due_on THEN 1.0
                WHEN t.answered_on IS NOT NULL OR t.due_on < today.day THEN 0.0
            END""",
            withdrawn=WITHDRAWN,
            uncounted=UNCOUNTED,
        )

    def _from(self):
        return SQL(
            """(%(facts)s) t
            %(today)s
            %(places)s
            LEFT JOIN hotline_outcome outcome ON outcome.id = t.outcome_id""",
            facts=SQL(case_facts_sql.rows()),
            today=self._bodies_join(SQL("t.company_id")),
            places=self._place_joins(SQL("t.topic_id"), SQL("t.object_id")),
        )

    # The facts

    def init(self):
        """Make the tables of the facts where they are not as described, and what keeps them."""
        self.env.cr.execute(
            "SELECT obj_description(to_regclass(%s), 'pg_class')", (case_facts_sql.FACTS,)
        )
        if self.env.cr.fetchone() != (case_facts_sql.version(),):
            self._execute(case_facts_sql.tables())
        self._execute(case_facts_sql.triggers())

    def _refill(self):
        """Count all facts anew, after rows that no trigger has seen."""
        self._execute(case_facts_sql.refilled())

    def _execute(self, statements):
        for statement in statements:
            self.env.cr.execute(statement)

    @api.model
    def _cron_renew(self):
        """Write the facts of the appeals that have changed; what changes meanwhile is left."""
        cr = self.env.cr
        cr.execute(case_facts_sql.TAKEN)
        ids = {"ids": [one for (one,) in cr.fetchall()]}
        if ids["ids"]:
            cr.execute(case_facts_sql.GONE, ids)
            cr.execute(case_facts_sql.renewed(), ids)

    def action_open_case(self):
        """Open the case itself, by the rights of the user."""
        return self.action_open_behind()
