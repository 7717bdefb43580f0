from odoo import api, fields, models

from odoo.addons.gov_hotline.domain.assignments import SENT

READERS = "gov_hotline.group_officer,gov_hotline.group_auditor"


class HotlineAssignment(models.Model):
    """«Послать ссылку для больших файлов»: by the officer's hand."""

    _inherit = "hotline.assignment"

    upload_link_ids = fields.One2many(
        "hotline.upload.link", "assignment_id", string="Links for large files", groups=READERS
    )

    def action_send_upload_link(self):
        """Send the executor a link for large files; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        links = self.env["hotline.upload.link"]
        for assignment in self:
            links |= links._send_new(
                assignment.ticket_id, assignment._card_address(), assignment=assignment
            )
        return links._told_of_sending({"type": "ir.actions.act_window_close"})

    def _officer_acts(self):
        acts = super()._officer_acts()
        if self.state == SENT and self.addressee_kind != "other_body":
            why = not self._card_address() and self.env._(
                "The addressee has no e-mail address: enter it on the card of the agency."
            )
            label = self.env._("Send a link for large files")
            acts.append(
                {"method": "action_send_upload_link", "label": label, "blocked": why, "step": False}
            )
        return acts


class HotlineJournal(models.Model):
    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "upload_link_sent": self.env._("Link for large files sent"),
            "upload_link_used": self.env._("Files handed over by the link"),
            "upload_link_closed": self.env._("Link for large files closed"),
        }

    @api.model
    def _payload_labels(self):
        return {**super()._payload_labels(), "upload_link": self.env._("link for files")}
