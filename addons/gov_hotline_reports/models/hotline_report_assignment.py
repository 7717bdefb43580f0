from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.models.hotline_assignment import KINDS, STATES


class HotlineReportAssignment(models.Model):
    """One assignment, forwarding or request that was sent: who keeps the control dates (C1, D9).

    Answered in time: the final answer came by the control date. One without a control date, and
    one that was withdrawn or sent back as not theirs, is neither in time nor late.
    """

    _name = "hotline.report.assignment"
    _inherit = "hotline.report.row"
    _description = "Analysis of assignments"
    _auto = False
    _order = "sent_on desc, id desc"
    _behind = "assignment_id"

    assignment_id = fields.Many2one("hotline.assignment", readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", readonly=True)
    addressee_kind = fields.Selection(KINDS, string="Whose", readonly=True)
    agency_id = fields.Many2one("res.partner", string="Addressee", readonly=True)
    executor_id = fields.Many2one("res.users", readonly=True)
    officer_id = fields.Many2one("res.users", string="Officer in charge", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    sent_on = fields.Date(string="Date of sending", readonly=True)
    control_on = fields.Date(string="Control date", readonly=True)
    answered_on = fields.Date(string="Answered on", readonly=True)

    sent = fields.Integer(string="Assignments", readonly=True)
    awaited = fields.Integer(string="Answer awaited", readonly=True)
    in_time = fields.Integer(string="Answered in time", readonly=True)
    late = fields.Integer(string="Answered late", readonly=True)
    overdue = fields.Integer(string="Overdue now", readonly=True)
    returned = fields.Integer(string="Not their competence", readonly=True)
    days = fields.Float(
        string="Days to the answer", readonly=True, aggregator="avg", digits=(16, 1)
    )
    days_late = fields.Integer(string="Days over the date", readonly=True)
    judged = fields.Integer(string="Answered or overdue", readonly=True)
    discipline = fields.Float(
        string="Kept the date",
        readonly=True,
        aggregator="avg",
        help="Share answered in time among those answered or overdue.",
    )

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """a.id, a.id AS assignment_id, a.ticket_id, a.company_id, t.team_id, t.line_id,
            t.topic_id, %(place)s, NULL::varchar AS hour, a.addressee_kind,
            a.partner_id AS agency_id, a.executor_user_id AS executor_id,
            t.user_id AS officer_id, a.state, a.sent_on, a.control_on,
            answer.came_on AS answered_on,
            1 AS sent, %(awaited)s::integer AS awaited, %(in_time)s::integer AS in_time,
            %(late)s::integer AS late, %(overdue)s::integer AS overdue,
            (a.state = 'returned')::integer AS returned,
            (answer.came_on - a.sent_on)::float AS days,
            CASE WHEN %(late)s THEN answer.came_on - a.control_on
                 WHEN %(overdue)s THEN today.day - a.control_on ELSE 0 END AS days_late,
            (%(in_time)s OR %(late)s OR %(overdue)s)::integer AS judged,
            CASE WHEN %(in_time)s THEN 1.0 WHEN %(late)s OR %(overdue)s THEN 0.0 END AS discipline
            """,
            place=self._place_select(SQL("t.received_on")),
            **self._judged(),
        )

    def _judged(self):
        counted = "a.state NOT IN ('returned', 'withdrawn') AND COALESCE(answer.came_on"
        # a forwarding to another body ends with it: the answer is the applicant's, unless asked for
        awaited = (
            "(a.state = 'sent' AND (a.addressee_kind <> 'other_body'"
            " OR (a.ask_result AND a.result_on IS NULL)))"
        )
        return {
            "awaited": SQL(awaited),
            "in_time": SQL(f"({counted} <= a.control_on, FALSE))"),
            "late": SQL(f"({counted} > a.control_on, FALSE))"),
            "overdue": SQL(f"({awaited} AND COALESCE(a.control_on < today.day, FALSE))"),
        }

    def _from(self):
        return SQL(
            """hotline_assignment a
            JOIN helpdesk_ticket t ON t.id = a.ticket_id AND t.active
            LEFT JOIN LATERAL (
                SELECT max(one.received_on) AS came_on FROM hotline_assignment_answer one
                 WHERE one.assignment_id = a.id AND one.is_final
            ) final ON TRUE
            CROSS JOIN LATERAL (
                SELECT CASE WHEN a.state IN ('answered', 'accepted') THEN final.came_on
                            ELSE a.result_on END AS came_on
            ) answer
            %(today)s %(places)s
            WHERE a.state <> 'draft' AND a.sent_on IS NOT NULL""",
            today=self._bodies_join(SQL("a.company_id")),
            places=self._place_joins(SQL("t.topic_id"), SQL("t.object_id")),
        )
