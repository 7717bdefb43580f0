import smtplib

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import config, email_normalize, formataddr

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..domain import mails


class ResCompany(models.Model):
    """The body's mail: its domains, its sender."""

    _inherit = "res.company"

    hotline_own_domains = fields.Char(
        string="Own mail domains",
        help="With commas between them; that of the body's address counts anyway. To other domains "
        "an executor's mail carries a link only, unless the executor's card says otherwise.",
    )

    def _hotline_mail_domains(self):
        """Beside those known: the domains named in the settings."""
        # sudo: compared with a sender's domain
        named = (self.sudo().hotline_own_domains or "").lower().replace(";", ",").split(",")
        domains = {name.strip().lstrip("@") for name in named}
        return super()._hotline_mail_domains() | frozenset(filter(None, domains))

    def _hotline_mail_from(self):
        """Return the sender of the body's letters: its name and address."""
        self.ensure_one()
        company = self.sudo()  # sudo: letters are sent by a job of the system
        address = email_normalize(company.email) or company.email_formatted
        return formataddr((company.name, address)) if address else False

    def _hotline_lang(self):
        """Return the language of the body's letters."""
        return self.sudo().partner_id.lang or "ru_RU"  # sudo: as above

    def _hotline_mail_domain(self):
        """Return the domain of the body's Message-IDs."""
        self.ensure_one()
        return self._domain_of(email_normalize(self.sudo().email) or "")  # sudo: as above


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_own_domains = fields.Char(related="company_id.hotline_own_domains", readonly=False)

    def action_check_mail(self):
        """Send one letter to the administrator's own address and say how it went."""
        self.ensure_one()
        if "administrator" not in self.env["helpdesk.ticket"]._roles():
            raise AccessError(self.env._("Only an administrator checks the mail."))
        address = email_normalize(self.env.user.email)
        if not address:
            raise UserError(self.env._("Write an e-mail address into your own card first."))
        server = self._send_test_mail(address)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self.env._("Mail works"),
                "message": self.env._(
                    "The server «%(server)s» took a test letter to %(address)s. See whether it "
                    "has come, and whether not among the spam.",
                    server=server,
                    address=address,
                ),
            },
        }

    def _send_test_mail(self, address):
        """Send it and return the server's name; UserError in words about what is wrong."""
        company = self.company_id
        sender = company._hotline_mail_from()
        if not email_normalize(sender or ""):
            raise UserError(
                self.env._("«%(name)s» has no e-mail address: write it into the body's card.",
                           name=company.name)
            )  # fmt: skip
        # sudo: an administrator of the hotline may not read mail servers; only the name is told
        servers = self.env["ir.mail_server"].sudo()
        try:
            server, email_from = self.env["hotline.mail"]._find_server(sender)
            message = servers._build_email__(
                email_from, [address],
                self.env._("Check of the mail of «%(name)s»", name=company.name),
                self.env._("If you read this, the hotline's outgoing mail works."),
            )  # fmt: skip
            servers.send_email(message, mail_server_id=server.id if server else None)
        except UserError as error:
            raise UserError(self._mail_fault(error.args[0])) from error
        except (smtplib.SMTPException, OSError, MailDeliveryException) as error:
            raise UserError(self._mail_fault(str(error.args[-1]))) from error
        return server.name if server else config["smtp_server"]

    def _mail_fault(self, why):
        if why == "not_set_up":
            return self.env._(
                "No outgoing mail server is set up. An administrator of the system adds it in "
                "Settings, Technical, Outgoing mail servers."
            )
        return self.env._("The letter was not sent: %(why)s", why=mails.reply_words(why))
