from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.models.hotline_operator_state import STATES

PARTS = 1000  # days that one state may span


class HotlineReportShift(models.Model):
    """How an operator's day went: one state of an operator within one day of the body.

    What lasts over midnight is two rows; what lasts still is counted until now.
    """

    _name = "hotline.report.shift"
    _description = "Analysis of operators' days"
    _auto = False
    _order = "day desc, began desc, id desc"
    _inherit = "hotline.report.row"
    _behind = "state_id"

    state_id = fields.Many2one("hotline.operator.state", string="What it is of", readonly=True)
    operator_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    reason_id = fields.Many2one("hotline.pause.reason", readonly=True)
    day = fields.Date(readonly=True)
    began = fields.Datetime(string="Since", readonly=True)

    on_line = fields.Float(string="Shift, h", readonly=True)
    talking = fields.Float(string="Talked, h", readonly=True)
    ready = fields.Float(string="Free, h", readonly=True)
    wrap_up = fields.Float(string="Finished calls, h", readonly=True)
    paused = fields.Float(string="Pause, h", readonly=True)
    talks = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT s.id::bigint * %(parts)s + part.number - 1 AS id, s.id AS state_id,
            s.company_id, s.user_id AS operator_id, s.state, s.reason_id, part.day::date AS day,
            s.since AS began, to_char(part.from_at, 'HH24:00') AS hour,
            NULL::integer AS team_id, call.line_id, %(nothing)s,
            lasted.hours AS on_line, %(hours)s,
            (s.state = 'talking' AND part.number = 1)::integer AS talks
            FROM hotline_operator_state s
            %(today)s
            LEFT JOIN hotline_call call ON call.id = s.call_id
            CROSS JOIN LATERAL (
                SELECT %(since)s AS since, %(until)s AS until
            ) body
            CROSS JOIN LATERAL (
                SELECT row_number() OVER (ORDER BY one) AS number, one AS day,
                       GREATEST(body.since, one) AS from_at,
                       LEAST(body.until, one + interval '1 day') AS to_at
                  FROM generate_series(date_trunc('day', body.since),
                       LEAST(body.until, body.since + interval '30 days'), interval '1 day') one
            ) part
            CROSS JOIN LATERAL (
                SELECT extract(epoch FROM part.to_at - part.from_at)::float / 3600 AS hours
            ) lasted
            WHERE s.state <> 'offline' AND (part.to_at > part.from_at OR part.number = 1)""",
            parts=PARTS,
            nothing=self._nothing(),
            hours=self._hours(),
            since=self._local(SQL("s.since")),
            until=self._local(SQL("COALESCE(s.until, now() AT TIME ZONE 'UTC')")),
            today=self._bodies_join(SQL("s.company_id")),
        )

    def _nothing(self):
        """A state is about no topic and no place."""
        names = [f"topic_{level}_id" for level in range(1, 6)]
        names += ["topic_id", "territory_id", "district_id", "object_id", "responsible_id"]
        return SQL(", ").join(SQL("NULL::integer AS %s", SQL.identifier(name)) for name in names)

    def _hours(self):
        states = {
            "talking": ("talking",), "ready": ("ready", "ringing"), "wrap_up": ("wrap_up",),
            "paused": ("paused",),
        }  # fmt: skip
        return SQL(", ").join(
            SQL(
                "CASE WHEN s.state IN %s THEN lasted.hours ELSE 0 END AS %s",
                *(codes, SQL.identifier(name)),
            )
            for name, codes in states.items()
        )
