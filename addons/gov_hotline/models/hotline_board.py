from datetime import datetime, time

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import board, clock
from .hotline_operator_state import STATES

NO_LINE = 0
EMPTY = {
    **dict.fromkeys(("waiting", "ringing", "callbacks", "callbacks_late"), 0),
    **dict.fromkeys(("promises_late", "alarms"), 0),
}

_TALLIES = """
    SELECT COALESCE(c.line_id, 0), c.answered_at IS NOT NULL OR c.fate = 'answered',
           COALESCE(c.fate, ''), %(asked)s, COALESCE(c.wait_seconds, 0), count(*)
      FROM hotline_call c JOIN (VALUES %(since)s) AS body(id, since) ON body.id = c.company_id
     WHERE c.direction = 'in' AND c.phase IS NOT NULL AND c.started_at >= body.since
       AND (c.answered_at IS NOT NULL OR c.fate IS NOT NULL)
     GROUP BY 1, 2, 3, 4, 5
"""
_WAITING = """
    SELECT COALESCE(line_id, 0) AS line, count(*) AS waiting,
           count(*) FILTER (WHERE phase = 'ringing') AS ringing,
           min(COALESCE(queued_at, started_at)) AS longest_since
      FROM hotline_call
     WHERE phase IN ('waiting', 'ringing') AND direction = 'in' AND company_id = ANY(%(bodies)s)
       AND (queued_at IS NOT NULL OR phase = 'ringing')
     GROUP BY 1
"""
_TASKS = """
    SELECT COALESCE(c.line_id, 0) AS line, count(*) FILTER (WHERE t.kind = 'callback') AS callbacks,
           count(*) FILTER (WHERE t.kind = 'callback' AND t.due_at < %(now)s) AS callbacks_late,
           count(*) FILTER (WHERE t.kind = 'promise' AND t.due_at < %(now)s) AS promises_late
      FROM hotline_task t LEFT JOIN hotline_call c ON c.id = t.call_id
     WHERE t.state = 'open' AND t.kind IN ('callback', 'promise')
       AND t.company_id = ANY(%(bodies)s)
     GROUP BY 1
"""
_ALARMS = """
    SELECT COALESCE(c.line_id, 0) AS line, count(*) AS alarms
      FROM hotline_alarm a JOIN hotline_call c ON c.id = a.call_id
      JOIN hotline_script_card card ON card.id = a.card_id AND card.alarm
     WHERE a.taken_at IS NULL AND a.undone_at IS NULL AND a.company_id = ANY(%(bodies)s)
     GROUP BY 1
"""


