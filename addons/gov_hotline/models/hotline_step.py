from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import clock, steps

CODES = [
    (steps.REGISTRATION, "Registration"),
    (steps.FORWARDING, "Forwarding and notices"),
    (steps.REMINDERS, "Reminders"),
    (steps.ESCALATION, "Escalation"),
    (steps.DRAFTS, "Drafts"),
    (steps.DIGEST, "Morning digest"),
]
STATES = [
    (steps.QUEUED, "In the queue"),
    (steps.RUNNING, "Running"),
    (steps.WAITING, "Not started"),
    (steps.DONE, "Done"),
    (steps.PARTLY, "Done, some cases failed"),
    (steps.FAILED, "Broke off"),
]
OF_THE_RUN = ("started_at", "ended_at", "done_count", "failed_count")
SET_UP = frozenset({"is_on", "start_hour"})


class HotlineStep(models.Model):
    """A scheduled step of the day: one `ir.cron` each, in a fixed order, each body for itself.

    A step starts when the one before has succeeded for the same day; what it did is a run.
    """

    _name = "hotline.step"
    _description = "Scheduled step"
    _order = "sequence, id"

    sequence = fields.Integer(required=True, readonly=True)
    code = fields.Selection(CODES, required=True, readonly=True)
    name = fields.Char(required=True, readonly=True, translate=True)
    note = fields.Text(string="What it does", readonly=True, translate=True)
    cron_id = fields.Many2one(
        "ir.cron", required=True, readonly=True, ondelete="restrict", groups="base.group_system"
    )
    is_on = fields.Boolean(string="Switched on", default=True)
    start_hour = fields.Float(
        string="Not before", default=6.0, help="In the body's own time.", required=True
    )
    run_ids = fields.One2many("hotline.step.run", "step_id", string="Runs", readonly=True)

    # How it goes today
    today_id = fields.Many2one("hotline.step.run", compute="_compute_today", string="Today's run")
    today_state = fields.Selection(
        [*STATES, ("early", "Its time has not come"), ("off", "Switched off")],
        compute="_compute_today",
        string="Today",
    )
    why = fields.Char(compute="_compute_today", string="Why not started")
    started_at = fields.Datetime(compute="_compute_today", string="Started")
    ended_at = fields.Datetime(compute="_compute_today")
    done_count = fields.Integer(compute="_compute_today", string="Processed")
    failed_count = fields.Integer(compute="_compute_today", string="Failed")

    _code_uniq = models.UniqueIndex("(code)", "There is one step of each kind.")
    _hour_of_a_day = models.Constraint(
        "CHECK (start_hour >= 0 AND start_hour < 24)", "An hour is from 00:00 to 23:59."
    )

    @api.depends("is_on", "start_hour", "run_ids.state", "run_ids.why")
    @api.depends_context("company", "lang")
    def _compute_today(self):
        company = self.env.company
        runs = self.env["hotline.step.run"]._of_day(company, company._hotline_today())
        for step in self:
            run = runs.get(step.code, self.env["hotline.step.run"])
            state = run.state or ("early" if not step._is_time(company) else steps.WAITING)
            step.today_id = run
            step.today_state = state if step.is_on else "off"
            step.why = run.why or step._why_not(step._verdict(company, runs))
            if step.today_state == steps.WAITING and not step.why:
                step.why = step._starts_words(company)
            step.update({name: run[name] for name in OF_THE_RUN})

    def write(self, vals):
        """An administrator switches steps on and off and sets their hours, nothing else."""
        if not self.env.su and set(vals) - SET_UP:
            raise AccessError(self.env._("Of a scheduled step only its hour and switch are set."))
        return super().write(vals)

    # When

    def _is_time(self, company, later=0):
        """Whether the hour of this step, or so many hours `later`, has come at `company`."""
        now = clock.body_time(fields.Datetime.now(), company.hotline_tz)
        return now.hour + now.minute / 60 >= self.start_hour + later - 1e-6

    def _verdict(self, company, runs):
        """Return the domain's Verdict; `runs`: {code: run} of the body's day."""
        self.ensure_one()
        active = self.search([("is_on", "=", True)]).mapped("code")
        states = {code: run.state for code, run in runs.items()}
        is_time, waits = self._is_time(company), self._waits(company)
        return steps.may_start(self.code, states, active, is_time, waits)

    def _waits(self, company):
        """Whether this step still waits for those before; the digest loses patience.

        Not with what runs this very moment, nor while the day's first step is still to come.
        """
        minutes = company.hotline_digest_patience
        if self.code != steps.DIGEST or not minutes or not self._is_time(company, minutes / 60):
            return True
        return self._is_chain_busy(company) or self._now(company) < self._patience_ends(company)

    def _starts_words(self, company):
        """Return when the schedule looks at this step: nothing stands against it."""
        # sudo: the time alone of a scheduled action that only administrators read
        moment = max(self.sudo().cron_id.nextcall or fields.Datetime.now(), fields.Datetime.now())
        time = clock.body_time(moment, company.hotline_tz).strftime("%H:%M")
        return self.env._("Starts at %(time)s", time=time)

    def _why_not(self, verdict):
        """Return why it does not start, in words; False where nothing stands against it."""
        if verdict.what != steps.WAITING:
            return False
        before = self.search([("code", "=", verdict.waits_for)])
        return self.env._(
            "Waits for the step «%(name)s»: it has not succeeded today", name=before.name
        )

    # By hand

    def action_run_now(self):
        """Run the step now, again if it ran today; supervisor or administrator."""
        self.ensure_one()
        self._check_may_run()
        company = self.env.company
        self_sudo = self.sudo()  # sudo: nobody writes runs; the role was checked
        run = self_sudo.env["hotline.step.run"]._begin(self_sudo, company, steps.QUEUED)
        self_sudo.cron_id._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("«%(name)s» starts within a minute.", name=run.step_id.name),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_may_run(self):
        roles = self.env["helpdesk.ticket"]._roles()
        if not {"supervisor", "administrator"} & set(roles):
            raise AccessError(
                self.env._("Scheduled steps are started by the supervisor or the administrator.")
            )
        if not self.is_on:
            raise UserError(self.env._("«%(name)s» is switched off.", name=self.name))
        company = self.env.company
        runs = self.env["hotline.step.run"]._of_day(company, company._hotline_today())
        asked = {code: run for code, run in runs.items() if code != self.code}
        active = self.search([("is_on", "=", True)]).mapped("code")
        states = {code: run.state for code, run in asked.items()} | {self.code: steps.QUEUED}
        waits = self._waits(company)
        why = self._why_not(steps.may_start(self.code, states, active, True, waits))
        if why:
            raise UserError(why)
