from xmlrpc.client import Binary

from odoo import api, models

from .hotline_incoming_mail import MODEL


class MailThread(models.AbstractModel):
    """Mail for the hotline takes its own way: none of Odoo's parsing, aliases, replies."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Store a letter for the hotline as it came; anything else goes Odoo's way.

        A user who is the mail gate needs to name no model. Returns the id of the record, the same
        one for the same letter. Raises AccessError for who is no gate.
        """
        gate = self.env.user.has_group("gov_hotline_channels.group_mail_gate")
        if model != MODEL and not (gate and not model):
            return super().message_process(
                model, message, custom_values, save_original, strip_attachments, thread_id
            )
        if isinstance(message, Binary):
            message = message.data
        if isinstance(message, str):
            message = message.encode("utf-8", "surrogateescape")
        mails = self.env[MODEL]
        mails.check_access("create")
        return mails._receive(message).id
