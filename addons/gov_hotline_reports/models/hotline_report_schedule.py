import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from odoo.addons.gov_hotline.domain import mails

from ..domain import periods

_logger = logging.getLogger(__name__)
DECIDERS = ("supervisor", "administrator")
PERIODS = [("day", "Daily"), ("week", "Weekly"), ("month", "Monthly"), ("quarter", "Quarterly")]
# Whoever changes these answers for the figures: they are counted with the own rights.
ANSWERS_FOR = frozenset({"recipient_ids", "emails", "company_id", "period", "active"})


class HotlineReportSchedule(models.Model):
    """A report that is made and sent by itself: how often, to whom (E4).

    The figures are those that its owner, who last set it up, may see.
    """

    _name = "hotline.report.schedule"
    _description = "Scheduled report"
    _order = "company_id, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Body",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    period = fields.Selection(PERIODS, required=True, default="week", string="How often")
    hour = fields.Integer(string="At, o'clock", required=True, default=8)
    next_words = fields.Char(string="The next report", compute="_compute_next_words")
    since = fields.Date(
        required=True,
        default=lambda self: self.env.company._hotline_today(),
        string="Beginning with",
        help="Periods that ended before this day are not reported.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Counted for",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        help="Who last set it up: the figures are those that this person may see.",
    )
    recipient_ids = fields.Many2many("res.users", string="Recipients")
    emails = fields.Text(string="Other addresses", help="One a line.")
    run_ids = fields.One2many("hotline.report.run", "schedule_id", string="Log")
    last_run_id = fields.Many2one("hotline.report.run", compute="_compute_last_run_id")

    _hour_range = models.Constraint("CHECK (hour BETWEEN 0 AND 23)", "An hour from 0 to 23.")

    @api.depends("run_ids")
    def _compute_last_run_id(self):
        for one in self:
            one.last_run_id = one.run_ids.filtered(lambda run: not run.is_trial)[:1]

    @api.constrains("recipient_ids", "emails", "active")
    def _check_addresses(self):
        for one in self.filtered("active"):
            wrong = [text for text in one._typed() if not mails.is_address(text)]
            if wrong:
                raise ValidationError(
                    self.env._("«%(text)s» is not an e-mail address.", text=wrong[0])
                )
            mute = one.recipient_ids.filtered(lambda user: not user.email)[:1]
            if mute:
                raise ValidationError(self.env._("%(name)s has no e-mail address.", name=mute.name))
            if not one._addresses():
                raise ValidationError(self.env._("Name at least one recipient."))

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        return super().create([{**vals, "user_id": self.env.uid} for vals in vals_list])

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        vals = {name: value for name, value in vals.items() if name not in ("user_id", "failure")}
        if ANSWERS_FOR & set(vals):
            vals["user_id"] = self.env.uid
        return super().write(vals)

    def _typed(self):
        return [line.strip() for line in (self.emails or "").splitlines() if line.strip()]

    def _addresses(self):
        """Return {address: name}, each once."""
        known = {email_normalize(user.email): user.name for user in self.recipient_ids}
        typed = {email_normalize(text): "" for text in self._typed()}
        return {address: name for address, name in {**typed, **known}.items() if address}

    # Acts

    def action_trial(self):
        """Make the report of the last period and send it to the own address alone."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        self.check_access("write")
        address = email_normalize(self.env.user.email or "")
        if not address:
            raise UserError(self.env._("Your account has no e-mail address."))
        days = periods.last_ended(self.period, self.company_id._hotline_today())
        run = self._make(days, {address: self.env.user.name}, self.env.user, is_trial=True)
        return run.get_formview_action()

    # By itself

    @api.model
    def _cron_send(self):
        """Make and send what is due; a report of a period is made once, whatever happens."""
        # sudo: a scheduled action
        for schedule in self.sudo().search([("active", "=", True)]):
            if days := schedule._due():
                schedule.with_context(lang=schedule.company_id._hotline_lang())._attempt(days)
                self.env["ir.cron"]._commit_progress(1)
        self.env["hotline.report.letter"]._cron_find_forgotten()

    def _attempt(self, days):
        """Make and send the report; what it fails of is told, and it is tried again."""
        try:
            with self.env.cr.savepoint():
                self._require_owner()
                self._make(days, self._addresses(), self.user_id)
        except UserError as error:
            _logger.warning("report %s is not made: %s", self.id, error)
            self._not_made(str(error))
        else:
            self._went()

    def _due(self):
        """Return the period whose report is to be made now; None where nothing is."""
        company = self.company_id
        today = company._hotline_today()
        days = periods.last_ended(self.period, today)
        zoned = self.with_context(tz=company.hotline_tz)
        now = fields.Datetime.context_timestamp(zoned, fields.Datetime.now())
        early = days[1] + timedelta(days=1) == today and now.hour < self.hour
        if early or days[1] < self.since or self._made(days):
            return None
        return days

    @api.depends("period", "hour", "since", "active", "company_id", "run_ids")
    def _compute_next_words(self):
        """Tell when the next report goes and of what days: of a period that ended, or this one."""
        for schedule in self:
            schedule.next_words = schedule.active and schedule._next_words()

    def _next_words(self):
        today = self.company_id._hotline_today()
        days = periods.last_ended(self.period, today)
        while days[1] < (self.since or days[1]) or self._made(days):
            days = periods.containing(self.period, days[1] + timedelta(days=1))
        first, last = (day.strftime("%d.%m.%Y") for day in days)
        return self.env._(
            "%(day)s, from %(hour)s o'clock, of %(days)s",
            day=max(today, days[1] + timedelta(days=1)).strftime("%d.%m.%Y"),
            hour=self.hour,
            days="–".join(dict.fromkeys((first, last))),
        )

    def _made(self, days):
        """Tell whether the report of these very days was made: a day begins a month, too."""
        made = [("schedule_id", "=", self.id), ("is_trial", "=", False)]
        made += [("date_from", "=", days[0]), ("date_to", "=", days[1])]
        return self.env["hotline.report.run"].search_count(made)

    def _make(self, days, addresses, user, is_trial=False):
        """Make the report and put its letters into the queue, in one transaction.

        The row of the period is unique and is written first: whoever comes second fails.
        """
        Run = self.env["hotline.report.run"]
        vals = {"schedule_id": self.id, "date_from": days[0], "date_to": days[1]}
        run = Run._create_by_act({**vals, "is_trial": is_trial, "user_id": user.id})
        run.flush_recordset()
        run._fill(user)
        run._send(addresses)
        return run
