import logging
import smtplib

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import config, plaintext2html

from ..domain import mail_headers, mails
from .hotline_outbox_send import NOT_SET_UP, Outcome

_logger = logging.getLogger(__name__)


class HotlineMail(models.Model):
    """The talk with the mail server."""

    _inherit = "hotline.mail"

    def _not_set_up_words(self):
        return self.env._("No outgoing mail server is set up")

    def _talk(self):
        """Hand the letter over to the mail server; never raises for what a server may answer."""
        talk = Talk(self)
        try:
            talk.run()
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            return talk.refused(code, reply)
        except smtplib.SMTPResponseException as error:
            if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError):
                return talk.delayed(error)  # of the server's set-up, not of the letter
            return talk.refused(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError, UserError) as error:
            return talk.broken(error)
        except (ValueError, AssertionError, UnicodeError) as error:
            return Outcome("fail", mails.reply_words(str(error)), talk.server)
        return Outcome("deliver", server=talk.server)

    def _message(self, email_from):
        """Return the letter as it travels: plain text and HTML, files, its own Message-ID."""
        files = [
            (file.name, file.raw or b"", file.mimetype or "application/octet-stream")
            for file in self.attachment_ids
        ]
        text = self._leaving_text()
        message = self.env["ir.mail_server"]._build_email__(
            email_from=email_from,
            email_to=[self.email_to],
            subject=self.subject,
            body=plaintext2html(text),
            body_alternative=text,
            subtype="html",
            attachments=files,
            message_id=self.message_id,
            headers={"Auto-Submitted": "auto-generated"},
        )
        message.policy = mail_headers.POLICY  # spaces of a long Russian subject stay
        return message

    def _leaving_text(self):
        """Return the text as it leaves; what nobody here may read is put in at last."""
        return self.body

    @api.model
    def _find_server(self, email_from):
        """Return the mail server to use and the sender it allows; UserError where none is set up.

        Odoo's own last resort, a server on this very machine that nobody named, is not taken.
        """
        if not self._is_set_up():
            raise UserError(NOT_SET_UP)
        # sudo: servers are the administrator's; only chosen
        return self.env["ir.mail_server"].sudo()._find_mail_server(email_from)

    @api.model
    def _is_set_up(self):
        """Whether there is a mail server to hand letters over to."""
        servers = self.env["ir.mail_server"].sudo()  # sudo: only whether there is one
        named = config["smtp_server"] not in (False, "", "localhost")
        return bool(
            named or servers.search_count(servers._find_mail_server_allowed_domain(), limit=1)
        )


class Talk:
    """One talk with the mail server. `handed_over`: the letter itself has begun to travel."""

    def __init__(self, mail):
        self._mail = mail
        self._servers = mail.env["ir.mail_server"].sudo()  # as above; only talked to
        self.server = ""
        self.handed_over = False

    def run(self):
        """Connect, send, leave. Raises what smtplib, the network or Odoo raise."""
        email_from = self._mail.company_id._hotline_mail_from()
        server, email_from = self._mail._find_server(email_from)
        self.server = server.name if server else config["smtp_server"]
        message = self._mail._message(email_from)
        session = self._connect(server, email_from)
        try:
            smtp_from, smtp_to, message = self._servers._prepare_email_message__(message, session)
            session.send_message(message, smtp_from, smtp_to)
        finally:
            self._leave(session)

    def _connect(self, server, email_from):
        session = self._servers._connect__(
            mail_server_id=server.id if server else None, smtp_from=email_from
        )
        if session is None:
            raise UserError(self.env._("Odoo sends no mail while it tests itself."))
        data = session.data

        def watched(message):
            self.handed_over = True
            return data(message)

        session.data = watched
        return session

    def _leave(self, session):
        try:
            session.quit()
        except (smtplib.SMTPException, OSError):
            _logger.debug("the mail server did not say goodbye")  # the letter's fate is known

    # What came of it

    def refused(self, code, reply):
        """The server said no, in so many words: for now or for good."""
        why = f"{code} {mails.reply_words(reply)}"
        return Outcome("fail" if mails.is_permanent(code) else "delay", why, self.server)

    def delayed(self, error):
        """The server cannot be used now."""
        return Outcome("delay", mails.reply_words(_words(error)), self.server)

    def broken(self, error):
        """The talk broke off. Once the letter has begun to travel, nobody knows its fate."""
        return Outcome(
            "lose" if self.handed_over else "delay", mails.reply_words(_words(error)), self.server
        )


def _words(error):
    """Return what a failed talk says of itself, in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {mails.reply_words(error.smtp_error)}"
    if isinstance(error, UserError):
        return error.args[0]
    return str(error) or type(error).__name__
