from odoo import fields, models

from ..domain import persons


class HelpdeskTicket(models.Model):
    """A draft of one person that another one confirms: the applicant stays, the officer decides."""

    _inherit = "helpdesk.ticket"

    confirmed_by_id = fields.Many2one(
        "res.partner",
        string="Confirmed by another person",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose account sent the draft, where it is not the applicant named in it.",
    )

    def _is_other_person(self, user):
        """Whether the account is of another person than the draft names."""
        return persons.differ(self._applicant_person(), user.partner_id._person_name())

    def _confirm_on_site(self, user, text, identification):
        """Another one's sign-in identifies the applicant by nothing: it becomes a message."""
        if not self._is_other_person(user):
            return super()._confirm_on_site(user, text, identification)
        vals = {"appeal_text": text, "origin": "portal", "kind": "message"}
        self._confirm_draft("account", confirmed_by_id=user.partner_id.id, **vals)
        return self.action_register()

    def _draft_site_vals(self, user, identification):
        """Name both; what is sent for another person is no appeal of the one who signed in."""
        vals = super()._draft_site_vals(user, identification)
        if not self._is_other_person(user):
            return {**vals, "other": ""}
        return {
            **vals,
            "name": self.applicant_name,
            "other": user.partner_id.name,
            "identified_by": "",
        }
