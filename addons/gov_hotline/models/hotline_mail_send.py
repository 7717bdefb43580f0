import logging
import smtplib
from contextlib import contextmanager
from dataclasses import dataclass

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config, plaintext2html

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import mails

_logger = logging.getLogger(__name__)
# First key of the advisory locks: «somebody talks about this letter just now».
LOCK_SPACE = 1_214_606_157
NOT_SET_UP = "not_set_up"


@dataclass(frozen=True)
class Outcome:
    """How a talk with the mail server ended: an act of domain/mails.py, and why."""

    act: str
    why: str = ""
    server: str = ""


class HotlineMail(models.Model):
    """The background job: one letter, one talk with the mail server.

    While it runs, the job's own transaction holds an advisory lock. A letter found «being sent»
    whose lock is free was left by a process that died: whether it left nobody knows.
    """

    _inherit = "hotline.mail"

    def _call_sender(self, urgent=False):
        """Ask for the job; it starts after the commit. One job a letter waits at a time."""
        for mail in self:
            # the system sends: the user of the act may be a visitor of the site
            sender = mail.with_user(SUPERUSER_ID)
            key = f"hotline.mail,{mail.id}{',now' if urgent else ''}"
            job = sender.with_delay(
                description=self.env._("Letter %(number)s", number=mail.id),
                identity_key=key,
                max_retries=0,
            )
            job._run_sender()

    def _run_sender(self):
        """Send the letter if it waits; called by the job. Raises RetryableJobError to wait."""
        self.ensure_one()
        if not self._lock_sender():
            return  # another process talks about it just now
        begun = self._begin()
        if not begun:
            return
        outcome = self._talk()
        wait = self._finish(outcome)
        if wait:
            raise RetryableJobError(outcome.why, seconds=wait, ignore_retry=True)

    def _lock_sender(self):
        """Take the advisory lock of this letter till the job ends, if it is free."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCK_SPACE, self.id))
        return self.env.cr.fetchone()[0]

    @contextmanager
    def _own_transaction(self):
        """Yield the letter in a transaction of its own, committed at the end of the block."""
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr, user=SUPERUSER_ID))

    def _begin(self):
        """Commit «being sent» before the talk; False where nothing is to be sent now."""
        now = fields.Datetime.now()
        with self._own_transaction() as mail:
            if not mail.exists():
                return False
            if mail.state == mails.SENDING:
                mail._lose()
                return False
            if mail.state != mails.QUEUED:
                return False
            early = mail.next_try_at and (mail.next_try_at - now).total_seconds()
            if early and early > 0:
                raise RetryableJobError("too early", seconds=int(early) + 1, ignore_retry=True)
            mail._step("send", tries=mail.tries + 1, tried_at=now)
        return True

    def _lose(self):
        """The process that sent this letter died: nobody knows whether it left."""
        why = self.env._("The server stopped while the letter was being sent")
        self._step("lose", last_error=why)
        self._journal("mail_unknown")

    # After the talk

    def _finish(self, outcome):
        """Record the outcome; return in how many seconds to try again, or 0."""
        with self._own_transaction() as mail:
            mail.invalidate_recordset()
            return getattr(mail, f"_finish_{outcome.act}")(outcome)

    def _finish_deliver(self, outcome):
        now = fields.Datetime.now()
        self._step(
            "deliver", sent_at=now, last_error=False, next_try_at=False, server=outcome.server
        )
        self._journal("mail_sent")
        self._tell_source("_mail_sent")
        return 0

    def _finish_delay(self, outcome):
        now = fields.Datetime.now()
        if now - self.queued_at >= mails.GIVE_UP_AFTER:
            return self._finish_fail(outcome)
        wait = mails.delay(self.tries)
        why = outcome.why if outcome.why != NOT_SET_UP else self._not_set_up_words()
        self._step("delay", last_error=why, next_try_at=now + wait, server=outcome.server)
        return int(wait.total_seconds())

    def _finish_fail(self, outcome):
        why = outcome.why if outcome.why != NOT_SET_UP else self._not_set_up_words()
        self._step("fail", last_error=why, next_try_at=False, server=outcome.server)
        self._journal("mail_failed")
        self._tell_source("_mail_failed", why)
        return 0

    def _finish_lose(self, outcome):
        self._step("lose", last_error=outcome.why, server=outcome.server)
        self._journal("mail_unknown")
        return 0

    def _tell_source(self, hook, *more):
        source = self._source()
        if source:
            getattr(source, hook)(self, *more)

    def _not_set_up_words(self):
        return self.env._("No outgoing mail server is set up")

    # The talk

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
        return self.env["ir.mail_server"]._build_email__(
            email_from=email_from,
            email_to=[self.email_to],
            subject=self.subject,
            body=plaintext2html(self.body),
            body_alternative=self.body,
            subtype="html",
            attachments=files,
            message_id=self.message_id,
            headers={"Auto-Submitted": "auto-generated"},
        )

    @api.model
    def _find_server(self, email_from):
        """Return the mail server to use and the sender it allows; UserError where none is set up.

        Odoo's own last resort, a server on this very machine that nobody named, is not taken.
        """
        servers = self.env["ir.mail_server"].sudo()
        named = config["smtp_server"] not in (False, "", "localhost")
        if not named and not servers.search_count(servers._find_mail_server_allowed_domain()):
            raise UserError(NOT_SET_UP)
        return servers._find_mail_server(email_from)


class Talk:
    """One talk with the mail server. `handed_over`: the letter itself has begun to travel."""

    def __init__(self, mail):
        self._mail = mail
        self._servers = mail.env["ir.mail_server"].sudo()
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
