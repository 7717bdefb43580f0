from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .acts_common import ActsCommon
from .outbox_common import OutboxCommon


@tagged("post_install", "-at_install")
class TestMailTemplate(OutboxCommon, ActsCommon):
    """The words of e-mails come from templates; without one the shipped words stand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.email = "zhkh@mo.example"
        cls.ticket = cls._mailed_case()
        cls.Template = cls.env["hotline.letter.template"].with_user(cls.administrator)

    def _own(self, kind, text, subject="О {письмо.номер}"):
        vals = {"name": "Наш", "kind": "mail", "ground": kind, "subject": subject, "text": text}
        return self.Template.create({**vals, "company_id": self.env.company.id})

    def _mail(self, source):
        return source._mails()[:1]

    def test_an_answer_by_the_template(self):
        """E6: subject and body by the body's own template, the applicant's name in them."""
        self._own("answer", "{заявитель.приветствие}!\n{письмо.текст}", "Вам № {письмо.номер}")
        self._answer(self.ticket, channel="email", text="Тепло дано.")
        mail = self.ticket.mail_ids
        self.assertEqual(mail.subject, "Вам № 15-04/1")
        self.assertEqual(mail.body, "Уважаемая Мария Петровна!\nТепло дано.")

    def test_shipped_ones_say_what_the_code_says(self):
        """Shipped words: number, date, whole text, signer, body; without a template the same."""
        self._answer(self.ticket, channel="email", text="Тепло дано.")
        mail = self.ticket.mail_ids
        for words in ("Исходящий № 15-04/1", "Тепло дано.", self.env.company.name):
            self.assertIn(words, mail.body)
        self.assertIn(self.ticket.number, mail.subject)
        self.assertNotIn("____", mail.body)
        self.Template.search([("kind", "=", "mail")]).action_archive()
        other = self._mailed_case()
        self._answer(other, channel="email", text="Тепло дано.", outgoing_number="15-04/2")
        self.assertIn("Тепло дано.", other.mail_ids.body)

    def test_a_notice_by_the_template(self):
        notice = self.ticket._new_notice(
            "registration", authority_id=False, channel="email", address="m@citizen.example"
        )
        notice.action_issue()
        mail = self._mail(notice)
        self.assertIn("егистраци", mail.subject)
        self.assertIn(notice.outgoing_number, mail.body)
        self.assertIn(notice.text.strip()[-30:], mail.body)

    def test_a_request_names_no_applicant(self):
        """Practice 7: whatever its template asks for, the applicant is not told to a body."""
        self._own("request", "Номер {письмо.номер}\nО {заявитель.фио}, {обращение.суть}", "З")
        request = self._request(self.ticket, channel="email", authority_id=self.head.id)
        request.action_send()
        self.assertEqual(self._mail(request).body, f"Номер {request.outgoing_number}")

    def test_a_card_by_its_mode(self):
        """Practice 7: a template of cards shows the applicant in the full mode alone."""
        self._own("card", "Есть {обращение.номер}\nКто: {заявитель.фио}\n{письмо.текст}", "К")
        bodies = {}
        for mode in ("full", "no_personal_data", "link_only"):
            assignment = self._assignment(mode)
            body = assignment._mail_content("card", "с", "т")[1]
            bodies[mode] = body
            self.assertIn(assignment.case_number, body)
        self.assertIn("Иванова", bodies["full"])
        self.assertNotIn("Иванова", bodies["no_personal_data"])
        self.assertNotIn("Иванова", bodies["link_only"])
        self.assertIn("Проверьте", bodies["no_personal_data"])
        self.assertNotIn("Проверьте", bodies["link_only"])

    def _assignment(self, mode):
        Assignment = self.env["hotline.assignment"].with_user(self.officer)
        return Assignment.create(
            {
                "ticket_id": self.ticket.id,
                "partner_id": self.agency.id,
                "text": "Проверьте теплосеть",
                "pd_mode": mode,
            }
        )

    def test_an_unknown_name_is_an_error_at_saving(self):
        """Rows of point 7: a name that is not in the catalogue, in the subject or the text."""
        for vals in (("{письмо.намер}", "т"), ("с", "{письмо.текстт}"), ("с", "{")):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._own("answer", vals[1], vals[0])

    def test_the_form_asks_of_which_letters(self):
        with Form(self.Template) as form:
            form.name = "Письмо с запросом"
            form.kind = "mail"
            form.mail_kind = "request"
            form.subject = "Запрос"
            form.text = "Направляем запрос № {письмо.номер}."
        self.assertEqual(form.record.ground, "request")
