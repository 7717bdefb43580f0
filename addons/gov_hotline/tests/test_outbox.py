import email
from datetime import timedelta
from email.header import decode_header, make_header

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from .common import ROLES
from .outbox_common import OutboxCommon, Session


@tagged("post_install", "-at_install")
class TestOutbox(OutboxCommon):
    """Outgoing mail: once, in sight, never twice by itself."""

    def test_the_act_puts_it_into_the_queue(self):
        """B9: an answer by e-mail and its letter are one transaction; the same key makes one."""
        mail = self._mailed_answer()
        self.assertRecordValues(
            mail,
            [
                {
                    "state": "queued",
                    "email_to": "m@citizen.example",
                    "addressee": "Иванова Мария Петровна",
                }
            ],
        )
        answer = mail.ticket_id.answer_ids
        again = self.env["hotline.mail"]._enqueue(
            answer, "answer", "other@citizen.example", "x", "y", [], mail.sudo().dedupe_key
        )
        self.assertEqual(again, mail.sudo())
        job = self.env["queue.job"].search([("identity_key", "=", f"hotline.mail,{mail.id}")])
        self.assertEqual((job.channel, job.max_retries), ("root.hotline_mail", 0))
        self.assertEqual(self._events(mail.ticket_id).count("mail_queued"), 1)

    def test_what_travels(self):
        """B9: text and HTML, the answer's files, our sender, the Message-ID of the record."""
        case = self._mailed_case()
        file = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "Акт.txt", "raw": "Тепло дано".encode()})
        )
        self._answer(case, channel="email", text="Тепло <b>дано</b>.", attachment_ids=file.ids)
        session = Session()
        self._run_job(case.mail_ids, session)
        (message,) = session.taken
        self.assertEqual(message["Message-Id"], case.mail_ids.message_id)
        self.assertEqual(message["To"], "m@citizen.example")
        self.assertIn("post@gov.example", message["From"])
        plain = message.get_body(("plain",)).get_content()
        self.assertIn("Тепло <b>дано</b>.", plain)
        self.assertIn("Исходящий № 15-04/1", plain)
        html = message.get_body(("html",)).get_content()
        self.assertIn("Тепло &lt;b&gt;дано&lt;/b&gt;.", html)
        letter, act = message.iter_attachments()
        self.assertTrue(letter.get_content().startswith(b"%PDF"))
        self.assertIn("15-04-1", letter.get_filename())
        self.assertEqual(act.get_filename(), "Акт.txt")
        self.assertRecordValues(
            case.mail_ids, [{"state": "sent", "server": "Почта органа", "last_error": False}]
        )
        self.assertTrue(case.mail_ids.sent_at)
        self.assertIn("mail_sent", self._events(case))

    def test_a_long_subject_keeps_its_spaces(self):
        """E6: parsed as it leaves: the space before «В-2» is lost by the standard library."""
        subject = (
            "Уведомление о продлении срока рассмотрения обращения № В-2/2026-01 от 22.11.2026 по "
            "вопросу В-2/2026-01 Сертификат PDF рассмотрения: PDF на ИСХ-15/2026"
        )
        case = self._mailed_case()
        mail = self.env["hotline.mail"]._enqueue(
            self._answer(case), "answer", "m@citizen.example", subject, "Текст", [], "long"
        )
        raw = mail._message("post@gov.example").as_bytes()
        header = email.message_from_bytes(raw)["Subject"]
        self.assertEqual(str(make_header(decode_header(header))), subject)

    def test_a_file_stays_what_it_was(self):
        """The letter keeps its own copy of the answer's files."""
        case = self._mailed_case()
        file = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "Акт.txt", "raw": b"one"})
        )
        self._answer(case, channel="email", attachment_ids=file.ids)
        file.sudo().raw = b"two"
        session = Session()
        self._run_job(case.mail_ids, session)
        _letter, part = session.taken[0].iter_attachments()
        self.assertEqual(part.get_content().strip(), "one")

    def test_sending_is_written_before_the_talk(self):
        mail, seen = self._mailed_answer(), []

        def look():
            self.env.cr.execute("SELECT state FROM hotline_mail WHERE id = %s", (mail.id,))
            seen.append(self.env.cr.fetchone()[0])

        self._run_job(mail, Session(watch=look))
        self.assertEqual(seen, ["sending"])

    def test_a_break_in_the_letter_leaves_it_unknown(self):
        """Nobody knows its fate: it is never sent again by itself, and once by hand."""
        mail = self._mailed_answer()
        message_id = mail.message_id
        self.assertEqual(self._run_job(mail, Session(breaks="in")), 0)
        self.assertEqual(mail.state, "unknown")
        session = Session()
        self._run_job(mail, session)
        self.assertEqual((mail.state, session.taken), ("unknown", []))
        self.assertIn("неизвестно, ушло ли", mail.ticket_id.with_context(lang="ru_RU").mail_trouble)
        mail.action_send_again()
        self._run_job(mail, session)
        self.assertEqual(mail.state, "sent")
        self.assertEqual([message["Message-Id"] for message in session.taken], [message_id])
        events = self._events(mail.ticket_id)
        self.assertEqual(events[-3:], ["mail_unknown", "mail_again", "mail_sent"])

    def test_left_by_a_dead_process(self):
        """Found «being sent» with nobody talking: unknown, and nothing is sent."""
        mail = self._mailed_answer()
        mail.sudo()._step("send", tried_at=fields.Datetime.now())
        session = Session()
        self._run_job(mail, session)
        self.assertEqual((mail.state, session.taken), ("unknown", []))

    def test_somebody_talks_about_it(self):
        """While another process holds the letter, it is left alone."""
        mail = self._mailed_answer()
        mail.sudo()._step("send")
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (mail._lock_space(), mail.id))
            self._run_job(mail)
            self.assertEqual(mail.state, "sending")
        self._run_job(mail)
        self.assertEqual(mail.state, "unknown")

    def test_a_server_that_is_down_delays(self):
        """Tried again after a growing time; the error is in sight; then it leaves once."""
        mail = self._mailed_answer()
        waits = []
        for _try in range(3):
            waits.append(self._run_job(mail, Session(breaks="before")))
            mail.sudo()._write_by_act({"next_try_at": False})
        self.assertEqual(waits, [60, 300, 900])
        self.assertEqual((mail.state, mail.in_trouble), ("queued", True))
        self.assertIn("closed", mail.last_error)
        session = Session()
        self._run_job(mail, session)
        self.assertEqual((mail.state, mail.in_trouble, len(session.taken)), ("sent", False, 1))

    def test_not_before_its_time(self):
        mail = self._mailed_answer()
        self._run_job(mail, Session(refusal=(451, b"Try later")))
        self.assertEqual(mail.last_error, "451 Try later")
        session = Session()
        self.assertTrue(0 < self._run_job(mail, session) <= 61)
        self.assertFalse(session.taken)
        mail.action_send_now()
        self._run_job(mail, session)
        self.assertEqual(mail.state, "sent")

    def test_given_up_after_five_days(self):
        mail = self._mailed_answer()
        mail.sudo()._write_by_act({"queued_at": fields.Datetime.now() - timedelta(days=5)})
        self.assertEqual(self._run_job(mail, Session(breaks="before")), 0)
        self.assertEqual(mail.state, "failed")

    def test_refused_for_good_is_seen_after_closing(self):
        """A refusal stands on the case, closed or not (practice 15); sending again lives on."""
        mail = self._mailed_answer()
        case = mail.ticket_id
        case.with_context(hotline_reason="Ответ уйдёт с вечерней почтой").action_close()
        self._run_job(mail, Session(refusal=(550, b"5.1.1 No such user")))
        self.assertEqual((case.state, mail.state), ("closed", "failed"))
        self.assertIn("550 5.1.1 No such user", case.mail_trouble)
        self.assertIn(case, case.search([("mail_ids.in_trouble", "=", True)]))
        mail.action_send_again()
        self._run_job(mail)
        self.assertEqual((mail.state, case.mail_trouble), ("sent", ""))

    def test_no_mail_server(self):
        """Nothing goes to a server that nobody named; the letter waits and says so."""
        self.mail_server.active = False
        mail = self._mailed_answer()
        self.assertEqual(self._run_job(mail), 60)
        error = mail.sudo().last_error
        self.assertIn(
            error, ("Сервер исходящей почты не настроен", "No outgoing mail server is set up")
        )

    def test_what_is_no_address(self):
        case = self._mailed_case(applicant_email="maria at citizen")
        with self.assertRaisesRegex(UserError, "maria at citizen"):
            self._answer(case, channel="email")

    def test_other_ways_make_no_letter(self):
        case = self._mailed_case()
        self._answer(case, channel="hand")
        self.assertFalse(case.mail_ids)

    def test_forgotten_letters_are_found(self):
        """A letter whose job is gone gets another one; one that waits for its time does not."""
        mail = self._mailed_answer()
        jobs = self.env["queue.job"].search([("identity_key", "=", f"hotline.mail,{mail.id}")])
        jobs.unlink()
        self.env["hotline.mail"]._cron_find_forgotten()
        self.assertFalse(jobs.search_count([("identity_key", "=", f"hotline.mail,{mail.id}")]))
        mail.sudo()._write_by_act({"queued_at": fields.Datetime.now() - timedelta(minutes=16)})
        self.env["hotline.mail"]._cron_find_forgotten()
        self.assertEqual(jobs.search_count([("identity_key", "=", f"hotline.mail,{mail.id}")]), 1)


