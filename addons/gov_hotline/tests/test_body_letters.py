import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .acts_common import ActsCommon
from .outbox_common import OutboxCommon, Session


@tagged("post_install", "-at_install")
class TestBodyLetters(OutboxCommon, ActsCommon):
    """Requests and reports to other bodies that leave as letters by e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.email = "zhkh@mo.example"
        cls.ticket = cls._case()

    def assert_refused(self, act, words="."):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def _mailed(self, **vals):
        """Return a request by e-mail, signed, not sent yet."""
        vals = {"channel": "email", "authority_id": self.head.id, **vals}
        return self._request(self.ticket, **vals)

    def _mail(self, source):
        return source._mails().with_user(self.officer)

    def test_a_request_leaves_as_a_letter(self):
        """E6: numbered, signed, on the letterhead, with its files, once, in the journal."""
        file = {"name": "Схема.txt", "raw": b"map"}
        file = self.env["ir.attachment"].with_user(self.officer).create(file)
        request = self._mailed(attachment_ids=file.ids)
        request.action_send()
        mail = self._mail(request)
        self.assertRecordValues(
            mail,
            [{"kind": "request", "email_to": "zhkh@mo.example", "addressee": self.agency.name}],
        )
        self.assertIn(request.outgoing_number, mail.subject)
        self.assertEqual(mail.attachment_ids.mapped("name")[1:], ["Схема.txt"])
        self.assertTrue(mail.attachment_ids[0].raw.startswith(b"%PDF"))
        self.assertEqual(request.signed_on, self.today)
        session = Session()
        self._run_job(mail, session)
        self.assertEqual(session.taken[0]["To"], "zhkh@mo.example")
        self.assertIn("Отправлено", request.with_context(lang="ru_RU").mail_text)
        events = self._events(self.ticket)
        self.assertLess(events.index("request_sent"), events.index("mail_queued"))
        self.assertEqual(events.count("mail_sent"), 1)

    def test_a_blank_stops_it(self):
        """E5: a place of the template that was not filled in goes to nobody, by any way."""
        for vals in ({}, {"channel": "other"}):
            self.assert_refused(self._mailed(text="Акты ________", **vals).action_send, "blanks")
        letter = self._letter(self.ticket, report_text="Сделано: ________")
        self.assert_refused(letter.action_report, "blanks")

    def test_the_mail_tells_nothing_of_the_applicant(self):
        """Practice 7: subject and words of the mail name the letter, not the citizen."""
        request = self._mailed()
        request.action_send()
        mail = self._mail(request)
        for words in (mail.subject, mail.body):
            for secret in (self.ticket.applicant_surname, self.ticket.name, self.ticket.number):
                self.assertNotIn(secret, words)

    def test_an_organisation_is_not_told_who_complains(self):
        """CONF, practice 7: the name to an organisation passes with a written reason alone."""
        company = {"name": "УК «Тепло»", "hotline_kind": "organisation", "email": "uk@uk.example"}
        company = self.env["res.partner"].create(company)
        request = self._mailed(partner_id=company.id, text="Почему у Ивановой М. П. холодно?")
        self.assert_refused(request.action_send, "names the applicant")
        self.assertFalse(self._mail(request))
        request.with_context(hotline_reason="Согласие получено").action_send()
        self.assertEqual(len(self._mail(request)), 1)
        self._mailed(text="Почему у Ивановой М. П. холодно?").action_send()  # to a body

    def test_who_signs_and_where_to(self):
        """Practice 11: by e-mail it is the original: unsigned or without an address it stays."""
        self.assert_refused(self._mailed(authority_id=False).action_send, "who signs")
        self.agency.email = False
        request = self._mailed()
        self.assert_refused(request.action_send, "no e-mail address")
        self.assertFalse(request.outgoing_number)
        request.email_to = "other@mo.example"
        request.action_send()
        self.assertEqual(self._mail(request).email_to, "other@mo.example")

    def test_by_post_needs_none_of_it(self):
        request = self._request(self.ticket)
        request.action_send()
        self.assertFalse(self._mail(request))
        self.assertTrue(request.can_mail)

    def test_refused_there_goes_to_another_address(self):
        """E6: a failed letter is seen on the request; a second one only then."""
        request = self._mailed()
        request.action_send()
        first = self._mail(request)
        self.assert_refused(request.action_mail, "on its way")
        self.assert_refused(lambda: request.write({"email_to": "x@y.example"}))
        self._run_job(first, Session(refusal=(550, b"No such user")))
        self.assertEqual(first.state, "failed")
        self.assertIn("550", request.mail_text)
        request.email_to = "right@mo.example"
        request.action_mail()
        second = self._mail(request)[0]
        self.assertEqual((second.email_to, second.state), ("right@mo.example", "queued"))
        self.assert_refused(request.action_mail, "on its way")
        self._run_job(second, Session())
        self.assertFalse(request.can_mail)

    def test_a_report_leaves_as_a_letter(self):
        """Practice 10: numbered, on their number and date; off control and in the queue at once."""
        letter = self._letter(self.ticket, report_text="Тепло дано.")
        letter.write({"channel": "email", "authority_id": self.head.id})
        letter.action_report()
        self.assertEqual(letter.state, "reported")
        mail = self._mail(letter)
        self.assertEqual((mail.kind, mail.email_to), ("covering_report", "zhkh@mo.example"))
        self.assertIn("7-12/2026", mail.subject)
        sheet = letter._letter_sheet()
        self.assertEqual(sheet["their_number"], "7-12/2026")
        self.assertEqual(sheet["number"], letter.report_number)
        self.assertEqual(sheet["addressee"], self.agency.name)
        self.assertEqual(sheet["paragraphs"], ("Тепло дано.",))
        self.assertFalse(self._mailed()._letter_sheet()["their_number"])

    def test_a_report_by_mail_has_words(self):
        letter = self._letter(self.ticket)
        letter.write({"channel": "email", "authority_id": self.head.id})
        self.assert_refused(letter.action_report, "it has no text")
        self.assertEqual(letter.state, "control")

    def test_the_wizard_mails_to_those_ticked(self):
        """Practice 10: a report to each sender, by e-mail to those that take it."""
        other = self.env["res.partner"].create({"name": "Депутат", "hotline_kind": "agency"})
        by_mail, by_post = self._letter(self.ticket), self._letter(self.ticket, sender_id=other.id)
        Wizard = self.env["hotline.covering.report"].with_user(self.officer)
        wizard = Wizard.with_context(default_ticket_id=self.ticket.id).create(
            {**Wizard.with_context(default_ticket_id=self.ticket.id).default_get(
                ["ticket_id", "line_ids", "text"]), "text": "Тепло дано."}
        )  # fmt: skip
        wizard.line_ids.filtered(lambda line: line.letter_id == by_mail).by_mail = True
        self.assertEqual(wizard.authority_id, self.head)
        wizard.action_report()
        self.assertEqual((by_mail.state, by_post.state), ("reported", "reported"))
        self.assertEqual(len(self._mail(by_mail)), 1)
        self.assertFalse(self._mail(by_post))

    def test_the_form_proposes(self):
        """The officer chooses e-mail: the card's address and the only signer are there."""
        action = self.ticket.action_add_request()
        Request = self.env["hotline.request"].with_user(self.officer)
        with Form(Request.with_context(**action["context"])) as form:
            form.partner_id = self.agency
            form.channel = "email"
            self.assertEqual(form.email_to, "zhkh@mo.example")
            self.assertEqual(form.authority_id, self.head)
            form.text = "Акты осмотра"

    def test_roles(self):
        """Only the officer sends; an auditor prints and sees the mail, an executor neither."""
        request = self._mailed()
        for user in (self.operator, self.auditor, self.supervisor, self.approver):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                request.with_user(user).action_mail()
        request.action_send()
        request.with_user(self.auditor).action_open_mail()
        request.with_user(self.auditor).action_print_letter()
        for user in (self.executor, self.press):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                request.with_user(user).action_print_letter()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            request.with_user(self.operator).action_open_mail()

    def test_printed(self):
        """The letterhead of a request and of a report, from the same sheet."""
        request = self._mailed()
        action = request.action_print_letter()
        request.action_send()
        self.assertTrue(request._letter_pdf().startswith(b"%PDF"))
        self.assertTrue(base64.b64encode(request._letter_docx()))
        self.assertEqual(action["report_name"], "gov_hotline.report_letter_request")
        letter = self._letter(self.ticket)
        self.assertEqual(
            letter.action_print_letter()["report_name"], "gov_hotline.report_letter_letter"
        )
