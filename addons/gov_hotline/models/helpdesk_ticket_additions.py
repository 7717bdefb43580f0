from odoo import api, fields, models
from odoo.exceptions import AccessError

from .guards import without_names

MARK = frozenset({"new_addition_on"})
ACTIVITY = "gov_hotline.mail_activity_type_addition"


class HelpdeskTicket(models.Model):
    """A new addition of the applicant is told to the officer, until it is read (art. 5)."""

    _inherit = "helpdesk.ticket"

    new_addition_on = fields.Date(
        string="New addition of", readonly=True, copy=False, index="btree_not_null",
        help="The applicant added words or files that the officer has not marked as read.",
    )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([without_names(vals, MARK) for vals in vals_list])

    def write(self, vals):
        if MARK & set(vals) and not self.env.su:
            raise AccessError(self.env._("Use the button «I have read it»."))
        return super().write(vals)

    def _tell_of_addition(self, addition):
        """Mark the case and plan an activity for its officer, else for each of its department.

        Inside only: no mail leaves for it (practice 6).
        """
        if self.user_id == addition.user_id:
            return  # the officer entered it
        # sudo: the citizen, or the operator after hand-over, writes nothing of the case
        case = self.sudo().with_context(mail_activity_quick_update=True, hotline_only_told=True)
        told = case.activity_search([ACTIVITY]).user_id
        case.new_addition_on = self.company_id._hotline_date(addition.received_at)
        for user in case._told_of_additions() - told:
            case.activity_schedule(
                ACTIVITY,
                summary=self.env["helpdesk.ticket"].with_context(lang=user.lang)._addition_words(),
                user_id=user.id,
            )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """An activity for an addition makes nobody a follower: notes would be mailed to them."""
        if self.env.context.get("hotline_only_told"):
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _addition_words(self):
        return self.env._("The applicant has added to the appeal")

    def _told_of_additions(self):
        """Return the officer in charge; without one, the officers of the department."""
        if self.user_id:
            return self.user_id
        officers = self.team_id.user_ids
        return officers.filtered(lambda user: user.has_group("gov_hotline.group_officer"))

    def action_read_addition(self):
        """Mark the applicant's additions as read: the mark and the activities go. Officer."""
        self._require_role("officer")
        self.check_access("write")
        for ticket in self:
            # sudo: also the activities that colleagues were given for the same addition
            ticket.sudo().activity_unlink([ACTIVITY])
            ticket.sudo().new_addition_on = False
