from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestAnswerOutgoing(ApprovalCommon):
    """What an answer goes out with: signer, number, addressee, exported file, executor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy_signer = cls.env["hotline.authority"].create(
            {"name": "Лугова Н. С.", "position": "И. о. заместителя начальника"}
        )

    def test_the_chosen_signer_is_named_in_the_words_of_the_directory(self):
        """Practice 11: a screen that sends the old name and authority beside changes nothing."""
        answer = self._prepared()
        answer.write(
            {
                "authority_id": self.deputy_signer.id,
                "signer_name": "Кузнецов В. А.",
                "signer_authority": "Начальник управления",
            }
        )
        self.assertEqual(answer.signer_name, "Лугова Н. С.")
        self.assertIn("заместителя", answer.signer_authority)
        answer.signer_name = "Кто-то Другой"
        self.assertEqual(answer.signer_name, "Лугова Н. С.")

    def test_a_signer_not_in_the_directory_is_written_by_hand(self):
        answer = self._prepared(authority_id=False, signer_name="Петров П. П.")
        answer.signer_name = "Иванов И. И."
        self.assertEqual(answer.signer_name, "Иванов И. И.")

    def test_a_number_is_given_once_a_year(self):
        """An outgoing number of another letter is refused, with the way out."""
        self.route.active = False
        self._prepared().action_give()
        second = self._prepared(outgoing_number="15-04/1")
        with self.assertRaisesRegex(UserError, "15-04/1"):
            second.action_give()
        second.outgoing_number = False
        second.action_number()
        second.action_give()
        self.assertEqual(second.state, "given")

    def test_a_number_of_a_forwarding_is_taken_too(self):
        """All letters of the body are numbered in one series, forwardings among them."""
        self.route.active = False
        answer = self._prepared()
        self.env["hotline.assignment"].sudo().create(
            {
                "ticket_id": answer.ticket_id.id,
                "partner_id": self.agency.id,
                "outgoing_number": answer.outgoing_number,
                "outgoing_date": answer.outgoing_date,
            }
        )
        with self.assertRaisesRegex(UserError, "15-04/1"):
            answer.action_give()

    def test_a_given_answer_keeps_where_it_went(self):
        """Practice 18: a corrected address of the case changes no letter that has left."""
        self.route.active = False
        answer = self._prepared()
        answer.action_give()
        was, name = answer.reply_address, answer._addressee()
        answer.ticket_id.sudo().applicant_address = "г. Другой, ул. Иная, 5"
        answer.invalidate_recordset()
        self.assertTrue(was)
        self.assertEqual((answer.reply_address, answer._address()), (was, was))
        self.assertEqual(answer._addressee(), name)

    def test_what_is_exported_goes_with_number_date_and_signer(self):
        """Practice 11: the file to be signed and its signature are of this number and signer."""
        answer = self._approved()
        for changed in (
            {"outgoing_number": "15-04/9"},
            {"authority_id": self.deputy_signer.id},
        ):
            with self.subTest(changed):
                answer.action_export()
                answer.write({"text": answer.text})
                self.assertTrue(answer.export_file)
                answer.write(changed)
                self.assertFalse(answer.export_file)
                self.assertEqual(answer.state, "approved")
        self.assertIn("filename_field=export_name", answer.action_export()["url"])

    def test_the_letter_names_who_prepared_it(self):
        """GOST R 7.0.97, field 25: the author of the answer, not whoever holds the case."""
        answer = self._prepared()
        answer.ticket_id.sudo().user_id = self.operator
        self.officer.sudo().partner_id.phone = "+79765550001"
        self.assertIn(self.officer.name, answer._executor_words())
        self.assertIn("8 (976) 555-00-01", answer._executor_words())

    def test_enclosures_are_named_once(self):
        """GOST R 7.0.97, field 19: by the text, or else by the titles of the files."""
        files = [Command.link(self._file("Акт сверки.pdf").id)]
        answer = self._prepared(attachment_ids=files)
        self.assertEqual(answer._enclosed(), ["Акт сверки"])
        answer.text = "Отопление восстановлено.\nПриложение: акт сверки."
        self.assertFalse(answer._enclosed())

    def test_a_letter_about_a_decision_is_not_prepared_without_it(self):
        """X2: no extension, return or stopping on paper that nobody decided."""
        ticket = self._registered()
        notices = self.env["hotline.notice"].with_user(self.officer)
        vals = {"ticket_id": ticket.id, "text": "x", "addressee_name": "И."}
        for kind in ("extension", "return", "stopping", "no_answer", "how_to_file"):
            with self.subTest(kind), self.assertRaises(UserError):
                notices.create({**vals, "kind": kind})
        draft = notices.create({**vals, "kind": "registration"})
        with self.assertRaises(UserError):
            draft.kind = "extension"
