from contextlib import contextmanager
from datetime import timedelta
from imaplib import IMAP4
from poplib import error_proto
from socket import gaierror
from ssl import SSLError
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.models.fetchmail import FetchmailServer

from .common import IncomingCommon, letter


class Imap:
    """An IMAP server's end of a talk, with the answers of imaplib."""

    def __init__(self, letters):
        self.letters = letters
        self.seen = set()
        self.asked = []

    def select(self):
        return "OK", [b"1"]

    def logout(self):
        """Leave."""

    def uid(self, command, number, what, *more):
        self.asked.append((command, what))
        if command == "SEARCH":
            numbers = [n for n in range(1, len(self.letters) + 1) if n not in self.seen]
            return "OK", [" ".join(map(str, numbers)).encode()]
        number = int(number)
        if command == "STORE":
            self.seen.add(number)
            return "OK", [None]
        raw = self.letters[number - 1]
        if "SIZE" in what:
            return "OK", [b"%d (UID %d RFC822.SIZE %d)" % (number, number, len(raw))]
        if "HEADER" in what:
            raw = raw[: raw.index(b"\r\n\r\n") + 4]
        return "OK", [(b"%d (BODY[] {%d}" % (number, len(raw)), raw), b")"]


class Pop:
    """A POP3 server's end of a talk, with the answers of poplib."""

    def __init__(self, letters):
        self.letters = letters
        self.deleted = set()

    def list(self):
        lines = [b"%d %d" % (n, len(raw)) for n, raw in enumerate(self.letters, 1)]
        return b"+OK", lines, 0

    def retr(self, number):
        return b"+OK", self.letters[number - 1].split(b"\r\n")[:-1], 0

    def top(self, number, _lines):
        raw = self.letters[number - 1]
        return b"+OK", raw[: raw.index(b"\r\n\r\n") + 2].split(b"\r\n"), 0

    def dele(self, number):
        self.deleted.add(number)

    def quit(self):
        """Leave."""


