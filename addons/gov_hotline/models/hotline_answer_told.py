from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.translate import LazyTranslate

from ..domain import approval

_lt = LazyTranslate(__name__)
ASKED = "gov_hotline.mail_activity_type_approval"
NEWS = "gov_hotline.mail_activity_type_approval_news"
WORDS = {
    "asked": _lt("Answer to appeal %(number)s waits for your approval"),
    "sent_back": _lt("Answer to appeal %(number)s is sent back for correction"),
    "approved": _lt("Answer to appeal %(number)s is approved"),
    "voided": _lt("Answer to appeal %(number)s was changed: its approval has lapsed"),
}


class HotlineAnswer(models.Model):
    """Whose turn it is and what came of it: told inside, by activities that the bell counts.

    No mail: colleagues would get it past the body's own outbox, without repeats and without a
    trace when it fails.
    """

    _inherit = "hotline.answer"

    is_own = fields.Boolean(compute="_compute_is_own", string="Mine to take back")
    is_voided = fields.Boolean(compute="_compute_is_voided", string="Approval has lapsed")

    @api.depends("sent_by_id", "ticket_id.user_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for answer in self:
            owners = answer.sent_by_id | answer.ticket_id.user_id
            answer.is_own = not answer.sent_by_id or self.env.user in owners

    @api.depends("state", "approval_ids.decision")
    def _compute_is_voided(self):
        for answer in self:
            last = answer.approval_ids[-1:].decision
            answer.is_voided = answer.state == approval.DRAFT and last == "voided"

    def _check_own(self):
        """Refuse a colleague: the author takes back, or the officer in charge of the case."""
        if not self.is_own:
            raise AccessError(
                self.env._(
                    "This answer is taken back by its author (%(author)s) or by the officer in "
                    "charge of the appeal.",
                    author=self.sent_by_id.sudo().name,  # sudo: the name of a colleague
                )
            )

    def _tell_next(self):
        """Ask whoever may decide the step that is on, substitutes too."""
        users = self.sudo()._may_decide()  # sudo: users and substitutions are nobody's to read
        self._tell(users, ASKED, "asked", "hotline-approval")

    def _tell_author(self, event):
        """Tell the author, who finds the answer in the own list; nobody tells himself."""
        self._tell(self.sent_by_id - self.env.user, NEWS, event, "hotline-answers")

    def _tell(self, users, kind, event, path):
        """Plan an activity of `kind` on the case for each of `users`: number and link alone."""
        for user in users.sudo():  # sudo: colleagues, also where they may not be read
            words = self.with_context(lang=user.lang)._told_words(event)
            self._plan(user, kind, words, path)

    def _told_words(self, event):
        number = self.ticket_id.sudo().number  # sudo: an approver is told the number
        words = self.env._(WORDS[event])
        return words % {"number": number}

    def _plan(self, user, kind, words, path):
        """Plan one activity for `user`; quick: Odoo mails nobody about it.

        As with additions, nobody becomes a follower of the case.
        """
        # sudo: an approver does not write to the case
        case = self.ticket_id.sudo().with_context(
            mail_activity_quick_update=True, hotline_only_told=True
        )
        link = Markup('<p><a href="/odoo/%s/%s">%s</a></p>')
        case.activity_schedule(
            kind,
            date_deadline=self.company_id._hotline_today(),
            summary=words,
            note=link % (path, self.id, self.with_context(lang=user.lang).display_name),
            user_id=user.id,
            hotline_answer_id=self.id,
        )

    def _mark_given(self):  # pylint: disable=missing-return
        """What is given needs nothing more of anybody."""
        super()._mark_given()
        self.sudo().reminder_ids.unlink()  # sudo: also those of colleagues

    # What an approver sees next

    @api.model
    def _count_awaiting_me(self):
        """Return how much waits for the reader's approval: an extension point."""
        return self.search_count([("awaits_me", "=", True)])

    def _after_decision(self):
        """Return to the list of what waits: a second tap never falls on another answer's button."""
        waiting = self._count_awaiting_me()
        words = (
            self.env._("Done. Waiting for you: %(count)s more", count=waiting)
            if waiting
            else self.env._("Done. Nothing else waits for you")
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_answer_action_approval"
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": words,
                "next": {**action, "target": "main"},
            },
        }
