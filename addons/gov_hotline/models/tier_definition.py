from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .guards import without_names
from .tier_review import REVIEWED

# Officials that an answer knows itself: field of the answer → how the step calls it.
OFFICIALS = [
    ("signer_user_id", "Whoever signs the answer"),
    ("team_head_id", "Head of the department"),
]


class TierDefinition(models.Model):
    """A step of a route: OCA's definition, made and changed with its route."""

    _inherit = "tier.definition"

    hotline_route_id = fields.Many2one(
        "hotline.approval.route", string="Route", index="btree_not_null", ondelete="cascade"
    )
    review_type = fields.Selection(
        selection=[
            ("individual", "A person"),
            ("group", "Anyone with a role"),
            ("field", "By the appeal"),
        ],
        string="Who approves",
    )
    hotline_official = fields.Selection(
        OFFICIALS,
        string="Official",
        compute="_compute_hotline_official",
        inverse="_inverse_hotline_official",
    )
    hotline_who = fields.Char(compute="_compute_hotline_who", string="Approver")

    @api.model
    def _get_tier_validation_model_names(self):
        return [*super()._get_tier_validation_model_names(), REVIEWED]

    @api.depends("reviewer_field_id")
    def _compute_hotline_official(self):
        known = dict(OFFICIALS)
        for step in self:
            name = step.sudo().reviewer_field_id.name  # sudo: fields are the developer's
            step.hotline_official = name if name in known else False

    def _inverse_hotline_official(self):
        for step in self:
            step.reviewer_field_id = self._official_field(step.hotline_official)

    @api.model
    def _official_field(self, name):
        fields_ = self.env["ir.model.fields"].sudo()  # sudo: as above
        return fields_._get(REVIEWED, name) if name else fields_

    @api.depends("review_type", "reviewer_id", "reviewer_group_id", "hotline_official")
    @api.depends_context("lang")
    def _compute_hotline_who(self):
        officials = dict(self._fields["hotline_official"]._description_selection(self.env))
        for step in self:
            step.hotline_who = {
                "individual": step.reviewer_id.name,
                "group": step.reviewer_group_id.name,
                "field": officials.get(step.hotline_official),
            }.get(step.review_type)

    @api.constrains("hotline_route_id", "review_type", "reviewer_id", "reviewer_group_id",
                    "reviewer_field_id")  # fmt: skip
    def _check_hotline_reviewer(self):
        """An approver has the role: without it he would be asked for what he cannot do."""
        for step in self.filtered("hotline_route_id"):
            if not step.hotline_who:
                raise ValidationError(
                    self.env._("Step «%(name)s»: say who approves.", name=step.name)
                )
            person = step.review_type == "individual" and step.reviewer_id
            if person and not person.has_group("gov_hotline.group_approver"):
                raise ValidationError(
                    self.env._(
                        "Step «%(name)s»: %(who)s has no role «Approver». Give the role first.",
                        name=step.name,
                        who=person.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """A step of a route is about answers, in its turn, of the route's body, by four eyes."""
        made = [
            self._hotline_step_vals(vals) if vals.get("hotline_route_id") else vals
            for vals in vals_list
        ]
        return super().create(made)

    def _hotline_step_vals(self, vals):
        route = self.env["hotline.approval.route"].browse(vals["hotline_route_id"])
        official = self._official_field(vals.get("hotline_official"))
        return {
            "exclude_requester": True,
            **without_names(vals, {"hotline_official"}),
            "reviewer_field_id": official.id,  # before the constraint looks at it
            "model_id": self.env["ir.model"]._get_id(REVIEWED),
            "company_id": route.company_id.id,
            "approve_sequence": True,
            "definition_domain": False,
        }
