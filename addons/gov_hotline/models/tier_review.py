from odoo import api, models
from odoo.exceptions import AccessError

REVIEWED = "hotline.answer"
# In the context of our own acts alone: an object cannot be forged over RPC.
BY_ACT = object()


class TierReview(models.Model):
    """Reviews of answers are made and decided by the acts of the answer alone.

    base_tier_validation lets every employee write, make and delete any review.
    """

    _inherit = "tier.review"

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

    def _check_not_ours(self, vals=()):
        # sudo: whose the review is must be known even where it may not be read
        if "model" in vals or REVIEWED in self.sudo().mapped("model"):
            self._check_by_act()

    def _check_by_act(self):
        if self.env.context.get("hotline_review_act") is not BY_ACT:
            raise AccessError(
                self.env._("The approval of an answer changes by the buttons of the answer alone.")
            )