@tagged("post_install", "-at_install")
class TestMailbox(IncomingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env.ref("gov_hotline_channels.model_hotline_incoming_mail")
        cls.server = cls._server("imap")
        cls.mails = cls.env["hotline.incoming.mail"]

    @classmethod
    def _server(cls, kind):
        return cls.env["fetchmail.server"].create(
            {
                "name": "Ящик горячей линии",
                "server_type": kind,
                "server": "mail.gov.example",
                "port": 143,
                "user": "line",
                "password": "x",
                "object_id": cls.model.id,
                "state": "done",
            }
        )

    @contextmanager
    def _played(self, session):
        with (
            self.enter_registry_test_mode(),
            patch.object(FetchmailServer, "_connect__", lambda *args, **kwargs: session),
        ):
            yield

    def _fetch(self, session, server=None):
        with self._played(session):
            return self._fetch_in_its_transaction(server or self.server)

    def _fetch_in_its_transaction(self, server):
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            error = server.with_env(self.env(cr=cr))._fetch_mail()
        self.env.invalidate_all()
        return error

    def test_letters_are_stored_then_marked(self):
        """E1: each letter is stored, then marked; nothing is marked by fetching it."""
        session = Imap([letter(Subject="one"), letter(Subject="two")])
        before = self.mails.search_count([])
        self.assertIsNone(self._fetch(session))
        self.assertEqual(self.mails.search_count([]) - before, 2)
        self.assertEqual(session.seen, {1, 2})
        fetched = [what for command, what in session.asked if command == "FETCH"]
        self.assertEqual(set(fetched), {"(RFC822.SIZE)", "(BODY.PEEK[])"})

    def _now(self):
        """Press «Fetch now»; return the notification it ends with."""
        self.env.flush_all()
        with self.env.registry.cursor() as cr:
            server = self.server.with_env(self.env(cr=cr)).with_context(lang="ru_RU")
            toast = server.fetch_mail()["params"]
        self.env.invalidate_all()
        return toast

    def test_fetch_now_ends_with_words(self):
        """E1: how many letters came, or that none did."""
        session = Imap([letter(Subject="one"), letter(Subject="two")])
        with self._played(session):
            toast = self._now()
            self.assertEqual(toast["type"], "success")
            self.assertIn("2", toast["message"])
            self.assertEqual(self._now()["message"], "Новых писем нет.")

    def test_a_refusal_is_told_in_words(self):
        """E1: what the server refused with, in Russian; its own answer below, without quotes."""
        for error, told in (
            (IMAP4.error(b"[AUTHENTICATIONFAILED] Invalid credentials."), "не принял имя и пароль"),
            (error_proto(b"-ERR invalid password"), "не принял имя и пароль"),
            (gaierror(-2, "Name or service not known"), "Сервера с таким именем нет"),
            (SSLError("WRONG_VERSION_NUMBER"), "SSL/TLS"),
            (TimeoutError("timed out"), "Сервер не отвечает"),
            (IMAP4.error(b"NO quota"), "ответил отказом"),
        ):

            def refusing(*args, error=error, **kwargs):
                raise error

            with (
                self.subTest(told),
                self.enter_registry_test_mode(),
                patch.object(FetchmailServer, "_connect__", refusing),
            ):
                toast = self._now()
                self.assertEqual((toast["type"], toast["sticky"]), ("danger", True))
                self.assertIn(told, toast["message"])
                self.assertNotIn("b'", toast["message"])
                with self.assertRaisesRegex(UserError, told):
                    self.server.with_context(lang="ru_RU").button_confirm_login()

    def test_a_letter_that_could_not_be_stored_stays_new(self):
        """E1: a failure of ours marks nothing, is told, stops no other; then it is fetched."""
        session = Imap([letter(Subject="one"), letter(Subject="two")])
        store = type(self.mails)._store

        def broken(mails, raw, *more):
            if b"Subject: one" in raw:
                raise KeyError("disk")
            return store(mails, raw, *more)

        with patch.object(type(self.mails), "_store", broken):
            self.assertTrue(self._fetch(session))
        self.assertEqual(session.seen, {2})
        self.assertIn("1", self.server.error_message)
        self.assertIsNone(self._fetch(session))
        self.assertEqual(session.seen, {1, 2})
        self.assertFalse(self.server.error_message)

    def test_a_crash_between_storing_and_marking(self):
        """E1: a letter that was stored but not marked comes again and is the same record."""
        session = Imap([letter(Subject="one")])
        self._fetch(session)
        session.seen.clear()
        before = self.mails.search_count([])
        self._fetch(session)
        self.assertEqual((self.mails.search_count([]), session.seen), (before, {1}))

    def test_over_the_limit_only_the_head(self):
        """E1: of a letter over the limit the head alone is fetched; it waits for a decision."""
        self.env.company.hotline_mail_megabytes = 1
        session = Imap([letter("x" * 1024 * 1024, Subject="=?utf-8?B?0JDQutGC?=")])
        self._fetch(session)
        mail = self.mails.search([], limit=1)
        self.assertTrue(mail.is_too_large)
        self.assertLess(len(mail.raw_id.raw), 1000)
        self.assertNotIn("(BODY.PEEK[])", [what for _command, what in session.asked])
        mail._run_reader()
        self.assertRecordValues(mail, [{"state": "quarantine", "subject": "Акт", "body": ""}])
        self.assertIn("МБ", mail.why)

    def test_pop(self):
        """E1: POP3 deletes what is stored; what is over the limit stays at the server."""
        self.env.company.hotline_mail_megabytes = 1
        session = Pop([letter(Subject="one"), letter("x" * 1024 * 1024, Subject="big")])
        self._fetch(session, self._server("pop"))
        self.assertEqual(session.deleted, {1})
        big, one = self.mails.search([], limit=2)
        self.assertEqual((one.raw_id.raw, big.is_too_large), (letter(Subject="one"), True))

    def test_a_server_that_does_not_answer(self):
        """E1: officers are told; however long it lasts, nobody switches the mailbox off."""
        self.assertEqual(self.mails.with_user(self.officer).mailbox_trouble(), "")

        def silent(*args, **kwargs):
            raise TimeoutError("timed out")

        with self.enter_registry_test_mode(), patch.object(FetchmailServer, "_connect__", silent):
            self.assertTrue(self._fetch_in_its_transaction(self.server))
        said = self.mails.with_user(self.officer).with_context(lang="ru_RU").mailbox_trouble()
        self.assertIn("Ящик горячей линии", said)
        self.server.with_context(fetchmail_cron_running=True).set_draft()
        self.assertEqual(self.server.state, "done")
        self.server.error_date = fields.Datetime.now() - timedelta(days=9)
        self.server.set_draft()
        self.assertEqual(self.server.state, "draft")

    def test_a_mailbox_of_something_else_is_odoos(self):
        """A server whose letters are not the hotline's is fetched as Odoo does."""
        server = self._server("imap")
        server.object_id = self.env["ir.model"]._get("res.partner")
        session = Imap([])
        with patch.object(FetchmailServer, "_connect__", lambda *args, **kwargs: session):
            self.assertIs(server._connect__(), session)
            self.assertIsNot(self.server._connect__(), session)