class HotlineBoard(models.AbstractModel):
    """What goes on at the lines now, and how their day goes: one reading for any number of lines.

    Fed by telephony; what each figure means stands in domain/board.py.
    """

    _name = "hotline.board"
    _description = "Board of the shift"

    @api.model
    @api.readonly
    def look(self):
        """Return what the board shows of the user's bodies. Supervisor and auditor.

        {now, day, lines: [figures, with id and name], total: figures, operators, states, troubles,
        supervises}; moments of UTC, `day` of the body.
        """
        self.env["helpdesk.ticket"]._require_role("supervisor", "auditor")
        bodies = self.env.companies
        people = self._people(bodies)
        return {
            "now": fields.Datetime.to_string(fields.Datetime.now()),
            "day": fields.Date.to_string(self.env.company._hotline_today()),
            **self._figures(bodies, people),
            "operators": [self._person(one, lines, bodies) for one, lines in people.items()],
            "states": self._state_words(),
            "troubles": self._troubles(bodies),
            "supervises": self._supervises(),
        }

    # Figures: nothing personal in them

    @api.model
    def _figures(self, bodies, people=None):
        """Return {lines, total} of `bodies`; who asks has checked whose they may be."""
        people = self._people(bodies) if people is None else people
        self.env.flush_all()
        tallies, live = self._tallies(bodies), self._live(bodies)
        lines = self._lines(bodies, {*tallies, *live})
        days = {
            line: board.day(tallies.get(line.id or NO_LINE, ()), line._aims()) for line in lines
        }
        rows = [
            {
                "id": line.id or NO_LINE,
                "name": line.name or self.env._("No line"),
                "aims": self._aims_vals(line),
                **self._row(day, live.get(line.id or NO_LINE)),
                "operators": self._count_states(people, line),
            }
            for line, day in days.items()
        ]
        return {"lines": rows, "total": self._total(days, live, people)}

    @api.model
    def _lines(self, bodies, used):
        """Return the lines of the board; an archived one and none only where they have figures."""
        # sudo: names and aims of lines
        all_ = self.env["hotline.line"].sudo().with_context(active_test=False)
        lines = all_.search([("company_id", "in", bodies.ids)])
        shown = list(lines.filtered(lambda line: line.active or line.id in used))
        return [*shown, all_.browse()] if NO_LINE in used else shown

    @api.model
    def _aims_vals(self, line):
        aims = line._aims()
        return {"seconds": aims.seconds, "level": aims.level, "lost": aims.lost}

    @api.model
    def _row(self, day, live):
        return {
            **{name: getattr(day, name) for name in (*board.ENDS, "answered", "offered")},
            **{name: getattr(day, name) for name in ("level", "lost_share")},
            **{name: getattr(day, name) for name in ("keeps_level", "keeps_lost")},
            **EMPTY,
            "longest_since": False,
            **(live or {}),
        }

    @api.model
    def _total(self, days, live, people):
        row = self._row(board.total(days.values()), None)
        for name in EMPTY:
            row[name] = sum(one.get(name, 0) for one in live.values())
        since = [one["longest_since"] for one in live.values() if one.get("longest_since")]
        return {
            **row,
            "longest_since": min(since, default=False),
            "operators": self._count_states(people),
        }

    @api.model
    def _tallies(self, bodies):
        """Return {line: its calls of today}."""
        found = {}
        for row in self.env.execute_query(self._tallies_sql(bodies)):
            tally = board.Tally(*row)
            found.setdefault(tally.line, []).append(tally)
        return found

    @api.model
    def _tallies_sql(self, bodies):
        since = SQL(", ").join(
            SQL("(%s::int4, %s::timestamp)", body.id, self._day_begins(body)) for body in bodies
        )
        return SQL(_TALLIES, asked=self._asked_sql(), since=since)

    @api.model
    def _day_begins(self, body):
        """Return the naive UTC moment when the body's day began."""
        midnight = datetime.combine(body._hotline_today(), time.min)
        return clock.utc_of_body(midnight, body.hotline_tz)

    @api.model
    def _asked_sql(self):
        """Return whether a call `c` asked to be called back: an extension point."""
        return SQL("FALSE")

    @api.model
    def _live(self, bodies):
        """Return {line: {name: value}} of what stands now."""
        found = {}
        values = {"bodies": bodies.ids, "now": fields.Datetime.now()}
        for query in (_WAITING, _TASKS, _ALARMS):
            self.env.cr.execute(SQL(query, **values))
            for row in self.env.cr.dictfetchall():
                found.setdefault(row.pop("line"), {}).update(row)
        for one in found.values():
            since = one.get("longest_since")
            one["longest_since"] = fields.Datetime.to_string(since) if since else False
        return found

    # Operators

    @api.model
    def _people(self, bodies):
        """Return {current state of who is on the line: ids of the lines, None for all}."""
        states = self.env["hotline.operator.state"].sudo()  # sudo: how many, asked by the figures
        found = states.search(
            [
                *(("until", "=", False), ("state", "!=", "offline")),
                ("company_id", "in", bodies.ids),
            ],
            order="since, id",
        )
        lines = self._lines_of(found)
        return {one: lines.get(one.id) for one in found}

    @api.model
    def _lines_of(self, states):
        """Return {state: ids of the lines its operator serves}: an extension point."""
        return {}

    @api.model
    def _count_states(self, people, line=None):
        counts = dict.fromkeys([code for code, _words in STATES if code != "offline"], 0)
        for one, lines in people.items():
            if line is None or lines is None or line.id in lines:
                counts[one.state] += 1
        return counts

    @api.model
    def _person(self, one, lines, bodies):
        """Return how the board shows an operator; a call of another body stays unnamed."""
        call = one.call_id if one.call_id.company_id in bodies else one.call_id.browse()
        return {
            "id": one.id,
            "user_id": one.user_id.id,
            "name": one.user_id.name,
            "state": one.state,
            "reason": one.reason_id.name or "",
            "since": fields.Datetime.to_string(one.since),
            "call_id": call.id,
            "call": call.number or "",
            "line": call.line_id.name or "",
            "lines": lines,
        }

    @api.model
    def _state_words(self):
        described = self.env["hotline.operator.state"]._fields["state"]
        return dict(described._description_selection(self.env))

    # What telephony adds

    @api.model
    def _troubles(self, bodies):
        """Return in words why the figures may be incomplete: an extension point."""
        return []

    @api.model
    def _supervises(self):
        """Return whether the user may listen in from here: an extension point."""
        return False
