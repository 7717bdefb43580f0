import smtplib
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.addons.queue_job.exception import RetryableJobError

from .common import HotlineCommon


class Session:
    """A mail server's end of a talk: `refusal` (code, words), `breaks` before or in the letter."""

    from_filter = False
    smtp_from = False

    def __init__(self, refusal=None, breaks="", watch=None):
        self.refusal, self.breaks, self.watch = refusal, breaks, watch
        self.taken = []

    def send_message(self, message, smtp_from, smtp_to):
        if self.breaks == "before":
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        if self.refusal:
            raise smtplib.SMTPRecipientsRefused({smtp_to[0]: self.refusal})
        self.data(message.as_bytes())
        self.taken.append(message)

    def data(self, message):
        if self.watch:
            self.watch()
        if self.breaks == "in":
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    def quit(self):
        """Leave."""


class OutboxCommon(HotlineCommon):
    """A body with an address and a mail server that is played by `Session`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "post@gov.example"
        cls.mail_server = cls.env["ir.mail_server"].create(
            {"name": "Почта органа", "smtp_host": "mail.gov.example"}
        )

    @classmethod
    def _mailed_case(cls, **vals):
        """Return a registered message of a citizen with an e-mail address, as the officer."""
        vals = {
            "kind": "message",
            "origin": "phone",
            "applicant_email": "m@citizen.example",
            **vals,
        }
        return cls._registered(**vals).with_user(cls.officer)

    @classmethod
    def _mailed_answer(cls, **vals):
        """Give an answer by e-mail; return its letter as the officer sees it."""
        case = cls._mailed_case(**vals)
        cls._answer(case, channel="email")
        return case.mail_ids.filtered(lambda mail: mail.kind == "answer")

    @contextmanager
    def _session(self, session):
        """Let `session` stand for every mail server inside the block."""
        with (
            self.enter_registry_test_mode(),
            patch.object(IrMail_Server, "_connect__", lambda *args, **kwargs: session),
        ):
            yield session

    def _run_job(self, mail, session=None):
        """Run the letter's job once; return seconds until the next try, 0 for none."""
        with self._session(session or Session()):
            try:
                mail.sudo()._run_sender()
            except RetryableJobError as error:
                return error.seconds
            finally:
                self.env.invalidate_all()
        return 0

    def _events(self, case):
        lines = self.env["hotline.journal"].search(
            [("model", "=", "helpdesk.ticket"), ("res_ref", "=", case.id)], order="id"
        )
        return lines.mapped("event")
