from markupsafe import Markup

from odoo import fields, models

ACTIVITY = "gov_hotline.mail_activity_type_step"


class HotlineStepRun(models.Model):
    """A step that breaks off is seen by the administrators at once, not only in a digest.

    One activity an administrator, step and body, always with the newest words; it goes by itself
    once the step has come to its end.
    """

    _inherit = "hotline.step.run"

    def _alarm(self):
        """Plan or freshen the activities; called as the system. Quick: Odoo mails nobody."""
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        asked = {one.user_id: one for one in self._alarms()}
        for user in self._administrators():
            vals = {**self._alarm_vals(user), "hotline_step_run_id": self.id}
            if user in asked:
                asked[user].with_context(mail_activity_quick_update=True).write(vals)
            else:
                kind = self.env.ref(ACTIVITY).id
                Activity.create({"activity_type_id": kind, "user_id": user.id, **vals})

    def _alarms(self):
        """Return the open activities about this step at this body, of any day."""
        return self.env["mail.activity"].search(
            [
                ("hotline_step_run_id.step_id", "=", self.step_id.id),
                ("hotline_step_run_id.company_id", "=", self.company_id.id),
            ]
        )

    def _administrators(self):
        """Return who mends it: the administrators; where there are none, the supervisors."""
        Digest, company = self.env["hotline.outbox.digest"], self.company_id
        return Digest._with_role(company, "administrator") or Digest._with_role(
            company, "supervisor"
        )

    def _alarm_vals(self, user):
        words = self.with_context(lang=user.lang)
        return {
            "summary": words.env._(
                "Scheduled step «%(name)s» broke off: %(why)s",
                name=words.step_id.name,
                why=self.why or "",
            ),
            "note": Markup('<p><a href="/odoo/hotline-steps/%s">%s</a></p>')
            % (self.step_id.id, words.step_id.name),
            "date_deadline": self.day,
        }

    def _forget_alarms(self):
        self._alarms().unlink()


class MailActivity(models.Model):
    _inherit = "mail.activity"

    hotline_step_run_id = fields.Many2one(
        "hotline.step.run", string="Run of a step", ondelete="cascade", index="btree_not_null"
    )
