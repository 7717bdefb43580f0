from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain.transitions import WORKING_STATES

from .hotline_assignment_upload import READERS


class HelpdeskTicket(models.Model):
    """«Послать ссылку для больших файлов» to the applicant: by the officer's hand."""

    _inherit = "helpdesk.ticket"

    upload_link_ids = fields.One2many(
        "hotline.upload.link", "ticket_id", string="Links for large files of the applicant",
        domain=[("assignment_id", "=", False)], groups=READERS,
    )  # fmt: skip

    def action_send_upload_link(self):
        """Send the applicant a link for large files; officer of a case in work."""
        self.ensure_one()
        self._require_role("officer")
        self.check_access("write")
        why = self._why_no_upload_link()
        if why:
            raise UserError(why)
        link = self.env["hotline.upload.link"]._send_new(self, self.applicant_email)
        return link._told_of_sending({"type": "ir.actions.client", "tag": "soft_reload"})

    def _why_no_upload_link(self):
        if not self.applicant_email:
            return self.env._("The applicant has no e-mail address.")
        return False

    def _more_acts(self):
        acts = super()._more_acts()
        if self.state in WORKING_STATES and self.can_edit and "officer" in self._roles():
            label = self.env._("Send the applicant a link for large files")
            why = self._why_no_upload_link()
            acts.append(self._act("action_send_upload_link", label, why, step=False))
        return acts
