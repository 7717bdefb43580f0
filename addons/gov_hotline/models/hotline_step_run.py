from odoo import api, fields, models

from ..domain import steps
from .hotline_step import STATES

KEPT_DAYS = 400


class HotlineStepRun(models.Model):
    """One step of one day at one body: when, how many, which cases failed and why."""

    _name = "hotline.step.run"
    _description = "Run of a scheduled step"
    _order = "day desc, step_id, id"
    _log_access = False

    step_id = fields.Many2one(
        "hotline.step", required=True, readonly=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(related="step_id.code")
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    started_at = fields.Datetime(string="Started", readonly=True)
    ended_at = fields.Datetime(readonly=True)
    done_count = fields.Integer(string="Processed", readonly=True)
    failed_count = fields.Integer(string="Failed", readonly=True)
    starts = fields.Integer(
        string="Times started", readonly=True, help="More than one: it broke off or was repeated."
    )
    why = fields.Char(string="Why not started", readonly=True)
    failure_ids = fields.One2many(
        "hotline.step.failure", "run_id", string="Failed cases", readonly=True
    )

    _day_uniq = models.UniqueIndex("(company_id, day, step_id)", "This run is there already.")

    @api.depends("step_id", "day")
    def _compute_display_name(self):
        for run in self:
            day = run.day and run.day.strftime("%d.%m.%Y")
            run.display_name = f"{run.step_id.name}, {day}"

    @api.model
    def _of_day(self, company, day):
        """Return {code of the step: run} of one day at one body."""
        found = self.search([("company_id", "=", company.id), ("day", "=", day)])
        return {run.code: run for run in found}

    @api.model
    def _begin(self, step, company, state, why=False):
        """Return the day's run of `step`, made or set to `state`; called as the system."""
        day = company._hotline_today()
        run = self._of_day(company, day).get(step.code)
        vals = {"state": state, "why": why}
        if run and (run.state, run.why or False) == (state, why):
            return run
        if run:
            run.write(vals)
            return run
        return self.create({"step_id": step.id, "company_id": company.id, "day": day, **vals})

    def _start(self):
        """Note the start; what failed before is tried again."""
        self.failure_ids.unlink()
        self.write(
            {
                "state": steps.RUNNING,
                "why": False,
                "started_at": self.started_at or fields.Datetime.now(),
                "ended_at": False,
                "starts": self.starts + 1,
                "failed_count": 0,
            }
        )

    def _end(self):
        state = steps.PARTLY if self.failed_count else steps.DONE
        self.write({"state": state, "why": False, "ended_at": fields.Datetime.now()})
        self._forget_alarms()

    def _break_off(self, why):
        self.write({"state": steps.FAILED, "why": why, "ended_at": fields.Datetime.now()})
        self._alarm()

    def _count(self, done, failures):
        """Add `done` cases and `failures`: (ticket, words) of those that failed."""
        lines = [
            {"run_id": self.id, "ticket_id": ticket.id, "words": words}
            for ticket, words in failures
        ]
        self.env["hotline.step.failure"].create(lines)
        self.write(
            {
                "done_count": self.done_count + done,
                "failed_count": self.failed_count + len(lines),
            }
        )

    def action_repeat(self):
        """Run today's step again: what failed is tried anew, what is done stays done."""
        self.ensure_one()
        return self.step_id.with_company(self.company_id).action_run_now()

    @api.autovacuum
    def _forget_old_runs(self):
        old = fields.Date.subtract(fields.Date.today(), days=KEPT_DAYS)
        self.sudo().search([("day", "<", old)], limit=1000).unlink()  # sudo: scheduled


class HotlineStepFailure(models.Model):
    """A case that a step could not process; it stops no other."""

    _name = "hotline.step.failure"
    _description = "Failed case of a scheduled step"
    _order = "id"
    _log_access = False
    _rec_name = "words"

    run_id = fields.Many2one(
        "hotline.step.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", readonly=True, index=True, ondelete="cascade"
    )
    words = fields.Char(string="What went wrong", required=True, readonly=True)
