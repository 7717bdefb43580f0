from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .hotline_incoming_mail import MODEL
from .mailbox import ImapMailbox, PopMailbox

MAILBOXES = {"imap": ImapMailbox, "pop": PopMailbox}
MEGABYTE = 1024 * 1024


class FetchmailServer(models.Model):
    """A mailbox of the hotline: whose it is, and how it is fetched without losing a letter."""

    _inherit = "fetchmail.server"

    hotline_is_mailbox = fields.Boolean(
        string="Mailbox of the hotline", compute="_compute_hotline_is_mailbox", compute_sudo=True
    )
    hotline_protocol = fields.Selection(
        [("imap", "IMAP"), ("pop", "POP3")],
        string="Protocol",
        compute="_compute_hotline_protocol",
        inverse="_inverse_hotline_protocol",
        help="With IMAP letters stay at the server; with POP3 they are deleted there once stored.",
    )
    hotline_company_id = fields.Many2one(
        "res.company", string="Body", default=lambda self: self.env.company
    )

    @api.depends("object_id")
    def _compute_hotline_is_mailbox(self):
        for server in self:
            server.hotline_is_mailbox = server.object_id.model == MODEL

    hotline_state = fields.Selection(
        [("draft", "Not confirmed"), ("done", "Confirmed")],
        string="Connection",
        compute="_compute_hotline_state",
    )

    @api.depends("state")
    def _compute_hotline_state(self):
        for server in self:
            server.hotline_state = server.state

    def write(self, vals):
        """A mailbox of the hotline is made nothing else by whoever has the hotline's alone."""
        other = "object_id" in vals and not (self.env.su or self.env.is_system())
        # sudo: a model's name
        if other and self.env["ir.model"].sudo().browse(vals["object_id"]).model != MODEL:
            raise AccessError(self.env._("This mailbox is the hotline's."))
        return super().write(vals)

    @api.depends("server_type")
    def _compute_hotline_protocol(self):
        for server in self:
            known = server.server_type in MAILBOXES
            server.hotline_protocol = server.server_type if known else False

    @api.onchange("hotline_protocol")
    def _inverse_hotline_protocol(self):
        for server in self.filtered("hotline_protocol"):
            server.server_type = server.hotline_protocol

    @api.onchange("hotline_protocol", "is_ssl")
    def _onchange_hotline_port(self):
        """Propose the usual port."""
        ports = {"imap": (143, 993), "pop": (110, 995)}
        if self.hotline_is_mailbox and self.hotline_protocol:
            self.port = ports[self.hotline_protocol][bool(self.is_ssl)]

    @api.constrains("server_type", "object_id")
    def _check_hotline_protocol(self):
        """Nothing else is reached in a closed perimeter (Gmail and Outlook are foreign clouds)."""
        for server in self.filtered("hotline_is_mailbox"):
            if server.server_type not in MAILBOXES:
                raise ValidationError(
                    self.env._("A mailbox of the hotline is fetched by IMAP or POP3.")
                )

    def _update_cron(self):
        """Letters are fetched while there is a mailbox, whichever administrator connects it."""
        return super(FetchmailServer, self.sudo())._update_cron()  # sudo: a scheduled action

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
