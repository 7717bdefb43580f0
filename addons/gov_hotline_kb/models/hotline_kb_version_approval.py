from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .tier_review import BY_ACT

REASON_LENGTH = 10


class HotlineKbVersion(models.Model):
    """A version is approved step by step or sent back with a reason; nobody approves his own.

    Steps, reviews and reviewers are base_tier_validation's; rights and acts are ours.
    """

    _inherit = "hotline.kb.version"

    awaits_me = fields.Boolean(compute="_compute_awaits_me", search="_search_awaits_me")

    @api.depends("state", "review_ids.status", "review_ids.reviewer_ids")
    @api.depends_context("uid")
    def _compute_awaits_me(self):
        for version in self:
            version.awaits_me = bool(version._my_review())

    def _search_awaits_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = [("status", "=", "pending"), ("reviewer_ids", "in", self.env.uid)]
        waiting = self.sudo().search(  # sudo: found by its reviewers, read by its own rules below
            Domain("state", "=", "approval") & Domain("review_ids", "any", mine)
        )
        found = waiting.sudo(False)._filtered_access("read").filtered("awaits_me")
        return Domain("id", "in" if True in value else "not in", found.ids)

    @api.model
    def _count_by_approver(self, company):
        """Return {id of a user: how many versions of `company` wait for him}; two queries."""
        waiting = self.search(
            [("state", "=", "approval"), ("company_id", "in", [False, company.id])]
        )
        on = [("model", "=", self._name), ("status", "=", "pending"), ("res_id", "in", waiting.ids)]
        rows = self.env["tier.review"]._read_group(on, ["reviewer_ids", "res_id"])
        authors = {version.id: version.author_id for version in waiting}
        return Counter(user.id for user, version in rows if user != authors[version])

    def _my_review(self):
        """Return the review that is on, where it waits for the current user."""
        if self.state != "approval" or self.author_id == self.env.user:
            return self.env["tier.review"]
        # sudo: whose turn it is binds every role
        reviews = self.sudo().review_ids.filtered(lambda one: one.status == "pending")
        return reviews.sorted("sequence")[:1].filtered(
            lambda one: self.env.user in one.reviewer_ids
        )

    # Acts

    def action_approve(self):
        """Approve the step that is on; after the last one the article is shown."""
        for version in self:
            review = version._deciding()
            version._decide(review, "approved")
            reviews = version._reviews()
            reviews._update_review_status()
            if all(one.status == "approved" for one in reviews):
                version._write_by_act({"approved_by_id": self.env.uid})
                version._publish()
        return self.env["hotline.answer"]._after_decision()

    def action_refuse(self, reason=""):
        """Send the version back to its author with a written `reason`."""
        reason = (reason or "").strip()
        if len(reason) < REASON_LENGTH:
            raise UserError(self.env._("Write what is to be corrected (ten characters)."))
        for version in self:
            version._decide(version._deciding(), "rejected", reason)
            version._write_by_act({"state": "refused", "refusal": reason})
        return self.env["hotline.answer"]._after_decision()

    def action_ask_refusal(self):
        """Open the small window where the approver writes what to correct."""
        self.ensure_one()
        self._deciding()
        return self.env["hotline.refusal"]._ask(self, self.env._("Send back to the author"))

    def action_take_back(self):
        """Take the version back before it is approved; its author or the administrator."""
        self.check_access("read")
        for version in self:
            if version.state != "approval":
                raise UserError(self.env._("This version awaits no approval any more."))
            if self.env.user != version.author_id and not version.page_id._is_publisher():
                raise AccessError(self.env._("Only the author takes a version back."))
            version._write_by_act({"state": "taken_back"})

    # The round

    def _start_reviews(self, steps):
        self.ensure_one()
        # the state is «awaits approval» from the start: only our acts make and move reviews
        Review = self.env["tier.review"].sudo()  # sudo: reviews are nobody's to write
        reviews = Review.with_context(hotline_kb_act=BY_ACT).create(
            [self._prepare_tier_review_vals(step, n) for n, step in enumerate(steps, start=1)]
        )
        self.invalidate_recordset(["review_ids"])
        for review in reviews:
            if not review.reviewer_ids - self.author_id:
                raise UserError(
                    self.env._(
                        "Step «%(step)s» has nobody but the author to approve: name another person "
                        "in the settings.",
                        step=review.name,
                    )
                )
        reviews._update_review_status()

    def _reviews(self):
        # sudo: the route is walked by the act, whoever may read other steps
        return self.sudo().review_ids.with_context(hotline_kb_act=BY_ACT)

    def _deciding(self):
        """Return the review the current user decides, or refuse."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "approval":
            raise UserError(self.env._("This version awaits no approval any more."))
        review = self._my_review()
        if not review:
            raise AccessError(self.env._("It is not your turn to approve this version."))
        return review

    def _decide(self, review, status, comment=False):
        review.with_context(hotline_kb_act=BY_ACT).write(
            {
                "status": status,
                "done_by": self.env.uid,
                "reviewed_date": fields.Datetime.now(),
                "comment": comment,
            }
        )

    # What base_tier_validation offers to anybody over RPC goes through our acts

    def request_validation(self):
        """Refused: a version is sent with its article."""
        raise AccessError(self.env._("Send the article for approval by its button."))

    def validate_tier(self):
        """Approve: the original knows no turn."""
        return self.action_approve()

    def reject_tier(self):
        """A reason is needed: asked in the window."""
        return self.action_ask_refusal()

    def restart_validation(self):
        """Take back: the original lets whoever calls it delete the reviews."""
        return self.action_take_back()

    def _check_allow_write_under_validation(self, vals):
        """Only our acts write at all."""
        return True

    def _check_allow_write_after_validation(self, vals):
        """As above."""
        return True

    def _tier_validation_check_state_on_write(self, vals):
        """The acts know the order of states."""

    def _tier_validation_check_write_remove_reviews(self, vals):
        """Reviews stay: they say who approved."""
