from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from odoo.addons.gov_hotline.domain import assignments as assignment_rules

from ..domain import placing
from .hotline_incoming_mail import FAILED

MEGABYTE = 1024 * 1024


class HotlineIncomingMail(models.Model):
    """What people see and do with a letter, whatever it is about."""

    _inherit = "hotline.incoming.mail"

    raw_name = fields.Char(related="raw_id.name", string="File of the letter")
    size_words = fields.Char(string="Size", compute="_compute_size_words")
    main_act = fields.Char(compute="_compute_main_act")
    can_read_again = fields.Boolean(compute="_compute_can_read_again")

    @api.depends("size")
    @api.depends_context("lang")
    def _compute_size_words(self):
        for mail in self:
            if mail.size >= MEGABYTE:
                size = formatLang(self.env, mail.size / MEGABYTE, digits=1)
                mail.size_words = self.env._("%(size)s MB", size=size)
            else:
                mail.size_words = self.env._("%(size)s KB", size=-(-mail.size // 1024))

    @api.depends("kind", "assignment_id.state")
    def _compute_main_act(self):
        """The button that is offered first; an assignment that awaits nothing takes no letter."""
        for mail in self:
            assignment = mail.assignment_id
            is_late = assignment and assignment.state != assignment_rules.SENT
            is_answer = mail.kind == placing.EXECUTOR_ANSWER
            mail.main_act = "letter" if is_answer and is_late else mail.kind

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_read_again(self):
        officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for mail in self:
            mail.can_read_again = officer and mail.state == FAILED

    @api.depends("subject", "from_address")
    def _compute_display_name(self):
        for mail in self:
            told = mail.subject or mail._sender_words()
            mail.display_name = told or self.env._("Without a subject")

    def _sender_words(self):
        """Return the sender as the reader may be told; an extension point."""
        return self.from_address

    def action_download(self):
        """Give the letter as it came, as a file; who reads it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.raw_id.id}?download=true",
            "target": "download",
        }

    def action_read_again(self):
        """Read letters that failed once more, at once; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        for mail in self:
            if mail.state != FAILED:
                raise UserError(self.env._("This letter has been read: it is not read again."))
            mail._write_by_act({"tries": 0, "next_try_at": False})
        self.sudo()._call_reader(urgent=True)  # sudo: the job is the system's

    @api.model
    def mailbox_trouble(self):
        """Say in words which mailbox is not fetched, "" where all is well; who reads the mail."""
        self.check_access("read")
        # sudo: officers do not read mail servers; a name and a time are told, nothing else
        servers = self.env["fetchmail.server"].sudo()
        domain = [
            ("object_id.model", "=", self._name),
            ("hotline_company_id", "in", self.env.companies.ids),
            ("error_date", "!=", False),
        ]
        return "\n".join(
            self.env._(
                "The mailbox «%(name)s» has not been fetched since %(when)s: the mail server does "
                "not answer. It is tried again by itself; tell the administrator.",
                name=server.name,
                when=self._moment_words(server.error_date),
            )
            for server in servers.search(domain)
        )

    def _moment_words(self, moment):
        local = fields.Datetime.context_timestamp(self, moment)
        return local.strftime("%d.%m.%Y %H:%M")
