import tempfile
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import journal
from ..models import journal_sql
from .common import ROLES
from .journal_common import JournalCase
from .outbox_common import Session


@tagged("post_install", "-at_install")
class TestJournalHead(JournalCase):
    """X5: once a day the chain's head leaves the database: letter, file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "hotline@body.example"
        cls.env["ir.mail_server"].create({"name": "Почта", "smtp_host": "mail.gov.example"})
        cls.env.ref("gov_hotline.group_auditor").all_user_ids.email = False
        cls.auditor.email = "auditor@control.example"
        cls._registered()

    def _make(self):
        """Run the daily action; return the head of the day."""
        with self.enter_registry_test_mode():
            self.env.ref("gov_hotline.cron_make_journal_head").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["hotline.journal.head"].search([], limit=1)

    def _mail(self, head, session=None):
        """Run the mailing job once; return what the mail server got, seconds till the next try."""
        session = session or Session()
        wait = 0
        with (
            self.enter_registry_test_mode(),
            patch.object(IrMail_Server, "_connect__", lambda *args, **kwargs: session),
        ):
            try:
                head._run_mailer()
            except RetryableJobError as error:
                wait = error.seconds
        self.env.invalidate_all()
        return session, wait

    def test_once_a_day(self):
        """X5: everything is sealed first; a second run of the day makes no second head."""
        head = self._make()
        self.assertEqual((head.number, head.seal_hash), journal_sql.head(self.env.cr))
        self.assertEqual(head.line_count, head.number)
        self.assertEqual(head.line_count, self.lines.search_count([]))
        self._registered()
        self.assertEqual(self._make(), head)
        self.assertEqual(self.env["hotline.journal.head"].search_count([]), 1)

    def test_an_empty_journal_has_no_head(self):
        with self._unguarded():
            self._sql("TRUNCATE hotline_journal")
        self.assertFalse(self._make())

    def test_while_somebody_seals_it_waits(self):
        """X5: it is tried again a minute later, without an error in the log."""
        cron = self.env.ref("gov_hotline.cron_make_journal_head")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        with patch.object(journal_sql, "lock_sealer", lambda _cr: False):
            self.assertFalse(self._make())
        after = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)

    @mute_logger("odoo.sql_db")
    def test_its_content_stands_still(self):
        """X5: neither changed nor deleted; how it left is noted."""
        head = self._make()
        for statement in (
            "UPDATE hotline_journal_head SET seal_hash = 'x'",
            "UPDATE hotline_journal_head SET number = 1",
            "DELETE FROM hotline_journal_head",
            "TRUNCATE hotline_journal_head",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self._sql(statement)
        head.mail_trouble = "x"
        self.env.flush_all()

    def test_the_letter(self):
        """X5: to the auditors, in Russian; the check reads the head out of it."""
        head = self._make()
        self.assertTrue(
            self.env["queue.job"].search([("identity_key", "ilike", f"head,{head.id}")])
        )
        session, wait = self._mail(head)
        self.assertEqual(wait, 0)
        (message,) = session.taken
        self.assertEqual(message["To"], "auditor@control.example")
        text = message.get_body(("plain",)).get_content()
        self.assertIn("Контрольная отметка журнала", message["Subject"])
        self.assertEqual(journal.read_heads(text), {head.number: head.seal_hash})
        self.assertRecordValues(
            head, [{"mailed_to": "auditor@control.example", "mail_trouble": False}]
        )
        self.assertTrue(head.mailed_at)

    def test_the_letter_does_not_leave(self):
        """X5: it is tried again, longer each time; the screen says why."""
        head = self._make()
        _session, wait = self._mail(head, Session(breaks="before"))
        self.assertEqual(wait, 60)
        self.assertFalse(head.mailed_at)
        self.assertIn("unexpectedly closed", head.mail_trouble)
        self.assertEqual(self._mail(head, Session(refusal=(550, b"no")))[1], 300)
        self.assertEqual(self._mail(head)[1], 0)
        self.assertFalse(head.mail_trouble)

    def test_no_auditor_with_an_address(self):
        self.env.ref("gov_hotline.group_auditor").all_user_ids.email = False
        head = self._make()
        session, wait = self._mail(head)
        self.assertFalse(session.taken)
        self.assertTrue(wait)
        self.assertTrue(head.mail_trouble)

    def test_the_file(self):
        """X5: a file a day in the folder of the settings, whole, again the same."""
        with tempfile.TemporaryDirectory() as folder:
            self.env["res.config.settings"].create({"hotline_journal_folder": folder}).execute()
            head = self._make()
            (path,) = Path(folder).iterdir()
            self.assertEqual(str(path), head.file_path)
            text = path.read_text(encoding="utf-8")
            self.assertEqual(journal.read_heads(text), {head.number: head.seal_hash})
        head._write_file()
        self.assertTrue(head.file_trouble)

    def test_a_folder_that_is_none(self):
        for folder in ("marks", "/nowhere/marks"):
            with self.subTest(folder), self.assertRaises(ValidationError):
                self.env["res.config.settings"].create({"hotline_journal_folder": folder})

    def test_a_check_knows_the_heads_of_the_database(self):
        """X5: who computes the chain anew must also have changed the heads kept here."""
        head = self._make()
        with self._unguarded():
            self._sql("UPDATE hotline_journal_seal SET sealed_at = '2020-01-01' WHERE number = %s",
                      head.number)  # fmt: skip
        self.assertEqual(self._check(), [(journal.OTHER_CHAIN, head.number)])

    def test_roles(self):
        """Auditor, supervisor and administrator read the heads; nobody writes them."""
        head = self._make()
        readers = {"auditor", "supervisor", "administrator"}
        for role in ROLES:
            user = head.with_user(getattr(self, role))
            with self.subTest(role):
                self.assertEqual(user.has_access("read"), role in readers)
                self.assertFalse(user.has_access("write") or user.has_access("create"))
