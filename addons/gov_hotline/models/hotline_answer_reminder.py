from odoo import fields, models

from ..domain.notice_text import russian_date
from .hotline_answer_told import ASKED


class HotlineAnswer(models.Model):
    """A step of approval that takes too long: whoever may decide it is reminded, inside only.

    Once a day at most, and no second reminder while the first one is open; it goes with the step.
    The scheduled step «Reminders» calls it.
    """

    _inherit = "hotline.answer"

    reminded_on = fields.Date(string="Last reminder of approval", readonly=True, copy=False)
    reminder_ids = fields.One2many(
        "mail.activity", "hotline_answer_id", string="Reminders of approval", copy=False,
        groups=fields.NO_ACCESS,
    )  # fmt: skip

    def _remind(self):
        """Say in the activities how long it waits, ask whoever has none; called as the system."""
        today = self.company_id._hotline_today()
        if self.reminded_on == today:
            return
        self._by_act({"reminded_on": today})
        for asked in self.reminder_ids:
            words = self.with_context(lang=asked.user_id.lang)._reminder_words()
            asked.with_context(mail_activity_quick_update=True).summary = words
        for user in self._may_decide() - self.reminder_ids.user_id:
            words = self.with_context(lang=user.lang)._reminder_words()
            self._plan(user, ASKED, words, "hotline-approval")

    def _may_decide(self):
        """Return the approvers of the step that is on and their substitutes of today."""
        review = self._current_review()
        rules = self.env["hotline.substitute"]._in_force(self.company_id)
        users = review.reviewer_ids
        users |= users.browse(one.substitute for one in rules if one.user in users.ids)
        return users.filtered(
            lambda user: user.active and self.with_user(user)._my_place(review) is not None
        )

    def _reminder_words(self):
        return self.env._(
            "Answer to appeal %(number)s waits for approval since %(day)s",
            number=self.ticket_id.number,
            day=russian_date(self.company_id._hotline_date(self.step_since)),
        )

    def _mark(self, decision, **vals):  # pylint: disable=missing-return
        """A step that is over needs no reminder."""
        super()._mark(decision, **vals)
        self.sudo().reminder_ids.unlink()  # sudo: also those of colleagues
        if self.reminded_on:
            self._by_act({"reminded_on": False})


class MailActivity(models.Model):
    _inherit = "mail.activity"

    hotline_answer_id = fields.Many2one(
        "hotline.answer", string="Answer in approval", ondelete="cascade", index="btree_not_null"
    )


class ResCompany(models.Model):
    _inherit = "res.company"

    hotline_approval_days = fields.Integer(
        string="Remind of a step of approval after, working days",
        default=2,
        help="Whoever is to approve, and the substitutes, are reminded inside the system once a "
        "day. 0: nobody is.",
    )

    _approval_days_positive = models.Constraint(
        "CHECK (hotline_approval_days >= 0)",
        "Days of the reminder of approval: 0 or more.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_approval_days = fields.Integer(
        related="company_id.hotline_approval_days", readonly=False
    )
