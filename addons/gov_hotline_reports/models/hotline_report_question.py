from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES
from odoo.addons.gov_hotline.models.helpdesk_ticket import KINDS, ORIGINS


class HotlineReportQuestion(models.Model):
    """One question of a registered appeal: what is asked most often, and what came of it."""

    _name = "hotline.report.question"
    _inherit = "hotline.report.row"
    _description = "Analysis of questions"
    _auto = False
    _order = "received_on desc, id desc"
    _behind = "question_id"

    question_id = fields.Many2one("hotline.question", readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    origin = fields.Selection(ORIGINS, string="How it came", readonly=True)
    agency_id = fields.Many2one("res.partner", string="Competent body", readonly=True)
    # what is chosen beforehand while the appeal is open is no result of it
    outcome_id = fields.Many2one("hotline.outcome", readonly=True)
    officer_id = fields.Many2one("res.users", string="Officer in charge", readonly=True)
    received_on = fields.Date(string="Date of receipt", readonly=True)
    closed_on = fields.Date(string="Closed on", readonly=True)

    asked = fields.Integer(string="Questions", readonly=True)
    decided = fields.Integer(string="of them decided", readonly=True)
    in_work = fields.Integer(string="of them in work", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT q.id, q.id AS question_id, q.ticket_id, t.company_id, t.team_id, t.line_id,
            t.kind, t.origin, q.topic_id, %(place)s, %(hour)s AS hour,
            q.competent_body_id AS agency_id,
            CASE WHEN t.state IN %(final)s THEN q.outcome_id END AS outcome_id,
            t.user_id AS officer_id, t.received_on, t.closed_on, 1 AS asked,
            (t.state IN %(final)s AND q.outcome_id IS NOT NULL)::integer AS decided,
            (t.state NOT IN %(final)s)::integer AS in_work
            FROM hotline_question q
            JOIN helpdesk_ticket t ON t.id = q.ticket_id AND t.active
                 AND t.state NOT IN ('draft', 'converted')
            %(today)s %(places)s""",
            place=self._place_select(SQL("t.received_on")),
            hour=self._hour(SQL("t.received_at")),
            final=FINAL_STATES,
            today=self._bodies_join(SQL("t.company_id")),
            places=self._place_joins(SQL("q.topic_id"), SQL("t.object_id")),
        )
