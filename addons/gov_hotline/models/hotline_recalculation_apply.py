import json
from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import LockError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import recalculation as recounting
from ..domain.certificate import Recount
from .hotline_recalculation_count import WAIT

PART = 1000  # dates moved in one job: a few seconds


class HotlineRecalculation(models.Model):
    """The move of the confirmed dates, in parts; each is looked at again before it moves."""

    _inherit = "hotline.recalculation"

    def _apply_now(self):
        """Move what is confirmed, at once: the whole of what the jobs do in parts."""
        self.ensure_one()
        while self.state == "applying":
            self._apply_part()

    def _apply_part(self):
        """Move the next dates; after the last one renew the certificates of those that stay."""
        Line = self.env["hotline.recalculation.line"]
        wanted = [("recalculation_id", "=", self.id), ("state", "=", "proposed")]
        lines = Line.search([*wanted, ("is_chosen", "=", True)], limit=PART, order="id")
        if lines:
            self._move(lines)
            self._write_by_act({"done": self.done + len(lines)})
            return
        rows = self._running_rows() if self.renewed_count else []
        if rows:
            self._write_by_act({"done": self.done + self._renew(rows), "cursor": rows[-1].id})
            return
        Line.search(wanted)._write_by_act({"state": "left"})
        self._applied()

    def _applied(self):
        self._write_by_act({"state": "applied" if self.moved_count else "unchanged"})
        if self.moved_count:
            self._tell_officers()

    def _move(self, lines):
        """Move the dates of `lines` that still stand as they were counted."""
        self._lock_deadlines(lines.deadline_id)
        counter, today = self._recounter(), self.company_id._hotline_today()
        certificates, counted, moved = self._certificates(lines.deadline_id), defaultdict(list), []
        for line in lines:
            stored = certificates[line.deadline_id.id]
            why = line._why_not(counter.count(stored))
            if why:
                line._write_by_act({"state": "skipped", "why": why})
                continue
            recount = Recount(today, line.due_before)
            certificate = recounting.with_recount(counter.count(stored), stored, recount)
            counted[certificate].append(line.deadline_id.id)
            moved.append(line.id)
        for certificate, ids in counted.items():
            clocks = self.env["hotline.deadline"].browse(ids)
            clocks.write(clocks._counted_vals(certificate))
        moved = lines.browse(moved)
        moved._write_by_act({"state": "applied"})
        self._journal_moves(moved)
        self.env.flush_all()

    def _certificates(self, deadlines):
        """Return {id: certificate} by SQL: a JSON field gives a deep copy at every reading."""
        deadlines.flush_recordset(["certificate"])
        query = SQL("SELECT id, certificate FROM hotline_deadline WHERE id IN %s", deadlines._ids)
        return dict(self.env.execute_query(query))

    def _lock_deadlines(self, deadlines):
        try:
            deadlines.lock_for_update()
        except LockError as error:
            raise RetryableJobError(str(error), seconds=WAIT, ignore_retry=True) from error

    def _journal_moves(self, lines):
        self.env["hotline.journal"]._append_many(
            "deadline_moved",
            [
                (
                    line.ticket_id,
                    {
                        "deadline": line.deadline_id.id,
                        "due_before_on": line.due_before,
                        "due_on": line.due_after,
                        "recalculation": self.id,
                    },
                )
                for line in lines
            ],
        )

    def _renew(self, rows):
        """Give the certificates of `rows` with the same date the new edition; return how many."""
        counter, today = self._recounter(), self.company_id._hotline_today()
        renewed = defaultdict(list)
        for row in rows:
            running = recounting.Running(due=row.due, certificate=row.certificate)
            verdict = counter.verdict(running, today)
            if verdict.outcome == recounting.RENEW:
                renewed[recounting.renewed(verdict.counted, row.certificate)].append(row.id)
        for certificate, ids in renewed.items():
            self._write_certificate(certificate, ids)
        self.env["hotline.deadline"].invalidate_model()
        return sum(map(len, renewed.values()))

    def _write_certificate(self, certificate, ids):
        """By SQL: tens of thousands, and nothing is computed from these columns."""
        vals = self.env["hotline.deadline"]._counted_vals(certificate)
        self.env.execute_query(
            SQL(
                "UPDATE hotline_deadline SET certificate = %s, calendar_version = %s,"
                " is_preliminary = %s, write_date = %s WHERE id = ANY(%s) RETURNING id",
                json.dumps(vals["certificate"]),
                vals["calendar_version"],
                vals["is_preliminary"],
                fields.Datetime.now(),
                ids,
            )
        )

    def _tell_officers(self):
        """Plan an activity for each officer whose cases have moved."""
        Line = self.env["hotline.recalculation.line"]
        moved = [("recalculation_id", "=", self.id), ("state", "=", "applied")]
        moved += [("user_id", "!=", False), ("user_id.active", "=", True)]
        # control dates that were proposed and not moved are the officer's to look at
        stood = [("recalculation_id", "=", self.id), ("assignment_id", "!=", False)]
        stood += [("state", "in", ("left", "skipped"))]
        left = dict(Line._read_group(stood, ["user_id"], ["__count"]))
        for user, count in Line._read_group(moved, ["user_id"], ["__count"]):
            beyond = left.get(user, 0)
            words = self.with_context(lang=user.lang)
            summary = words.env._("Due dates moved in your cases: %(count)s", count=count)
            if beyond:
                summary = words.env._(
                    "Due dates moved in your cases: %(count)s; look at %(beyond)s control dates",
                    count=count,
                    beyond=beyond,
                )
            self._plan(user, summary)


class HotlineRecalculationLine(models.Model):
    _inherit = "hotline.recalculation.line"

    def _why_not(self, counted):
        """Return why the date does not move any more, or an empty text."""
        deadline = self.deadline_id
        if self.ticket_id.is_final:
            return recounting.CLOSED
        if deadline.met_on:
            return recounting.MET
        is_same = deadline.due_on == self.due_before
        if not is_same or counted.due != self.due_after:
            return recounting.CHANGED
        return ""