@tagged("post_install", "-at_install")
class TestOutboxRights(OutboxCommon):
    def test_who_reads(self):
        """Officers and auditors of the body; nobody writes by hand."""
        mail = self._mailed_answer()
        readers = {r for r in ROLES if mail.with_user(getattr(self, r)).has_access("read")}
        self.assertEqual(readers, {"officer", "administrator", "auditor"})
        for role in ROLES:
            for operation in ("write", "create", "unlink"):
                Mail = mail.with_user(getattr(self, role))
                self.assertFalse(Mail.has_access(operation), (role, operation))
        with self.assertRaises(AccessError):
            mail.ticket_id.with_user(self.operator).read(["mail_trouble"])

    def test_another_body(self):
        """An officer of another body neither reads the letter nor sends it again."""
        mail = self._mailed_answer()
        body = self.env["res.company"].create({"name": "Другой орган"})
        stranger = self._new_role_user("officer", "approver")
        stranger.write({"company_ids": [(6, 0, body.ids)], "company_id": body.id})
        self.assertFalse(mail.with_user(stranger).has_access("read"))
        mail.sudo()._write_by_act({"state": "failed"})
        with self.assertRaises(AccessError):
            mail.with_user(stranger).action_send_again()

    def test_who_acts(self):
        mail = self._mailed_answer()
        mail.sudo()._write_by_act({"state": "unknown"})
        for role in ("operator", "auditor", "supervisor", "executor", "press", "approver"):
            for act in ("action_send_again", "action_confirm_sent", "action_cancel"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(mail.with_user(getattr(self, role)), act)()
        self.assertFalse(mail.with_user(self.auditor).can_again)
        mail.action_confirm_sent()
        self.assertEqual(mail.state, "sent")
        with self.assertRaises(UserError):
            mail.action_send_again()

    def test_no_letter_by_defaults_or_deletion(self):
        mail = self._mailed_answer()
        with self.assertRaises(UserError):
            mail.sudo().unlink()
        with self.assertRaises(AccessError):
            mail.sudo().write({"email_to": "thief@x.example"})

    def test_check_of_the_mail(self):
        """An administrator learns that nothing is set up; others may not ask."""
        self.mail_server.active = False
        Settings = self.env["res.config.settings"]
        settings = Settings.create({})
        with self.assertRaises(UserError) as caught:
            settings.with_env(self.env(user=self.env.ref("base.user_admin"))).action_check_mail()
        self.assertNotIn("not_set_up", str(caught.exception))
        for role in ("officer", "auditor", "operator"):
            with self.subTest(role), self.assertRaises(AccessError):
                settings.with_user(getattr(self, role)).action_check_mail()

    def test_list_is_one_page_of_few_queries(self):
        self._mailed_answer()
        self._mailed_answer()
        Mail = self.env["hotline.mail"].with_user(self.officer)
        names = (
            "queued_at",
            "ticket_number",
            "kind",
            "email_to",
            "addressee",
            "state",
            "last_error",
        )
        Mail.web_search_read([], {name: {} for name in names})
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            Mail.web_search_read([], {name: {} for name in names}, limit=80)
