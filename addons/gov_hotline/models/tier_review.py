from odoo import api, fields, models
from odoo.exceptions import AccessError

REVIEWED = "hotline.answer"
# In the context of our own acts alone: an object cannot be forged over RPC.
BY_ACT = object()


class TierReview(models.Model):
    """Reviews of answers are made and decided by the acts of the answer alone.

    base_tier_validation lets every employee write, make and delete any review.
    """

    _inherit = "tier.review"

    hotline_for_id = fields.Many2one(
        "res.users", string="In place of", ondelete="restrict", index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("model") == REVIEWED for vals in vals_list):
            self._check_by_act()
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_ours(vals)
        return super().write(vals)

    def unlink(self):
        self._check_not_ours()
        return super().unlink()

    def _update_review_status(self):
        """Ours move by the acts of the answer, not when somebody opens a page and is counted."""
        ours = self.filtered(lambda review: review.model == REVIEWED)
        if self.env.context.get("hotline_review_act") is BY_ACT:
            ours = self.browse()
        return super(TierReview, self - ours)._update_review_status()

    def _send_review_reminder(self):
        """Not of answers: what waits stands in «For approval», terms have reminders of their own.

        The original logs an error for a model without a chatter.
        """
        others = self.filtered(lambda review: review.model != REVIEWED)
        return super(TierReview, others)._send_review_reminder()

    def _check_not_ours(self, vals=()):
        # sudo: whose the review is must be known even where it may not be read
        if "model" in vals or REVIEWED in self.sudo().mapped("model"):
            self._check_by_act()

    def _check_by_act(self):
        if self.env.context.get("hotline_review_act") is not BY_ACT:
            raise AccessError(
                self.env._("The approval of an answer changes by the buttons of the answer alone.")
            )
