import logging
from dataclasses import dataclass, field

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..domain import steps

_logger = logging.getLogger(__name__)
FOUND = 100_000  # Items of one search: a search reads the running terms of all open cases
BATCH = 500  # cases in one transaction
TRIES = 3  # of a batch that met somebody else's change
LOCKS = 0x68_6C_73_74  # the first half of the advisory locks' keys: no other add-on's

# The frame of a search for what a mark is planned for and not put yet: `rows` names them `one`
# (with its case) and `plan` (with the mark), `due` is the date of `one`.
_TO_DO = """
    %(opened)s
    SELECT one.id, one.ticket_id, %(due)s, plan.mark
    %(rows)s
       AND one.id > %(after)s
       AND NOT EXISTS (
           SELECT FROM hotline_step_mark done
            WHERE done.sweep = %(sweep)s AND done.res_id = one.id AND done.due_on = %(due)s
              AND %(is_done)s)
     ORDER BY one.id
     LIMIT %(limit)s
"""
# Cases of a body that run; written down once, however many terms are looked at.
OPENED = """
    WITH opened AS MATERIALIZED (
        SELECT id FROM helpdesk_ticket WHERE company_id = %s AND state NOT IN %s)
"""


@dataclass(frozen=True)
class Item:
    """One thing to do: its id within its sweep, the case, and what the sweep needs to know."""

    id: int
    ticket_id: int
    facts: dict = field(default_factory=dict)


class HotlineStep(models.Model):
    """How a step works: locked, in batches that are committed, one failing case stops no other.

    A step is made of sweeps; `_find_<sweep>(company, after, limit)` returns the Items that are
    still to be done after id `after`, `_do_<sweep>(run, items)` does a whole batch with as many
    queries as for one case. What is done leaves a mark of its own, so a run that was killed goes
    on where it stood, and a second run of the day finds nothing.
    """

    _inherit = "hotline.step"

    @api.model
    def _sweeps(self):
        """Return {code of the step: names of its sweeps, in order}."""
        return dict.fromkeys(steps.ORDER, ())

    @api.model
    def _cron_run(self, code):
        """Run the step `code` of every body where it may start; called by its `ir.cron`."""
        step = self.sudo().search([("code", "=", code), ("is_on", "=", True)])  # sudo: scheduled
        bodies = self.env["res.company"].sudo().search([("active", "=", True)])  # sudo: as above
        for company in bodies if step else ():
            step.with_company(company)._run_for(company)

    def _run_for(self, company):
        """Run for one body unless another process does; return whether it has come to its end."""
        if not self._lock(company):
            return False
        try:
            self._commit()  # a snapshot of after the lock: it sees what another process has done
            if not self._may_start(company):
                return False
            return self._run_locked(company)
        except Exception:
            self.env.cr.rollback()  # else the lock could not be given back
            raise
        finally:
            self._unlock(company)

    def _may_start(self, company):
        """Whether it starts now; what keeps it from starting is noted on the day's run."""
        runs = self.env["hotline.step.run"]._of_day(company, company._hotline_today())
        verdict = self._verdict(company, runs)
        if verdict.what == steps.WAITING:
            lang = company._hotline_lang()
            why = self.with_context(lang=lang)._why_not(verdict)
            self.env["hotline.step.run"]._begin(self, company, steps.WAITING, why)
            self._commit()
        return verdict.what == steps.START

    def _run_locked(self, company):
        run = self.env["hotline.step.run"]._begin(self, company, steps.RUNNING)
        run._start()
        self._commit()
        try:
            ended = self._run_sweeps(run)
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("Scheduled step %s of body %s broke off", self.code, company.id)
            run._break_off(self._error_words(error))
            self._commit()
            return False
        if ended:
            run._end()
            self._commit(remaining=0)
            self._call_next()
        return ended

    def _run_sweeps(self, run):
        """Do all sweeps; return False where the time of this scheduled run is over."""
        for sweep in self._sweeps()[self.code]:
            after = 0
            while items := getattr(self, f"_find_{sweep}")(run.company_id, after, FOUND):
                for start in range(0, len(items), BATCH):
                    batch = items[start : start + BATCH]
                    self._do_batch(run, sweep, batch)
                    if self._commit(len(batch), remaining=1) <= 0:
                        return False
                after = items[-1].id
        return True

    @api.model
    def _to_do(self, sweep, rows, due, after, limit, opened=None, upwards=False):
        """Return the Items of `rows` (SQL from FROM on) that bear no mark of today's plan yet.

        Marks count down to the date; `upwards`: they are levels, which go up.
        """
        is_done = SQL("done.mark >= plan.mark") if upwards else SQL("done.mark <= plan.mark")
        query = SQL(
            _TO_DO, opened=opened or SQL(), rows=rows, due=SQL.identifier("one", due),
            after=after, sweep=sweep, is_done=is_done, limit=limit,
        )  # fmt: skip
        return [
            Item(one, ticket, {"due": day, "mark": mark})
            for one, ticket, day, mark in self.env.execute_query(query)
        ]

    def _do_batch(self, run, sweep, items, tries=TRIES):
        """Do a batch at one go; where it fails, one by one, and note those that fail."""
        do = getattr(self, f"_do_{sweep}")
        failures = []
        try:
            with self.env.cr.savepoint():
                do(run, items)
        except OperationalError:  # somebody else's change: begin anew, with what there is now
            if tries <= 1:
                raise
            self.env.cr.rollback()
            return self._do_batch(run, sweep, items, tries - 1)
        except Exception:  # noqa: BLE001 - whichever it is, each case is tried alone
            failures = [failed for item in items for failed in self._do_alone(run, do, item)]
        run._count(len(items) - len(failures), failures)
        return failures

    def _do_alone(self, run, do, item):
        """Do one case; return [(ticket, words)] where it fails."""
        try:
            with self.env.cr.savepoint():
                do(run, [item])
        except OperationalError:
            raise
        except Exception as error:
            _logger.warning("Step %s, case %s", self.code, item.ticket_id, exc_info=True)
            self.env.invalidate_all(flush=False)
            return [(self.env["helpdesk.ticket"].browse(item.ticket_id), self._error_words(error))]
        return []

    def _error_words(self, error):
        """Return what went wrong, in one line: a refusal in its own words, else its kind."""
        if isinstance(error, UserError):
            return " ".join(str(error).split())[:500]
        return self.env._("Internal error: %(name)s", name=type(error).__name__)

    def _commit(self, done=0, remaining=None):
        """Commit what is done and forget what was read; return the seconds left for this run."""
        self.env.flush_all()
        left = self.env["ir.cron"]._commit_progress(done, remaining=remaining)
        self.env.invalidate_all()
        return left

    def _call_next(self):
        """Have the step that waits for this one start at once."""
        active = self.search([("is_on", "=", True)])
        for step in active:
            if steps.predecessor(step.code, active.mapped("code")) == self.code:
                step.cron_id._trigger()
        self._commit()

    # One process at a time

    def _lock(self, company):
        """Take the lock of this step at `company`; it goes with the connection of whoever dies."""
        self.env.cr.execute("SELECT pg_try_advisory_lock(%s, %s)", self._lock_key(company))
        return self.env.cr.fetchone()[0]

    def _unlock(self, company):
        self.env.cr.execute("SELECT pg_advisory_unlock(%s, %s)", self._lock_key(company))

    def _lock_key(self, company):
        return LOCKS, company.id * len(steps.ORDER) + steps.ORDER.index(self.code)
