from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gov_hotline.models.guards import without_names

from .tier_review import REVIEWED

APPROVERS = ("gov_hotline.group_approver", "gov_hotline.group_administrator")


class TierDefinition(models.Model):
    """A step of the approval of articles: OCA's definition, set up by the administrator."""

    _inherit = "tier.definition"

    hotline_kb = fields.Boolean(string="Step of articles", readonly=True)

    def _get_default_name(self):
        """OCA's own word has no Russian."""
        ours = self.env.context.get("default_hotline_kb")
        return self.env._("Approval") if ours else super()._get_default_name()

    @api.model
    def _get_tier_validation_model_names(self):
        return [*super()._get_tier_validation_model_names(), REVIEWED]

    @api.model
    def _of_articles(self, company):
        """Return the steps of articles of `company`, in their order."""
        return self.search(
            [("hotline_kb", "=", True), ("company_id", "=", company.id)], order="sequence, id"
        )

    @api.model_create_multi
    def create(self, vals_list):
        """A step of articles is about versions, in its turn, never by the author."""
        ours = self.env.context.get("default_hotline_kb")
        made = [
            self._article_step_vals(vals) if vals.get("hotline_kb", ours) else vals
            for vals in vals_list
        ]
        return super().create(made)

    @api.model
    def _article_step_vals(self, vals):
        closed = {"model_id", "definition_domain", "hotline_route_id", "reviewer_field_id"}
        return {
            **without_names(vals, closed),
            "hotline_kb": True,
            "model_id": self.env["ir.model"]._get_id(REVIEWED),
            "approve_sequence": True,
            "exclude_requester": True,
        }

    @api.constrains("hotline_kb", "review_type", "reviewer_id", "reviewer_group_id")
    def _check_article_step(self):
        for step in self.filtered("hotline_kb"):
            groups = self.env["res.groups"].concat(*map(self.env.ref, APPROVERS))
            person = step.review_type == "individual" and step.reviewer_id
            role = step.review_type == "group" and step.reviewer_group_id
            if not ((person and person.all_group_ids & groups) or (role and role in groups)):
                raise ValidationError(
                    self.env._(
                        "Step «%(name)s»: choose a person or a role that approves (approver or "
                        "administrator of the hotline).",
                        name=step.name,
                    )
                )
