from babel.dates import format_date

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, get_lang

from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES
from odoo.addons.gov_hotline.models.helpdesk_ticket import KINDS, ORIGINS
from odoo.addons.gov_hotline.models.helpdesk_ticket_stage import STATES

# A withdrawn appeal is neither answered in term nor late (practice: "SLA"), nor is a message that
# has become an appeal: that one is counted.
WITHDRAWN = "withdrawn"
UNCOUNTED = ("withdrawn", "converted")


class HotlineReportCase(models.Model):
    """One registered appeal, with what is counted about it; `id` is that of the appeal.

    All dates are dates of the body. "Overdue" and the share answered in term depend on today, so
    they are derived at query time, with the body's today.
    """

    _name = "hotline.report.case"
    _description = "Analysis of appeals"
    _auto = False
    _order = "received_on desc, id desc"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", readonly=True)
    company_id = fields.Many2one("res.company", string="Body", readonly=True)
    team_id = fields.Many2one("helpdesk.ticket.team", string="Department", readonly=True)
    line_id = fields.Many2one("hotline.line", readonly=True)
    track = fields.Selection(
        [("appeal", "Appeals (59-FZ, 8-FZ)"), ("message", "Messages")],
        string="Group",
        readonly=True,
    )
    kind = fields.Selection(KINDS, readonly=True)
    origin = fields.Selection(ORIGINS, string="How it came", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    outcome_id = fields.Many2one("hotline.outcome", readonly=True)
    topic_id = fields.Many2one("hotline.topic", readonly=True)
    topic_1_id = fields.Many2one("hotline.topic", string="Topic, level 1", readonly=True)
    topic_2_id = fields.Many2one("hotline.topic", string="Topic, level 2", readonly=True)
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
    in_term = fields.Float(
        string="Answered in term",
        readonly=True,
        aggregator="avg",
        help="Share answered in term among those answered or overdue; withdrawn ones left out.",
    )

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    def _select(self):
        return SQL(
            """t.id, t.id AS ticket_id, t.company_id, t.team_id, t.line_id, t.track, t.kind,
            t.origin, t.state, t.outcome_id, t.topic_id,
            NULLIF(split_part(topic.parent_path, '/', 1), '')::integer AS topic_1_id,
            NULLIF(split_part(topic.parent_path, '/', 2), '')::integer AS topic_2_id,
            t.received_on, t.registered_on, t.closed_on, t.due_on, %(answered_on)s AS answered_on,
            1 AS received,
            (t.state IN %(final)s)::integer AS closed,
            (t.state NOT IN %(final)s)::integer AS in_work,
            COALESCE(t.state NOT IN %(final)s AND t.due_on < today.day, FALSE)::integer AS overdue,
            COALESCE(%(answered_on)s > t.due_on, FALSE)::integer AS late,
            %(in_term)s AS in_term""",
            answered_on=self._answered_on(),
            in_term=self._in_term(),
            final=FINAL_STATES,
        )

    def _answered_on(self):
        """An anonymous appeal gets no answer: the day it was closed stands for it."""
        return SQL("COALESCE(main.met_on, t.closed_on)")

    def _in_term(self):
        return SQL(
            """CASE
                WHEN t.due_on IS NULL OR t.state IN %(uncounted)s
                    OR outcome.code = %(withdrawn)s THEN NULL
                WHEN %(answered_on)s <= t.due_on THEN 1.0
                WHEN %(answered_on)s IS NOT NULL OR t.due_on < today.day THEN 0.0
            END""",
            withdrawn=WITHDRAWN,
            uncounted=UNCOUNTED,
            answered_on=self._answered_on(),
        )

    def _from(self):
        return SQL(
            """helpdesk_ticket t
            JOIN (VALUES %(today)s) AS today (company_id, day) ON today.company_id = t.company_id
            LEFT JOIN hotline_topic topic ON topic.id = t.topic_id
            LEFT JOIN hotline_outcome outcome ON outcome.id = t.outcome_id
            LEFT JOIN (
                SELECT d.ticket_id,
                    CASE WHEN bool_and(d.met_on IS NOT NULL) THEN max(d.met_on) END AS met_on
                FROM hotline_deadline d JOIN hotline_term term ON term.id = d.term_id
                WHERE term.is_main
                GROUP BY d.ticket_id
            ) main ON main.ticket_id = t.id
            WHERE t.state <> 'draft' AND t.active""",
            today=self._today_values(),
        )

    def _today_values(self):
        """Return the SQL rows (body, its today): bodies live in different time zones."""
        # sudo: the dates of all bodies; which rows a user sees is the record rule's matter
        companies = (
            self.env["res.company"].sudo().with_context(active_test=False).search(Domain.TRUE)
        )
        return SQL(", ").join(
            SQL("(%s, %s::date)", company.id, company._hotline_today()) for company in companies
        )

    def action_open_case(self):
        """Open the case itself, by the rights of the user."""
        self.ensure_one()
        return self.ticket_id.get_formview_action()

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Name months by themselves: «ноябрь 2026», where Odoo writes «ноября 2026»."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        if not groupby_spec.endswith(":month"):
            return formatter
        locale = get_lang(self.env).code

        def month_formatter(value):
            group, domain = formatter(value)
            if group:
                group = (group[0], format_date(value, "LLLL y", locale=locale))
            return group, domain

        return month_formatter
