from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

REVIEWED = "hotline.kb.version"
# In the context of our own acts alone: an object cannot be forged over RPC.
BY_ACT = object()


class TierReview(models.Model):
    """Reviews of articles are made and decided by the acts of their versions alone."""

    _inherit = "tier.review"

    article_state = fields.Char(string="State", compute="_compute_article_state")
    article_who = fields.Char(string="Who", compute="_compute_article_who")
    is_article_open = fields.Boolean(
        compute="_compute_is_article_open", search="_search_is_article_open"
    )

    @api.depends("status")
    @api.depends_context("lang")
    def _compute_article_state(self):
        """OCA's own words of a state have no Russian."""
        words = {
            "waiting": self.env._("Awaits its turn"),
            "pending": self.env._("Awaits a decision"),
            "approved": self.env._("Approved"),
            "rejected": self.env._("Sent back"),
        }
        for review in self:
            review.article_state = words.get(review.status, "")

    @api.depends("reviewer_group_id", "reviewer_ids")
    @api.depends_context("lang")
    def _compute_article_who(self):
        """OCA's own words of a role have no Russian."""
        for review in self:
            role = review.sudo().reviewer_group_id  # sudo: a name of a role, whoever reads
            review.article_who = role.name or ", ".join(review.reviewer_ids.mapped("name"))

    @api.depends("model", "res_id")
    @api.depends_context("uid")
    def _compute_is_article_open(self):
        known = self.filtered_domain([("model", "!=", REVIEWED)])
        open_versions = set(self._open_version_ids())
        for review in self:
            review.is_article_open = review in known or review.res_id in open_versions

    def _search_is_article_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        told = Domain("model", "!=", REVIEWED) | Domain("res_id", "in", self._open_version_ids())
        return told if True in value else ~told

    @api.model
    def _open_version_ids(self):
        """Return the ids of the versions that the user may read: by their own rules."""
        versions = self.env[REVIEWED].sudo(False)  # a rule is asked with the system's rights
        if not versions.has_access("read"):
            return []
        return list(versions._search(Domain.TRUE).get_result_ids())

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("model") == REVIEWED for vals in vals_list):
            self._check_article_act()
        return super().create(vals_list)

    def write(self, vals):
        self._check_no_article(vals)
        return super().write(vals)

    def unlink(self):
        self._check_no_article()
        return super().unlink()

    def _update_review_status(self):
        """Ours move by acts, not when somebody opens a page and is counted."""
        ours = self.filtered(lambda review: review.model == REVIEWED)
        if self.env.context.get("hotline_kb_act") is BY_ACT:
            ours = self.browse()
        return super(TierReview, self - ours)._update_review_status()

    def _send_review_reminder(self):
        """Not of articles: what waits stands in the list; the original needs a chatter."""
        others = self.filtered(lambda review: review.model != REVIEWED)
        return super(TierReview, others)._send_review_reminder()

    def _check_no_article(self, vals=()):
        # sudo: whose the review is must be known even where it may not be read
        if "model" in vals or REVIEWED in self.sudo().mapped("model"):
            self._check_article_act()

    def _check_article_act(self):
        if self.env.context.get("hotline_kb_act") is not BY_ACT:
            raise AccessError(
                self.env._("The approval of an article changes by the buttons of its version.")
            )
