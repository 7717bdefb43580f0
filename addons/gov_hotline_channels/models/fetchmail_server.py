from odoo import api, fields, models

from .hotline_incoming_mail import MODEL
from .mailbox import ImapMailbox, PopMailbox

MAILBOXES = {"imap": ImapMailbox, "pop": PopMailbox}
MEGABYTE = 1024 * 1024


class FetchmailServer(models.Model):
    """A mailbox of the hotline: whose it is, and how it is fetched without losing a letter."""

    _inherit = "fetchmail.server"

    hotline_is_mailbox = fields.Boolean(
        string="Mailbox of the hotline", compute="_compute_hotline_is_mailbox"
    )
    hotline_company_id = fields.Many2one(
        "res.company", string="Body", default=lambda self: self.env.company
    )

    @api.depends("object_id")
    def _compute_hotline_is_mailbox(self):
        for server in self:
            server.hotline_is_mailbox = server.object_id.model == MODEL

    def _connect__(self, allow_archived=False):
        connection = super()._connect__(allow_archived)
        kind = MAILBOXES.get(self._get_connection_type())
        if not self.hotline_is_mailbox or kind is None:
            return connection
        company = self.hotline_company_id or self.env.company
        return kind(self, connection, company.hotline_mail_megabytes * MEGABYTE)

    def set_draft(self):
        """A mailbox of the hotline that does not answer is tried for ever.

        Odoo switches a server off after five days of failures; here only a person does.
        """
        if self.env.context.get("fetchmail_cron_running"):
            return super(
                FetchmailServer, self.filtered(lambda s: not s.hotline_is_mailbox)
            ).set_draft()
        return super().set_draft()
