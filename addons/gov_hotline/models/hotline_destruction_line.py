import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..domain import retention
from ..domain.transitions import FINAL_STATES
from .helpdesk_ticket import KINDS

_logger = logging.getLogger(__name__)
# What keeps the case `t` though its term has ended; a job looks once more before it destroys.
BOUND = SQL(
    """
    EXISTS (SELECT FROM hotline_hold h WHERE h.ticket_id = t.id AND h.lifted_on IS NULL)
    OR EXISTS (SELECT FROM hotline_task k WHERE k.ticket_id = t.id AND k.state = 'open')
    OR EXISTS (SELECT FROM hotline_stopped_topic s WHERE s.ticket_id = t.id AND s.state = 'stopped')
    """
)
MOST_LINES = 3000  # in one act: it is read and signed by people
LINE_STATES = [
    (retention.PLANNED, "To be destroyed"),
    (retention.DESTROYED, "Destroyed"),
    (retention.KEPT, "Left alone"),
]


class HotlineDestructionLine(models.Model):
    """A case in an act: what remains of it. Number and dates, no name, no link that could break."""

    _name = "hotline.destruction.line"
    _inherit = "hotline.by.act"
    _description = "Case in an act of destruction"
    _order = "closed_on, ticket_ref"
    _rec_name = "number"

    act_id = fields.Many2one(
        "hotline.destruction",
        string="Act of destruction",
        required=True,
        index=True,
        ondelete="cascade",
    )
    act_date = fields.Date(related="act_id.act_date", string="Date of the act")
    company_id = fields.Many2one(related="act_id.company_id", store=True, index=True)
    ticket_ref = fields.Integer(string="Record of the journal", required=True)
    number = fields.Char(string="Appeal No.", required=True, index=True)
    kind = fields.Selection(KINDS, required=True)
    registered_on = fields.Date(string="Registered")
    closed_on = fields.Date(string="Closed", required=True)
    kept_until = fields.Date(string="Kept until", required=True)
    retention_id = fields.Many2one("hotline.retention", string="Term", ondelete="restrict")
    state = fields.Selection(LINE_STATES, required=True, default=retention.PLANNED, index=True)
    destroyed_at = fields.Datetime(string="Destroyed on")
    record_count = fields.Integer(string="Records")
    file_count = fields.Integer(string="Files")
    why = fields.Char(string="Why it was left alone")

    # A case is in one act at a time, and is destroyed once.
    _case_uniq = models.UniqueIndex(
        "(ticket_ref) WHERE state IN ('planned', 'destroyed')", "This case is in an act already."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.act_id._check_draft()

    # One case

    def _case(self):
        # sudo: the act has been approved; whoever carries it out need not read every department
        return self.env["helpdesk.ticket"].sudo().browse(self.ticket_ref).exists()

    def _destroy(self):
        """Destroy the case, or say why it was left alone. Another's failure stops nobody."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._destroy_or_keep()
        except psycopg2.OperationalError:
            raise  # the job is repeated: two transactions met
        except Exception as error:  # whatever hangs on it, the next one has its turn
            _logger.info("case %s was not destroyed", self.ticket_ref, exc_info=True)
            self.env.invalidate_all(flush=False)
            words = error.args[0] if isinstance(error, UserError) else type(error).__name__
            self._keep(self.env._("An error, tell the administrator: %(error)s", error=words))

    def _destroy_or_keep(self):
        case = self._case()
        reasons = case._reasons_to_keep() if case else ()
        if not case or reasons:
            return self._keep(self._reason_words(reasons))
        facts = {"destruction": self.act_id.id, "act_number": self.act_id.number}
        self.env["hotline.journal"]._append(
            "case_destroyed", case, **facts, number=self.number, closed_on=self.closed_on,
            kept_until_date=self.kept_until,
        )  # fmt: skip
        counts = self.env["hotline.case.graph"].sudo()._destroy(case, **facts)
        return self._write_by_act(
            {
                "state": retention.DESTROYED,
                "destroyed_at": fields.Datetime.now(),
                "file_count": counts.get("ir.attachment", 0),
                "record_count": sum(counts.values()) - counts.get("ir.attachment", 0),
            }
        )

    def _keep(self, why):
        self._write_by_act({"state": retention.KEPT, "why": why})

    def _reason_words(self, reasons):
        words = {
            retention.NOT_CLOSED: self.env._("not closed"),
            retention.NO_TERM: self.env._("no term of storage is set for it"),
            retention.TERM_RUNS: self.env._("the term of storage has not ended"),
            retention.ON_HOLD: self.env._("marked «Do not destroy»"),
            retention.TASK_OPEN: self.env._("a task of the case is not done"),
            retention.STOP_RESTS: self.env._("the correspondence stopped by it is not taken up"),
            retention.LINKED_OPEN: self.env._("an appeal in work refers to it"),
        }
        if not reasons:
            return self.env._("is not in the database")
        return "; ".join(words[reason] for reason in reasons)


class HotlineDestruction(models.Model):
    """The list of an act: whose term has ended, and who is not free to go."""

    _inherit = "hotline.destruction"

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
            words = self.env._("No case may be destroyed: no term of storage has ended.")
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

    def _ended_groups(self):
        """Yield (kind, year, edition) of closed cases whose term has ended by today."""
        today = self.company_id._hotline_today()
        # sudo: the list is the body's, not that of one department
        cases = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        for kind, start, _count in cases._read_group(
            self._candidates(), ["kind", "closed_on:year"], ["__count"]
        ):
            term = self.env["hotline.retention"]._for(self.company_id, kind, start.year)
            if term and retention.is_over(start, term.years, today):
                yield kind, start.year, term

    def _candidates(self):
        domain = Domain("company_id", "=", self.company_id.id) & Domain("state", "in", FINAL_STATES)
        domain &= Domain("closed_on", "!=", False)
        if self.kind:
            domain &= Domain("kind", "=", self.kind)
        if self.year_to:
            domain &= Domain("closed_on", "<=", f"{self.year_to}-12-31")
        return domain

    def _pick(self):
        """Insert the lines, the oldest first; return how many."""
        self.env.flush_all()
        left = MOST_LINES
        for kind, year, term in sorted(self._ended_groups(), key=lambda group: group[1]):
            if left > 0:
                left -= self._insert(kind, year, term, left)
        self.invalidate_recordset()
        return MOST_LINES - left

    def _insert(self, kind, year, term, limit):
        """In SQL: an act has thousands of lines, and a line has nothing but the case's own."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO hotline_destruction_line
                       (act_id, company_id, ticket_ref, number, kind, registered_on, closed_on,
                        kept_until, retention_id, state, create_uid, create_date, write_uid,
                        write_date)
                SELECT %(act)s, t.company_id, t.id, t.number, t.kind, t.registered_on, t.closed_on,
                       %(until)s, %(term)s, 'planned', %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM helpdesk_ticket t
                 WHERE t.company_id = %(company)s AND t.kind = %(kind)s AND t.state IN %(final)s
                   AND t.closed_on BETWEEN %(first)s AND %(last)s
                   AND NOT (%(bound)s)
                   AND NOT EXISTS (SELECT FROM hotline_destruction_line l
                                    WHERE l.ticket_ref = t.id
                                      AND l.state IN ('planned', 'destroyed'))
                 ORDER BY t.closed_on, t.id LIMIT %(limit)s
                """,
                act=self.id,
                bound=BOUND,
                company=self.company_id.id,
                kind=kind,
                term=term.id,
                until=retention.kept_until(fields.Date.to_date(f"{year}-12-31"), term.years),
                first=f"{year}-01-01",
                last=f"{year}-12-31",
                final=tuple(FINAL_STATES),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                limit=limit,
            )
        )
        return self.env.cr.rowcount

    def _held_back(self):
        """Return how many cases only «Do not destroy» keeps out of the list."""
        Case = self.env["helpdesk.ticket"].sudo()  # sudo: only counted
        ended = Domain.OR(
            Domain("kind", "=", kind)
            & Domain("closed_on", ">=", f"{year}-01-01")
            & Domain("closed_on", "<=", f"{year}-12-31")
            for kind, year, _term in self._ended_groups()
        )
        return Case.search_count(
            self._candidates() & ended & Domain("hold_ids.lifted_on", "=", False)
            & Domain("hold_ids", "!=", False)
        )  # fmt: skip

    def _drop_kept_now(self):
        """Take out what has become bound since it was picked."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM hotline_destruction_line l
                 WHERE l.act_id = %(act)s AND NOT EXISTS (
                       SELECT FROM helpdesk_ticket t WHERE t.id = l.ticket_ref AND NOT (%(bound)s))
                """,
                act=self.id,
                bound=BOUND,
            )
        )
        self.invalidate_recordset()
        if not self.line_ids:
            raise UserError(self.env._("None of these cases may be destroyed: pick them anew."))


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _reasons_to_keep(self):
        """Return why the case may not be destroyed today (domain/retention.py), as the system."""
        if not self:
            return (retention.NOT_CLOSED,)
        self.ensure_one()
        term = self._retention()
        stopped = self.env["hotline.stopped.topic"].sudo()
        graph = self.env["hotline.case.graph"].sudo()
        tasks = self.env["hotline.task"].sudo()
        facts = retention.Facts(
            is_closed=self.is_final,
            closed_on=self.closed_on or None,
            years=term.years if term else None,
            is_held=any(not hold.lifted_on for hold in self.sudo().hold_ids),
            has_open_task=bool(
                tasks.search_count([("ticket_id", "=", self.id), ("state", "=", "open")], limit=1)
            ),
            is_ground_of_stop=bool(
                stopped.search_count(
                    [("ticket_id", "=", self.id), ("state", "=", "stopped")], limit=1
                )
            ),
            linked_open=bool(graph._open_neighbours(self)),
        )
        return retention.reasons_to_keep(facts, self.company_id._hotline_today())
