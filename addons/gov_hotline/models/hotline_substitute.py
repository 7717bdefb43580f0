from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain.approval import Substitution


class HotlineSubstitute(models.Model):
    """Who approves in whose place while that one is away; the sheet says «за …»."""

    _name = "hotline.substitute"
    _description = "Substitute of an approver"
    _order = "valid_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", string="Who is away", required=True, index=True, ondelete="cascade",
        domain=[("share", "=", False)],
    )  # fmt: skip
    substitute_id = fields.Many2one(
        "res.users", string="Who approves instead", required=True, index=True,
        ondelete="cascade", domain=[("share", "=", False)],
    )  # fmt: skip
    valid_from = fields.Date(string="Valid from", required=True, default=fields.Date.context_today)
    valid_to = fields.Date(string="Until")
    basis = fields.Char(help="The order by which the substitute acts.")
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    @api.constrains("user_id", "substitute_id", "valid_from", "valid_to")
    def _check_substitute(self):
        for one in self:
            if one.user_id == one.substitute_id:
                raise ValidationError(self.env._("Nobody stands in for himself."))
            if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
                raise ValidationError(
                    self.env._("The last day of the substitution is before the first one.")
                )
            if not one.substitute_id.has_group("gov_hotline.group_approver"):
                raise ValidationError(
                    self.env._(
                        "%(who)s has no role «Approver» and cannot approve for anybody. Give the "
                        "role first.",
                        who=one.substitute_id.name,
                    )
                )

    @api.model
    def _in_force(self, company):
        """Return the domain's Substitutions of `company` that hold today."""
        today = company._hotline_today()
        # sudo: who stands for whom binds every act, the list is the administrator's
        found = self.sudo().search([("company_id", "=", company.id)])
        all_ = [one._domain_substitution() for one in found]
        return [one for one in all_ if one.holds_on(today)]

    def _domain_substitution(self):
        return Substitution(
            self.user_id.id, self.substitute_id.id, self.valid_from, self.valid_to or None
        )
