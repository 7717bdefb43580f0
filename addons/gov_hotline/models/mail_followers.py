from odoo import api, models
from odoo.exceptions import ValidationError

CASE = "helpdesk.ticket"


class MailFollowers(models.Model):
    """Only staff follows a case: whatever reaches a citizen is an answer or a notice of ours.

    Every way to follow (subscription, gateway, mention, assignment, creation) ends here.
    """

    _inherit = "mail.followers"

    def _insert_followers(self, res_model, res_ids, partner_ids, subtypes=None, **kwargs):
        if res_model == CASE and partner_ids:
            partners = self.env["res.partner"].browse(partner_ids)
            partner_ids = self.env[CASE].browse(res_ids)._only_staff(partners).ids
            subtypes = {key: ids for key, ids in (subtypes or {}).items() if key in partner_ids}
        return super()._insert_followers(
            res_model, res_ids, partner_ids, subtypes=subtypes, **kwargs
        )

    @api.constrains("res_model", "res_id", "partner_id")
    def _check_case_followed_by_staff(self):
        for follower in self.filtered(lambda follower: follower.res_model == CASE):
            case = self.env[CASE].browse(follower.res_id)
            if not case._only_staff(follower.partner_id):
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot follow an appeal: only staff does.",
                        name=follower.partner_id.display_name,
                    )
                )
