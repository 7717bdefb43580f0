from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain.board import GAVE_UP, Aims
from odoo.addons.gov_hotline.models.hotline_call_phone import FATES
from odoo.addons.gov_hotline.models.hotline_disposition import GROUPS

ENDS = [
    ("in_time", "Answered in time"),
    ("late", "Answered late"),
    ("lost", "Lost"),
    ("asked", "Asked to be called back"),
    ("short", "Given up at once"),
]
SOLVED = ("consultation", "status", "thanks", "tech", "other")
# an appeal came of the call; told of one that was there before it is what most calls are solved by
MADE = """EXISTS (SELECT FROM helpdesk_ticket made
    WHERE made.id = c.ticket_id AND made.received_at >= c.started_at)"""
USUAL = Aims()
# A day of the body lies within three of Greenwich, whatever its zone: days to add for the bounds.
SINCE, BEFORE = {">=": -1, ">": -1, "=": -1}, {"<=": 2, "<": 1, "=": 2}


class HotlineReportCall(models.Model):
    """One call: how it was answered, by whom, about what. Nothing of who called.

    `end` is counted as the board of the shift counts it (domain/board.py), with the aims of the
    line. Solved at once: somebody talked, the group is known, and neither an appeal nor a transfer
    came of it.
    """

    _name = "hotline.report.call"
    _inherit = "hotline.report.row"
    _description = "Analysis of calls"
    _auto = False
    _order = "day desc, id desc"
    _behind = "call_id"

    call_id = fields.Many2one("hotline.call", readonly=True)
    day = fields.Date(readonly=True)
    started_at = fields.Datetime(string="Began at", readonly=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], readonly=True)
    medium = fields.Selection([("phone", "Telephone"), ("visit", "Personal visit")], readonly=True)
    operator_id = fields.Many2one("res.users", readonly=True)
    queue_id = fields.Many2one("hotline.queue", readonly=True)
    agency_id = fields.Many2one("res.partner", string="Redirected to or thanked", readonly=True)
    group = fields.Selection(GROUPS, readonly=True)
    disposition_id = fields.Many2one("hotline.disposition", readonly=True)
    redirect_cause = fields.Selection(
        lambda self: (
            self.env["hotline.call"]._fields["redirect_cause"]._description_selection(self.env)
        ),
        string="Why it was transferred",
        readonly=True,
    )
    fate = fields.Selection(FATES, string="How it ended", readonly=True)
    end = fields.Selection(ENDS, string="Counts as", readonly=True)

    calls = fields.Integer(readonly=True)
    talks = fields.Integer(readonly=True)
    offered = fields.Integer(string="Came to people", readonly=True)
    in_time = fields.Integer(string="Answered in time", readonly=True)
    late = fields.Integer(string="Answered late", readonly=True)
    lost = fields.Integer(readonly=True)
    transfers = fields.Integer(readonly=True)
    thanks = fields.Integer(readonly=True)
    level = fields.Float(string="Service level", readonly=True, aggregator="avg")
    lost_share = fields.Float(string="Share of lost", readonly=True, aggregator="avg")
    judged = fields.Integer(string="Talks of a known group", readonly=True)
    solved = fields.Float(string="Solved at once", readonly=True, aggregator="avg")
    wait = fields.Float(string="Waited, s", readonly=True, aggregator="avg", digits=(16, 0))
    talk_minutes = fields.Float(string="Talked, min", readonly=True, digits=(16, 0))
    talk = fields.Float(string="A talk lasts, s", readonly=True, aggregator="avg", digits=(16, 0))

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Say of a day when it was by Greenwich, too: of that there is an index."""
        bounded = Domain(domain).map_conditions(self._bounded)
        return super()._search(bounded, *args, **kwargs)

    @api.model
    def _bounded(self, condition):
        if condition.field_expr != "day" or condition.operator not in {*SINCE, *BEFORE}:
            return condition
        try:
            midnight = datetime.combine(fields.Date.to_date(condition.value), time())
        except (TypeError, ValueError):  # no day, or one in words
            return condition
        return condition & Domain.AND(
            Domain("started_at", operator, midnight + timedelta(days=bounds[condition.operator]))
            for operator, bounds in ((">=", SINCE), ("<", BEFORE))
            if condition.operator in bounds
        )

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    def _select(self):
        talked = "(c.answered_at IS NOT NULL OR c.fate = 'answered' OR c.source = 'manual')"
        moved = "(c.redirect_cause IS NOT NULL OR c.\"group\" = 'redirect')"
        judged = f"{talked} AND c.direction = 'in' AND c.\"group\" IS NOT NULL"
        offered = "judged.\"end\" IN ('in_time', 'late', 'lost', 'asked')"
        return SQL(
            """c.id, c.id AS call_id, c.company_id, line.team_id, c.line_id, c.topic_id, %(place)s,
            %(local)s::date AS day, c.started_at, %(hour)s AS hour, c.direction, c.medium,
            c.operator_id, c.queue_id, c.agency_id, c."group", c.disposition_id,
            c.redirect_cause, c.fate,
            judged."end", 1 AS calls, %(talked)s::integer AS talks,
            COALESCE(%(offered)s, FALSE)::integer AS offered,
            COALESCE(judged."end" = 'in_time', FALSE)::integer AS in_time,
            COALESCE(judged."end" = 'late', FALSE)::integer AS late,
            COALESCE(judged."end" = 'lost', FALSE)::integer AS lost,
            COALESCE(%(moved)s, FALSE)::integer AS transfers,
            COALESCE(c."group" = 'thanks', FALSE)::integer AS thanks,
            CASE WHEN %(offered)s THEN (judged."end" = 'in_time')::integer::float END AS level,
            CASE WHEN %(offered)s THEN (judged."end" = 'lost')::integer::float END AS lost_share,
            (%(judged)s)::integer AS judged,
            CASE WHEN %(judged)s THEN
                (c."group" IN %(solved)s AND NOT %(made)s AND NOT COALESCE(%(moved)s, FALSE)
                )::integer::float END AS solved,
            CASE WHEN %(offered)s THEN COALESCE(c.wait_seconds, 0)::float END AS wait,
            CASE WHEN %(talked)s THEN c.talk_seconds END / 60.0 AS talk_minutes,
            CASE WHEN %(talked)s THEN c.talk_seconds::float END AS talk""",
            place=self._place_select(SQL("%s::date", self._local(SQL("c.started_at")))),
            local=self._local(SQL("c.started_at")),
            hour=self._hour(SQL("c.started_at")),
            talked=SQL(talked),
            moved=SQL(moved),
            offered=SQL(offered),
            judged=SQL(judged),
            made=SQL(MADE),
            solved=SOLVED,
        )

    def _from(self):
        return SQL(
            """hotline_call c
            %(today)s
            LEFT JOIN hotline_line line ON line.id = c.line_id
            %(places)s
            CROSS JOIN LATERAL (SELECT %(end)s AS "end") judged""",
            today=self._bodies_join(SQL("c.company_id")),
            places=self._place_joins(SQL("c.topic_id"), SQL("c.object_id")),
            end=self._end(),
        )

    def _end(self):
        """Return in SQL what `board.end` says."""
        return SQL(
            """CASE WHEN c.direction <> 'in' OR c.phase IS NULL THEN NULL
            WHEN c.answered_at IS NOT NULL OR c.fate = 'answered' THEN
                CASE WHEN COALESCE(c.wait_seconds, 0) <= COALESCE(line.answer_seconds, %(seconds)s)
                     THEN 'in_time' ELSE 'late' END
            WHEN c.fate IS NULL THEN NULL
            WHEN %(asked)s THEN 'asked'
            WHEN c.fate = %(gave_up)s
                 AND COALESCE(c.wait_seconds, 0) < COALESCE(line.short_seconds, %(short)s)
                THEN 'short'
            ELSE 'lost' END""",
            seconds=USUAL.seconds,
            short=USUAL.short,
            asked=self.env["hotline.board"]._asked_sql(),
            gave_up=GAVE_UP,
        )
