from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _told_name(self):
        """Return what a mail calls this record: mail leaves the body, names of citizens do not."""
        return self.display_name


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _told_name(self):
        """The number alone."""
        return self._message_compute_subject()


class ResPartner(models.Model):
    """A card names a citizen in every heading of Odoo's: of its mails it is a card, no more."""

    _inherit = "res.partner"

    def _told_name(self):
        # sudo: only whether it is of the staff
        return self.env._("Contact's card") if self.sudo().partner_share else self.display_name

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        if self:
            kwargs["force_record_name"] = self._told_name()
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)

    def _notify_by_email_get_base_mail_values(self, message, recipients_data, **kwargs):
        values = super()._notify_by_email_get_base_mail_values(message, recipients_data, **kwargs)
        # sudo: as above
        if self and self.sudo().partner_share:
            values["subject"] = self._told_name()
        return values


class MailActivity(models.Model):
    """What a colleague is told by mail of an activity given to them: kind, day, number, link."""

    _inherit = "mail.activity"

    def _told_name(self):
        """Return what the mail calls the document of the activity."""
        self.ensure_one()
        about = self.env[self.res_model].browse(self.res_id)
        return about._told_name() if "message_ids" in about else self.res_name

    def _is_told_whole(self):
        """Whether the mail may repeat the words: not those said about a case or a card."""
        return self.res_model not in ("helpdesk.ticket", "res.partner")
