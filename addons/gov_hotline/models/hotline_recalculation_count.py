import re
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import recalculation as recounting
from ..domain.transitions import FINAL_STATES
from .hotline_assignment_due import RUNNING as AWAITED
from .hotline_recalculation_change import SETTLE

PART = 5000  # deadlines in one job: a few seconds
RUNNING = ("waiting", "computing", "applying")
WAIT = 10  # seconds until a job that cannot go on is tried again
_DATE = re.compile(r"\b\d{2}\.\d{2}\.\d{4}\b")


class Row(NamedTuple):
    """A running deadline as the database has it."""

    id: int
    ticket_id: int
    due: object
    certificate: dict | None
    is_main: bool
    user_id: int | None


class HotlineRecalculation(models.Model):
    """The count, in parts: each is a job of its own, so it shows progress and can be resumed."""

    _inherit = "hotline.recalculation"

    @api.model
    def _recount_body(self, body):
        """Count every running term of `body` anew, at once; return the recalculation.

        The whole of what the jobs do in parts: the entry for benchmarks and consoles. The list
        then waits for a decision; `_apply_now` moves the ticked dates.
        """
        edition = self.env["hotline.day"]._calendar(body).version({body._hotline_today().year})
        one = self._begin(
            body,
            {
                "changed_at": fields.Datetime.now(),
                "version_before": edition,
                "version_after": edition,
            },
        )
        while one.state in ("waiting", "computing"):
            one._count_part()
        return one

    def _run_part(self):
        """Do the next part; called by the job. Raises RetryableJobError to wait."""
        self.ensure_one()
        if not self.try_lock_for_update():
            raise RetryableJobError("another job is at it", seconds=WAIT, ignore_retry=True)
        if self.state == "waiting":
            self._wait_for_turn()
        if self.state in ("waiting", "computing"):
            self._count_part()
        elif self.state == "applying":
            self._apply_part()
        if self.state in RUNNING:
            self._call_job()

    def _wait_for_turn(self):
        """Days are edited one after the other; two recalculations of a body never overlap."""
        left = (self.changed_at + SETTLE - fields.Datetime.now()).total_seconds()
        left = 0 if self.settled else left
        others = [("company_id", "=", self.company_id.id), ("state", "=", "applying")]
        if left > 0 or self.search_count(others, limit=1):
            seconds = max(int(left) + 1, WAIT)
            raise RetryableJobError("the calendar settles", seconds=seconds, ignore_retry=True)

    def _count_part(self):
        """Look at the next PART of the running terms."""
        if self.state == "waiting":
            self._write_by_act({"state": "computing", "total": self._count_running()})
        rows = self._running_rows()
        found = self._verdicts(rows)
        lines = [self._prepare_line_vals(*one) for one in found if one[2].why != recounting.SAME]
        lines = [vals for vals in lines if vals]
        self.env["hotline.recalculation.line"]._create_by_act(lines)
        states = [vals["state"] for vals in lines]
        renewed = sum(verdict.outcome == recounting.RENEW for _row, _running, verdict in found)
        self._write_by_act(
            {
                "done": self.done + len(rows),
                "cursor": rows[-1].id if rows else self.cursor,
                "moved_count": self.moved_count + states.count("proposed"),
                "kept_count": self.kept_count + states.count("kept"),
                "renewed_count": self.renewed_count + renewed,
            }
        )
        if len(rows) < PART:
            self._counted()

    def _counted(self):
        """The list is whole: a manager decides, or there is nothing to decide."""
        if self.moved_count:
            self._write_by_act({"state": "to_confirm"})
            self._tell_deciders()
        elif self.renewed_count:
            self._write_by_act(
                {"state": "applying", "done": 0, "cursor": 0, "work_count": self.renewed_count}
            )
        else:
            self._write_by_act({"state": "unchanged"})

    # The running terms

    def _running_where(self):
        return SQL(
            """FROM hotline_deadline d
               JOIN helpdesk_ticket t ON t.id = d.ticket_id
               JOIN hotline_term r ON r.id = d.term_id
              WHERE d.company_id = %s AND d.met_on IS NULL AND t.state NOT IN %s""",
            self.company_id.id,
            tuple(FINAL_STATES),
        )

    def _count_running(self):
        self.env.flush_all()
        return self.env.execute_query(SQL("SELECT count(*) %s", self._running_where()))[0][0]

    def _running_rows(self):
        """Return the next rows after the cursor, by id."""
        self.env.flush_all()
        query = SQL(
            "SELECT d.id, d.ticket_id, d.due_on, d.certificate, r.is_main, t.user_id %s"
            " AND d.id > %s ORDER BY d.id LIMIT %s",
            self._running_where(),
            self.cursor,
            PART,
        )
        return [Row(*row) for row in self.env.execute_query(query)]

    def _recounter(self):
        return recounting.Recounter(self.env["hotline.day"]._calendar(self.company_id))

    def _verdicts(self, rows):
        """Return [(row, domain's Running, its verdict)]: facts of the moving ones alone."""
        counter, today = self._recounter(), self.company_id._hotline_today()
        moving = {
            row.ticket_id
            for row in rows
            if row.is_main and row.certificate and counter.count(row.certificate).due != row.due
        }
        facts = self._facts(moving)
        runnings = [self._running(row, facts) for row in rows]
        return [
            (row, running, counter.verdict(running, today))
            for row, running in zip(rows, runnings, strict=True)
        ]

    def _running(self, row, facts):
        """Return the domain's Running; letters, reports, control dates: of the answer's term."""
        if not (row.is_main and row.ticket_id in facts["moving"]):
            return recounting.Running(due=row.due, certificate=row.certificate)
        return recounting.Running(
            due=row.due,
            certificate=row.certificate,
            told=_told(row, facts["letters"].get(row.ticket_id, ())),
            report_by=min(facts["reports"].get(row.ticket_id, ()), default=None),
            controls=tuple(facts["controls"].get(row.ticket_id, ())),
        )

    def _facts(self, tickets):
        """Return {what: {case id: dates}} of the cases with these ids."""
        domain = Domain("ticket_id", "in", list(tickets))
        awaited = self._dates("hotline.assignment", "control_on", domain & AWAITED)
        controlled = domain & Domain("state", "=", "control")
        return {
            "moving": tickets,
            "letters": self._letter_dates(domain),
            "reports": self._dates("hotline.covering.letter", "report_by", controlled),
            "controls": awaited,
        }

    def _dates(self, model, name, domain):
        found = defaultdict(list)
        domain &= Domain(name, "!=", False)
        # sudo: dates only, of every department
        for one in self.env[model].sudo().search_fetch(domain, ["ticket_id", name]):
            found[one.ticket_id.id].append(one[name])
        return found

    def _letter_dates(self, domain):
        """Return {case id: {dates named in the letters that were issued}}."""
        found = defaultdict(set)
        issued = domain & Domain("issued_at", "!=", False)
        # sudo: dates only, as above
        for notice in self.env["hotline.notice"].sudo().search_fetch(issued, ["ticket_id", "text"]):
            found[notice.ticket_id.id].update(_DATE.findall(notice.text or ""))
        return found

    def _prepare_line_vals(self, row, running, verdict):
        """Return the values of the line that tells of `verdict`; None where it needs none."""
        if verdict.outcome == recounting.RENEW:
            return None
        after = verdict.counted and verdict.counted.due
        is_move = verdict.outcome == recounting.MOVE
        return {
            "recalculation_id": self.id,
            "company_id": self.company_id.id,
            "deadline_id": row.id,
            "ticket_id": row.ticket_id,
            "user_id": row.user_id,
            "due_before": row.due,
            "due_after": after,
            "days_moved": (after - row.due).days if after else 0,
            "notes": list(verdict.notes),
            "is_noted": bool(verdict.notes) or not is_move,
            "told_on": running.told,
            "report_by": running.report_by,
            "beyond_count": verdict.beyond,
            "is_proposed": verdict.is_proposed,
            "is_chosen": verdict.is_proposed,
            "state": "proposed" if is_move else "kept",
            "why": verdict.why,
        }


def _told(row, named):
    """Return the latest date of this term, of now or before a recount, that a letter named."""
    dates = {row.due}
    for recount in row.certificate.get("recounts", ()):
        dates.add(datetime.fromisoformat(recount["due_before"]).date())
    return max((day for day in dates if day.strftime("%d.%m.%Y") in named), default=None)
