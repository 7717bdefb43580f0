from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from .hotline_report_schedule import DECIDERS

ACTIVITY = "gov_hotline.mail_activity_type_step"


class HotlineReportSchedule(models.Model):
    """A report that cannot be made is told of, not only in the server's log.

    The form says why; the administrators, the supervisors where there are none, have an activity
    each. Both go by themselves once a report is made.
    """

    _inherit = "hotline.report.schedule"

    failure = fields.Text(string="Why it was not made", readonly=True, copy=False)

    def _require_owner(self):
        """Refuse to count with the rights of who has left, or decides of reports no more."""
        owner = self.user_id
        roles = self.env(user=owner.id, su=False)["helpdesk.ticket"]._roles()
        if not owner.active or not roles & set(DECIDERS):
            raise UserError(
                self.env._(
                    "It is counted with the rights of %(name)s, who may not see it any more. "
                    "Change the recipients or how often it goes: then it is counted with yours.",
                    name=owner.name,
                )
            )

    def _not_made(self, why):
        """Tell why; the same is told once, though it is tried every hour."""
        if self.failure != why:
            self.failure = why
            self._forget_told()
            self._tell_failure()

    def _went(self):
        if self.failure:
            self.failure = False
            self._forget_told()

    def _tell_failure(self):
        """Plan the activities. Quick: Odoo mails nobody."""
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        Digest, company = self.env["hotline.outbox.digest"], self.company_id
        people = Digest._with_role(company, "administrator")
        kind = self.env.ref(ACTIVITY).id
        for user in people or Digest._with_role(company, "supervisor"):
            Activity.create({"activity_type_id": kind, "user_id": user.id, **self._told_vals(user)})

    def _told_vals(self, user):
        words = self.with_context(lang=user.lang)
        return {
            "summary": words.env._("Report «%(name)s» was not made", name=self.name),
            "note": Markup("<p>%s</p>") % self.failure,
            "date_deadline": self.company_id._hotline_today(),
            "hotline_report_schedule_id": self.id,
        }

    def _forget_told(self):
        told = [("hotline_report_schedule_id", "in", self.ids)]
        # sudo: the activities of everybody who was told
        self.env["mail.activity"].sudo().search(told).unlink()


class MailActivity(models.Model):
    _inherit = "mail.activity"

    hotline_report_schedule_id = fields.Many2one(
        "hotline.report.schedule", string="Scheduled report", ondelete="cascade",
        index="btree_not_null",
    )  # fmt: skip
