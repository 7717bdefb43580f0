import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_forwarding_post import PostCommon

LETTER = "gov_hotline.report_letter_assignment"
OWED = "Документы и материалы о результатах"


@tagged("post_install", "-at_install")
class TestForwardingLetter(PostCommon):
    """FWD-7 (art. 8 p. 3): another body gets a letter of the body, the appeal goes with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env.company.hotline_letter_name = "АППАРАТ ГУБЕРНАТОРА"
        cls.other_body.write({"street": "ул. Правды, 1", "city": "Озёрск"})
        cls.head = cls.env["hotline.authority"].create(
            {"name": "Кузнецов В. А.", "position": "начальник управления", "may_resolve": True}
        )

    def _print(self, letters, report=LETTER):
        reports = self.env["ir.actions.report"].with_user(self.officer)
        return reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            report, letters.ids
        )[0]

    def _pages(self, content):
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def test_a_letter_on_the_letterhead(self):
        """FWD-7: letterhead, number and date, addressee, article, signature; the card behind."""
        letter = self._resolve(self._case(), self.other_body, authority_id=self.head.id)
        sheet, card = self._pages(self._print(letter))
        day = letter.outgoing_date.strftime("%d.%m.%Y")
        for words in (
            "АППАРАТ ГУБЕРНАТОРА", letter.outgoing_number, day, "Прокуратура", "ул. Правды, 1",
            "ч. 3 ст. 8", letter.case_number, "Приложени", "на 1 л.", "Начальник управления",
            "В. А. Кузнецов", self.officer.name,
        ):  # fmt: skip
            self.assertIn(words, sheet.replace("\u00a0", " "))
        self.assertIn(letter.case_text, card)
        self.assertIn(letter.outgoing_number, card)
        control = letter.control_on.strftime("%d.%m.%Y")
        for words in ("Ответить до", "Что сделать", control, OWED, "ответственный", letter.text):
            self.assertNotIn(words, f"{sheet} {card}")

    def test_documents_asked_for(self):
        """FWD-7 (art. 8 p. 5): only then the letter names a date by which we are answered."""
        letter = self._resolve(self._case(), self.other_body, ask_result=True, text="Срочно!")
        text = letter._letter_text()
        self.assertIn(OWED, text)
        self.assertIn(letter.control_on.strftime("%d.%m.%Y"), text)
        self.assertIn("Срочно!", text)

    def test_by_the_mode_of_personal_data(self):
        letter = self._resolve(self._case(), self.other_body)
        surname = letter.ticket_id.applicant_surname[:5]
        self.assertIn(surname, letter._letter_text())
        letter.sudo().with_context(tracking_disable=True)._set(pd_mode="no_personal_data")
        self.assertNotIn(surname, letter._letter_text())
        self.assertIn(letter.case_number, letter._letter_text())

    def test_by_email_the_same_letter(self):
        """FWD-7: the e-mail is the letter: no assignment, no date that nobody owes."""
        mail = self._resolve(self._case(), self.mailed_body)._mails()
        self.assertIn("Направление обращения №", mail.subject)
        self.assertIn("ч. 3 ст. 8", mail.body)
        for words in ("Ответить до", "Поручение", OWED):
            self.assertNotIn(words, f"{mail.subject} {mail.body}")

    def test_the_envelope(self):
        letter = self._resolve(self._case(), self.other_body)
        (page,) = self._pages(self._print(letter, "gov_hotline.report_envelope_assignment"))
        for words in ("Прокуратура", "ул. Правды, 1", letter.outgoing_number):
            self.assertIn(words, page)

    def test_roles_and_the_journal(self):
        """X5: the officer prints, each print is journalled; an assignment of ours is no letter."""
        letter = self._resolve(self._case(), self.other_body)
        for role in ("operator", "supervisor", "auditor", "press", "executor"):
            for act in ("action_print_forwarding", "action_print_envelope"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(letter.with_user(getattr(self, role)), act)()
        before = self._events(letter.ticket_id).count("letter_printed")
        self.assertEqual(letter.action_print_forwarding()["report_name"], LETTER)
        self._print(letter)
        self.assertEqual(self._events(letter.ticket_id).count("letter_printed"), before + 1)
        with self.assertRaises(UserError):
            self._resolve(self._case(), self.department).action_print_forwarding()
