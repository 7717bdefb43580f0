import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..domain import retention
from ..domain.transitions import FINAL_STATES
from .case_graph import CASE
from .hotline_kept import FREE

HELD = SQL("EXISTS (SELECT FROM hotline_hold h WHERE h.ticket_id = t.id AND h.lifted_on IS NULL)")
# What keeps the case `t` though its term has ended; a job looks once more before it destroys.
BOUND = SQL(
    """
    %s
    OR EXISTS (SELECT FROM hotline_task k WHERE k.ticket_id = t.id AND k.state = 'open')
    OR EXISTS (SELECT FROM hotline_stopped_topic s WHERE s.ticket_id = t.id AND s.state = 'stopped')
    """,
    HELD,
)
MOST_LINES = 3000  # in one act: it is read and signed by people


class HotlineDestruction(models.Model):
    """The list of an act: whose term has ended, and who is not free to go."""

    _inherit = "hotline.destruction"

    @api.model
    def _kept_models(self):
        """Return {kind of what is kept beside the cases: its model}: an extension point."""
        return {
            retention.CALL: "hotline.call",
            retention.RECEPTION: "hotline.reception",
            retention.TASK: "hotline.task",
            retention.CITIZEN: "res.partner",
            retention.EXTERNAL: "hotline.external.case",
        }

    @api.model
    def _last_year(self, kind=""):
        """Return the last year of closing whose shortest term has ended."""
        rules = self.env["hotline.retention"]._rules()
        years = [
            rule.years
            for rule in rules
            if (rule.kind == kind if kind else rule.kind not in retention.OTHERS)
        ]
        return self.env.company._hotline_today().year - 1 - min(years, default=0)

    @api.onchange("kind")
    def _onchange_kind(self):
        self.year_to = self._last_year(self.kind or "")

    def action_pick(self):
        """Fill the act with the cases whose term has ended, in place of those it has; officer."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self._check_draft()
        self.line_ids.sudo().unlink()  # sudo: lines are made by this act alone
        picked = self._pick()
        held = self._held_back()
        self.env["hotline.journal"]._append("destruction_pick", self, cases=picked)
        return self._told(picked, held)

    def _told(self, picked, held):
        if not picked:
            words = self.env._("Nothing may be destroyed: no term of storage has ended.")
        else:
            words = self.env._("Picked: %(count)s.", count=picked)
        if held:
            words += " " + self.env._("Marked «Do not destroy»: %(count)s.", count=held)
        if picked == MOST_LINES:
            words += " " + self.env._("The next ones go into another act.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if picked else "warning",
                "message": words,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # What there is to destroy

    def _model(self):
        """Return the model that the act destroys."""
        if self.kind in retention.OTHERS:
            return self.env.get(self._kept_models().get(self.kind, ""))
        return self.env[CASE]

    def _source(self):
        """Return the SELECT (id, company_id, number, kind, begun, ended, is_free, is_held)."""
        model = self._model()
        if model is None:
            raise UserError(self.env._("The add-on that keeps such records is not installed."))
        if model._name == CASE:
            return self._cases()
        return SQL(
            "SELECT s.id, s.company_id, s.number, %s AS kind, s.begun, s.ended, %s AS is_free,"
            " s.is_held AND s.is_ended AS is_held FROM (%s) s",
            self.kind,
            FREE,
            model._kept_rows(self.company_id),
        )

    def _cases(self):
        return SQL(
            """
            SELECT t.id, t.company_id, t.number, t.kind, t.registered_on AS begun,
                   t.closed_on AS ended, NOT (%(bound)s) AS is_free, %(held)s AS is_held
              FROM helpdesk_ticket t
             WHERE t.company_id = %(company)s AND t.state IN %(final)s AND t.closed_on IS NOT NULL
                   AND (%(kind)s IS NULL OR t.kind = %(kind)s)
            """,
            bound=BOUND,
            held=HELD,
            company=self.company_id.id,
            final=tuple(FINAL_STATES),
            kind=self.kind or None,
        )

    def _ended_groups(self):
        """Return [(kind, year, edition)] whose term has ended by today, the oldest first."""
        last = datetime.date(self.year_to or datetime.MAXYEAR, 12, 31)
        query = SQL(
            "SELECT s.kind, EXTRACT(year FROM s.ended)::int FROM (%s) s WHERE s.ended <= %s"
            " GROUP BY 1, 2 ORDER BY 2, 1",
            self._source(),
            last,
        )
        today, found = self.company_id._hotline_today(), []
        for kind, year in self.env.execute_query(query):
            term = self.env["hotline.retention"]._for(self.company_id, kind, year)
            if term and retention.is_over(datetime.date(year, 12, 31), term.years, today):
                found.append((kind, year, term))
        return found

    def _pick(self):
        """Insert the lines, the oldest first; return how many."""
        self.env.flush_all()
        left = MOST_LINES
        for kind, year, term in self._ended_groups():
            if left > 0:
                left -= self._insert(kind, year, term, left)
        self.invalidate_recordset()
        return MOST_LINES - left

    def _insert(self, kind, year, term, limit):
        """In SQL: an act has thousands of lines, and a line has nothing but the record's own."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO hotline_destruction_line
                       (act_id, company_id, res_model, ticket_ref, number, kind, registered_on,
                        closed_on, kept_until, retention_id, state, create_uid, create_date,
                        write_uid, write_date)
                SELECT %(act)s, s.company_id, %(model)s, s.id, s.number, s.kind, s.begun, s.ended,
                       %(until)s, %(term)s, 'planned', %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM (%(source)s) s
                 WHERE s.kind = %(kind)s AND s.ended BETWEEN %(first)s AND %(last)s AND s.is_free
                   AND NOT EXISTS (SELECT FROM hotline_destruction_line l
                                    WHERE l.ticket_ref = s.id AND l.res_model = %(model)s
                                      AND l.state IN ('planned', 'destroyed'))
                 ORDER BY s.ended, s.id LIMIT %(limit)s
                """,
                act=self.id,
                model=self._model()._name,
                source=self._source(),
                kind=kind,
                term=term.id,
                until=retention.kept_until(datetime.date(year, 12, 31), term.years),
                first=datetime.date(year, 1, 1),
                last=datetime.date(year, 12, 31),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                limit=limit,
            )
        )
        return self.env.cr.rowcount

    def _held_back(self):
        """Return how many only «Do not destroy» keeps out of the list."""
        groups = {(kind, year) for kind, year, _term in self._ended_groups()}
        query = SQL(
            "SELECT s.kind, EXTRACT(year FROM s.ended)::int, count(*) FROM (%s) s WHERE s.is_held"
            " GROUP BY 1, 2",
            self._source(),
        )
        rows = self.env.execute_query(query)
        return sum(count for kind, year, count in rows if (kind, year) in groups)

    def _drop_kept_now(self):
        """Take out what has become bound since it was picked."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM hotline_destruction_line l
                 WHERE l.act_id = %s
                   AND l.ticket_ref NOT IN (SELECT s.id FROM (%s) s WHERE s.is_free)
                """,
                self.id,
                self._source(),
            )
        )
        self.invalidate_recordset()
        if not self.line_ids:
            raise UserError(self.env._("None of these cases may be destroyed: pick them anew."))
