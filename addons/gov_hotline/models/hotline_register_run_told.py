from markupsafe import Markup

from odoo import fields, models

ACTIVITY = "gov_hotline.mail_activity_type_register"


class HotlineRegisterRun(models.Model):
    """A load that failed or waits for an answer is seen by those who mend it, not looked for (D2).

    One activity a person and load. It goes by itself: once somebody has answered or tries again,
    or once a later file of the same source is loaded.
    """

    _inherit = "hotline.register.run"

    def _write_by_act(self, vals):
        done = super()._write_by_act(vals)
        if vals.get("state") in ("failed", "asking"):
            for run in self:
                run._tell()
        elif "state" in vals:
            self._forget_told(of_source=vals["state"] == "done")
        return done

    def _tell(self):
        """Plan the activities. Quick: Odoo mails nobody."""
        # sudo: an activity of others, about a load that they may read
        Activity = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        self._forget_told()
        kind = self.env.ref(ACTIVITY).id
        for user in self._people_to_tell():
            Activity.create({"activity_type_id": kind, "user_id": user.id, **self._told_vals(user)})

    def _people_to_tell(self):
        """Of a file from a folder the administrators and supervisors; of another its loader."""
        if not self.folder_file:
            return self.loaded_by_id.filtered("active")
        Digest, company = self.env["hotline.outbox.digest"], self.company_id
        return Digest._with_role(company, "administrator") | Digest._with_role(
            company, "supervisor"
        )

    def _told_vals(self, user):
        words = self.with_context(lang=user.lang)
        name, why = words.display_name, words.failure or words.summary or ""
        if self.state == "failed":
            summary = words.env._("Register not loaded: %(name)s. %(why)s", name=name, why=why)
        else:
            summary = words.env._("Register waits for an answer: %(name)s", name=name)
        return {
            "summary": summary,
            "note": Markup('<p><a href="/odoo/register-loads/%s">%s</a></p><p>%s</p>')
            % (self.id, name, why),
            "date_deadline": self.company_id._hotline_today(),
            "hotline_register_run_id": self.id,
        }

    def _forget_told(self, of_source=False):
        runs = [("hotline_register_run_id", "in", self.ids)]
        if of_source:
            runs = [("hotline_register_run_id.source_id", "in", self.source_id.ids)]
        # sudo: the activities of everybody who was told
        self.env["mail.activity"].sudo().search(runs).unlink()


class MailActivity(models.Model):
    _inherit = "mail.activity"

    hotline_register_run_id = fields.Many2one(
        "hotline.register.run", string="Load of a register", ondelete="cascade",
        index="btree_not_null",
    )  # fmt: skip
