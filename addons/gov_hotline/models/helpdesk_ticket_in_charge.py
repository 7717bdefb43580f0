from odoo import models
from odoo.exceptions import UserError

OFFICER = "gov_hotline.group_officer"


class HelpdeskTicket(models.Model):
    """Who is put in charge of a case can act on it: an officer of its body (B4)."""

    _inherit = "helpdesk.ticket"

    def write(self, vals):
        if vals.get("user_id") and not self.env.su:
            self._check_write({"user_id"})  # first: may the writer change it at all
            self._check_in_charge(vals["user_id"])
        return super().write(vals)

    def _transition_each(self, to_state, vals_list, **options):
        """What is handed over by who cannot work on it is nobody's: so every officer sees it."""
        for ticket, vals in zip(self, vals_list, strict=True):
            user = ticket.user_id.sudo()  # sudo: roles of colleagues
            if ticket.state == "draft" and user and not user.has_group(OFFICER):
                vals["user_id"] = False
        return super()._transition_each(to_state, vals_list, **options)

    def _check_in_charge(self, user_id):
        """Refuse a colleague who may not change the case, as a hand-over does: it would lie."""
        user = self.env["res.users"].sudo().browse(user_id)  # sudo: roles of colleagues
        for ticket in self.filtered(lambda one: one.user_id.id != user_id):
            if not user.has_group(OFFICER):
                raise UserError(self.env._("%(name)s has no role for this", name=user.name))
            if ticket.company_id and ticket.company_id not in user.company_ids:
                raise UserError(self.env._("%(name)s does not work for this body", name=user.name))
