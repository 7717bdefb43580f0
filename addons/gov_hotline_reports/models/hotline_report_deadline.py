from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES
from odoo.addons.gov_hotline.models.helpdesk_ticket import KINDS
from odoo.addons.gov_hotline.models.helpdesk_ticket_stage import STATES as APPEAL_STATES

from . import case_facts_sql
from .hotline_report_case import UNCOUNTED, WITHDRAWN

EXECUTOR = "executor"
STATES = [
    ("kept", "Kept"),
    ("late", "Done late"),
    ("overdue", "Overdue now"),
    ("running", "Runs"),
    ("dropped", "Left out"),
]


class HotlineReportDeadline(models.Model):
    """One date that had to be kept: a term of an appeal or the control date of an assignment.

    The dates are those stored by the acts; nothing of the law is counted here. Kept: done by the
    date. Broken: done late, overdue now, or not done when the appeal ended after the date. Left
    out of both: the appeal was withdrawn or became another one, it ended before the date came, the
    assignment was withdrawn or sent back. A deferred appeal suspends none of its terms.
    """

    _name = "hotline.report.deadline"
    _inherit = "hotline.report.row"
    _description = "Analysis of deadlines"
    _auto = False
    _order = "due_on desc, id desc"
    _behind = "ticket_id"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", readonly=True)
    stage = fields.Selection("_selection_stage", string="What was due", readonly=True)
    term_id = fields.Many2one("hotline.term", readonly=True)
    is_main = fields.Boolean(string="Term of the answer", readonly=True)
    agency_id = fields.Many2one("res.partner", string="Executor", readonly=True)
    officer_id = fields.Many2one("res.users", string="Officer in charge", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    appeal_state = fields.Selection(APPEAL_STATES, string="State of the appeal", readonly=True)
    state = fields.Selection(STATES, string="How it went", readonly=True)
    due_on = fields.Date(string="Due date", readonly=True)
    done_on = fields.Date(string="Done on", readonly=True)

    due = fields.Integer(string="Dates", readonly=True)
    kept = fields.Integer(string="Dates kept", readonly=True)
    broken = fields.Integer(string="Dates broken", readonly=True)
    overdue = fields.Integer(string="of them overdue now", readonly=True)
    running = fields.Integer(string="Not due yet", readonly=True)
    moved = fields.Integer(string="The date was moved", readonly=True)
    deferred = fields.Integer(string="Of deferred appeals", readonly=True)
    dropped = fields.Integer(string="Left out", readonly=True)
    days_late = fields.Integer(string="Days over the date", readonly=True)
    kept_share = fields.Float(
        string="Share kept",
        readonly=True,
        aggregator="avg",
        help="Share kept among those kept or broken.",
    )

    def _selection_stage(self):
        """Return what terms are for, and the control dates of executors."""
        purposes = self.env["hotline.term"]._fields["purpose"]._description_selection(self.env)
        return [*purposes, (EXECUTOR, self.env._("Executor's answer"))]

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """d.id, d.ticket_id, t.company_id, t.team_id, t.line_id, t.topic_id, %(place)s,
            NULL::varchar AS hour, d.stage, d.term_id, d.is_main,
            COALESCE(d.agency_id, %(agency)s) AS agency_id, t.user_id AS officer_id, t.kind,
            t.state AS appeal_state, judged.state,
            d.due_on, ended.done_on, 1 AS due, (judged.state = 'kept')::integer AS kept,
            (judged.state IN ('late', 'overdue'))::integer AS broken,
            (judged.state = 'overdue')::integer AS overdue,
            (judged.state = 'running')::integer AS running,
            d.moved::integer AS moved,
            (judged.state IN ('running', 'overdue') AND t.state = 'deferred')::integer AS deferred,
            (judged.state = 'dropped')::integer AS dropped,
            CASE judged.state WHEN 'late' THEN COALESCE(ended.done_on, t.closed_on) - d.due_on
                 WHEN 'overdue' THEN today.day - d.due_on ELSE 0 END AS days_late,
            CASE WHEN judged.state = 'kept' THEN 1.0
                 WHEN judged.state IN ('late', 'overdue') THEN 0.0 END AS kept_share""",
            place=self._place_select(SQL("t.received_on")),
            agency=SQL(case_facts_sql.COLUMNS["agency_id"][1]),
        )

    def _from(self):
        """Return the joins; an anonymous appeal gets no answer: its closing stands for it."""
        return SQL(
            """(%(terms)s UNION ALL %(assignments)s) d
            JOIN helpdesk_ticket t ON t.id = d.ticket_id AND t.active AND t.state <> 'draft'
            %(today)s %(places)s
            LEFT JOIN hotline_outcome outcome ON outcome.id = t.outcome_id
            CROSS JOIN LATERAL (
                SELECT COALESCE(d.met_on, CASE WHEN d.is_main THEN t.closed_on END) AS done_on
            ) ended
            CROSS JOIN LATERAL (SELECT %(state)s AS state) judged""",
            terms=self._terms(),
            assignments=self._assignments(),
            today=self._bodies_join(SQL("t.company_id")),
            places=self._place_joins(SQL("t.topic_id"), SQL("t.object_id")),
            state=self._state(),
        )

    def _state(self):
        return SQL(
            """CASE
                WHEN d.is_off OR t.state IN %(uncounted)s OR outcome.code = %(withdrawn)s
                    THEN 'dropped'
                WHEN ended.done_on <= d.due_on THEN 'kept'
                WHEN ended.done_on > d.due_on THEN 'late'
                WHEN t.state IN %(final)s THEN
                    CASE WHEN t.closed_on > d.due_on THEN 'late' ELSE 'dropped' END
                WHEN d.due_on < today.day THEN 'overdue'
                ELSE 'running'
            END""",
            uncounted=UNCOUNTED,
            withdrawn=WITHDRAWN,
            final=FINAL_STATES,
        )

    def _terms(self):
        return SQL(
            """SELECT one.id::bigint * 2 AS id, one.ticket_id, term.purpose AS stage, one.term_id,
                term.is_main, NULL::integer AS agency_id, one.due_on, one.met_on, FALSE AS is_off,
                (term.is_main AND EXISTS (SELECT FROM hotline_extension e
                  WHERE e.ticket_id = one.ticket_id AND e.state = 'decided'))
                OR EXISTS (SELECT FROM hotline_recalculation_line line
                  WHERE line.deadline_id = one.id AND line.state = 'applied') AS moved
            FROM hotline_deadline one JOIN hotline_term term ON term.id = one.term_id"""
        )

    def _assignments(self):
        """Return the control dates of what was sent, judged as the analysis of assignments does."""
        return SQL(
            """SELECT one.id::bigint * 2 + 1, one.ticket_id, %(stage)s, NULL::integer, FALSE,
                one.agency_id, one.control_on, one.answered_on,
                one.awaited + one.in_time + one.late = 0,
                a.ask_state IS NOT DISTINCT FROM 'given' OR EXISTS (
                    SELECT FROM hotline_journal told
                     WHERE told.model = 'helpdesk.ticket' AND told.res_ref = a.ticket_id
                       AND told.event = 'assignment_control_moved'
                       AND told.payload::jsonb ->> 'assignment' = a.id::text)
            FROM (%(assignments)s) one JOIN hotline_assignment a ON a.id = one.id
            WHERE one.control_on IS NOT NULL""",
            stage=EXECUTOR,
            assignments=self.env["hotline.report.assignment"]._table_query,
        )
