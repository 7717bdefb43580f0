import io

from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon
from .outbox_common import OutboxCommon, Session


@tagged("post_install", "-at_install")
class TestOutboxCards(OutboxCommon, AssignmentCommon):
    """The executor's card by mail: when, to whom, how much of the citizen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.hotline_own_domains = "mo.gov.example"
        cls.subordinate = cls._agency("Управление дорог")
        cls.subordinate.email = "roads@mo.gov.example"
        cls.organisation = cls._agency("УК «Наш дом»", kind="organisation")
        cls.organisation.email = "house@company.example"

    @classmethod
    def _case(cls, **vals):
        vals = {"applicant_phone": "+79135550101", **vals}
        return super()._case(**vals)

    def _given(self, partner, **vals):
        """Give one assignment; return it and its letter."""
        case = self._case(**vals)
        assignment = self._resolve(case, partner)
        return assignment, case.mail_ids

    def _pdf_words(self, mail):
        """Return the words of the card on one line."""
        cards = mail.sudo().attachment_ids.filtered(lambda file: file.name.endswith(".pdf"))
        pages = [page for file in cards for page in PdfReader(io.BytesIO(file.raw)).pages]
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_the_whole_card(self):
        """B5: to a mailbox of our own domain the card goes whole, with the files handed over."""
        case = self._case()
        Attachment = self.env["ir.attachment"].with_user(self.officer)
        file = Attachment.create(
            {"name": "Письмо.txt", "raw": b"x", "res_model": case._name, "res_id": case.id}
        )
        assignment = self._resolve(case, self.subordinate, file_ids=[(6, 0, file.ids)])
        self.assertEqual(assignment.pd_mode, "full")
        mail = case.mail_ids
        self.assertRecordValues(
            mail, [{"kind": "card", "email_to": "roads@mo.gov.example", "state": "queued"}]
        )
        self.assertEqual(mail.attachment_ids.mapped("name")[1:], ["Письмо.txt"])
        words = self._pdf_words(mail)
        for word in (case.number, "Иванова Мария Петровна", "холодные батареи", "Управление дорог"):
            self.assertIn(word, words)
        self.assertIn("assignment_mail_card", self._events(case))

    def test_without_personal_data(self):
        """Practice 7: an organisation's card says where and what, nothing of the citizen."""
        assignment, mail = self._given(self.organisation)
        self.assertEqual(assignment.pd_mode, "no_personal_data")
        whole = mail.subject + mail.body + self._pdf_words(mail)
        self.assertIn(assignment.case_number, whole)
        self.assertIn("ул. Ленина, 15", whole)
        self.assertIn("холодные батареи", whole)
        for word in ("Иванова", "9135550101"):
            self.assertNotIn(word, whole)

    def test_link_only(self):
        """Outside the body's own domains: number, date and link, nothing else (practice 7)."""
        self.portal_user.email = "executor@mail.example"
        assignment, mail = self._given(self.agency)
        self.assertEqual(assignment.pd_mode, "link_only")
        self.assertIn(f"/my/assignments/{assignment.id}", mail.body)
        self.assertFalse(mail.attachment_ids)
        self.assertNotIn(assignment.text, mail.body)

    def test_an_employees_foreign_mailbox(self):
        """Our page shows an employee all; a mailbox elsewhere gets the link only."""
        self.executor.email = "executor@mail.example"
        assignment, mail = self._given(self.department)
        self.assertEqual(assignment.pd_mode, "full")
        self.assertFalse(mail.attachment_ids)
        self.assertIn(f"hotline-my-assignments/{assignment.id}", mail.body)

    def test_a_link_nobody_can_open_is_not_mailed(self):
        self.by_letter.email = "road@mail.example"
        assignment, mail = self._given(self.by_letter)
        self.assertFalse(mail)
        self.assertTrue(assignment.mail_text)

    def test_no_address_no_letter(self):
        assignment, mail = self._given(self.by_letter)
        self.assertFalse(mail)
        self.assertFalse(assignment.mail_text)

    def test_corrected_card(self):
        """After a correction it goes again, marked, once; who has finished gets none."""
        case = self._case()
        self._resolve(case, self.subordinate)
        done = self._resolve(case, self.organisation)
        self._act(done, "withdraw", text="Не нужно")
        Correction = self.env["hotline.correction"].with_user(self.operator)
        asked = Correction.create(
            {
                "ticket_id": case.id,
                "field_name": "applicant_address",
                "value_after": "ул. Мира, 7",
                "reason": "Ошибка записи",
            }
        )
        asked.with_user(self.officer).action_accept()
        mail = case.mail_ids.filtered(lambda one: one.kind == "card_corrected")
        self.assertEqual(mail.email_to, "roads@mo.gov.example")
        words = self._pdf_words(mail)
        self.assertIn("ул. Мира, 7", words)
        self.assertIn("ИСПРАВЛЕННАЯ", mail.subject + words)
        self.assertIn("ул. Ленина, 15, кв. 3", mail.body)

    def test_a_refused_correction_mails_nothing(self):
        case = self._case()
        self._resolve(case, self.subordinate)
        asked = self.env["hotline.correction"].with_user(self.operator).create(
            {
                "ticket_id": case.id,
                "field_name": "applicant_address",
                "value_after": "ул. Мира, 7",
                "reason": "Ошибка записи",
            }
        )  # fmt: skip
        decided = asked.with_user(self.officer)
        decided.refusal_reason = "Адрес верный"
        decided.action_refuse()
        self.assertEqual(case.mail_ids.mapped("kind"), ["card"])


@tagged("post_install", "-at_install")
class TestOutboxNotices(OutboxCommon):
    """Notices by e-mail: their delivery follows the letter's."""

    def _notice(self):
        case = self._mailed_case()
        notice = case._new_notice(
            "registration", channel="email", address="m@citizen.example", authority_id=False
        )
        notice.action_issue()
        return notice

    def test_sent(self):
        notice = self._notice()
        mail = notice.ticket_id.mail_ids
        self.assertEqual(
            (mail.kind, mail.email_to, notice.state), ("notice", "m@citizen.example", "queued")
        )
        self._run_job(mail)
        self.assertEqual((mail.state, notice.state), ("sent", "sent"))
        self.assertTrue(notice.sent_at)

    def test_refused_and_sent_again(self):
        """A refusal stands on the notice, also of a closed case (practice 15)."""
        notice = self._notice()
        case = notice.ticket_id
        self._answer(case, channel="hand")
        case.with_context(hotline_reason="Уведомление уйдёт с вечерней почтой").action_close()
        self._run_job(case.mail_ids, Session(refusal=(550, b"No such user")))
        self.assertEqual((notice.state, notice.failure), ("failed", "550 No such user"))
        case.mail_ids.action_send_again()
        self._run_job(case.mail_ids)
        self.assertEqual((notice.state, notice.failure), ("sent", False))

    def test_the_letter_of_a_post_notice_is_none(self):
        case = self._mailed_case()
        notice = case._new_notice("registration", channel="post", authority_id=False)
        notice.action_issue()
        self.assertFalse(case.mail_ids)
        with self.assertRaises(UserError):
            notice.action_issue()
