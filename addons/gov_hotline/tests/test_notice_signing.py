import base64
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gov_hotline.models.reasons import ReasonNeededError

from . import signature_files
from .acts_common import ActsCommon
from .assignment_common import AssignmentCommon

PDF = b"%PDF-1.4 signed"


@tagged("post_install", "-at_install")
class TestNoticeSigning(AssignmentCommon, ActsCommon):
    """Practice 11: the letter of a decision leaves with its signature, as an answer does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.hotline_sign_notices = True

    def _return(self, **vals):
        ticket = self._case(**vals)
        ground = self.env.ref("gov_hotline.ground_court")
        notice = ticket.question_ids.action_state_ground(ground.id)
        notice.authority_id = self.head
        return notice

    def _scanned(self, notice):
        notice.action_issue()
        notice.write({"scan_file": base64.b64encode(PDF), "scan_name": "Возврат.pdf"})
        return notice

    def test_a_return_waits_for_its_signature(self):
        """B3: numbered, closed to changes, not with the citizen; it leaves with the scan."""
        notice = self._return()
        notice.action_issue()
        number, question = notice.outgoing_number, notice.question_ids
        self.assertRecordValues(notice, [{"state": "signing", "is_issued": False}])
        self.assertTrue(number)
        self.assertFalse(question.outcome_id)
        self.assertFalse(notice.ticket_id._issued_notices())
        with self.assertRaisesRegex(UserError, "(?i)не указано|not said"):
            notice.with_context(lang="ru_RU").action_issue()
        for vals in ({"text": "x"}, {"address": "x"}, {"outgoing_number": "1"}):
            with self.subTest(vals), self.assertRaises(UserError):
                notice.write(vals)
        notice.write({"scan_file": base64.b64encode(PDF), "scan_name": "Возврат.pdf"})
        notice.action_issue()
        self.assertRecordValues(
            notice,
            [{"state": "queued", "outgoing_number": number, "signature_kind": "paper"}],
        )
        self.assertEqual(notice._frozen_letter(), PDF)
        self.assertEqual(question.outcome_id, question.ground_id.outcome_id)

    def test_mail_and_portal_give_what_was_signed(self):
        """B3: the exported file and its .sig go by e-mail and stand on the portal."""
        notice = self._return(applicant_email="ivanova@example.test")
        notice.write({"channel": "email", "address": "ivanova@example.test"})
        notice.action_issue()
        notice.action_export()
        body = base64.b64decode(notice.export_file)
        self.assertTrue(body.startswith(b"%PDF-"))
        with self.assertRaises(UserError):
            notice.signature_file = base64.b64encode(signature_files.rsa_signature(b"other"))
        signature = signature_files.rsa_signature(body)
        notice.signature_file = base64.b64encode(signature)
        self.assertRecordValues(
            notice,
            [
                {
                    "certificate_subject": "Кузнецов Виктор Андреевич, Министерство",
                    "is_signature_compared": True,
                }
            ],
        )
        notice.action_issue()
        self.assertCountEqual(
            notice.sudo()._mails().attachment_ids.mapped("raw"), [body, signature]
        )
        parts = notice.sudo()._portal_parts()
        self.assertEqual({part: content for part, (_name, content) in parts.items()},
                         {"letter": body, "signature": signature})  # fmt: skip

    def test_gost_is_shown_and_not_verified(self):
        notice = self._return()
        notice.action_issue()
        notice.action_export()
        notice.signature_file = base64.b64encode(signature_files.gost_signature())
        self.assertRecordValues(notice, [{"is_gost": True, "is_signature_compared": False}])
        self.assertIn("не проверяется", notice.with_context(lang="ru_RU").signature_note)
        notice.action_issue()
        self.assertEqual(notice.state, "queued")

    def test_nobody_types_the_certificate(self):
        notice = self._return()
        notice.action_issue()
        for vals in ({"certificate_subject": "Губернатор"}, {"export_file": b"eA=="}):
            with self.subTest(vals), self.assertRaises(AccessError):
                notice.write(vals)
        with self.assertRaises(UserError):
            notice.scan_file = base64.b64encode(b"just words")
        for user in (self.operator, self.approver, self.auditor, self.executor, self.press):
            with self.subTest(user.login), self.assertRaises(AccessError):
                notice.with_user(user).action_export()

    def test_back_into_preparation(self):
        """B4: a mistake on the sheet: its signature goes, its number stays, the journal knows."""
        notice = self._scanned(self._return())
        number = notice.outgoing_number
        notice.action_unsign()
        self.assertRecordValues(
            notice, [{"state": "draft", "scan_file": False, "outgoing_number": number}]
        )
        notice.text = "Исправленный текст"
        with self.assertRaises(UserError):
            notice.scan_file = base64.b64encode(PDF)
        self._scanned(notice).action_issue()
        self.assertRecordValues(notice, [{"state": "queued", "outgoing_number": number}])
        with self.assertRaises(UserError):
            notice.action_unsign()
        events = self._events(notice.ticket_id)
        for event in ("notice_numbered", "notice_unsigned", "notice_issued"):
            self.assertIn(event, events)

    def test_ground_is_not_taken_back_under_a_signature(self):
        notice = self._return()
        notice.action_issue()
        question = notice.question_ids
        with self.assertRaises(UserError):
            question.action_remove_ground("Основание указано ошибочно")
        notice.action_unsign()
        question.action_remove_ground("Основание указано ошибочно")
        self.assertFalse(notice.exists())

    def test_forwarding_is_the_next_step_of_its_case(self):
        """A5: forwarded, but nobody was told: the case says so and does not close."""
        ticket = self._case()
        self._resolve(ticket, self.other_body)
        notice = ticket.notice_ids
        self.assertRecordValues(notice, [{"kind": "forwarding", "state": "signing"}])
        self.assertEqual(ticket._step_acts()[0]["method"], "action_open_notice_to_sign")
        self.assertIn("notice_not_signed", [problem.code for problem in ticket._closing_problems()])
        self._scanned_only(notice).action_issue()
        self.assertNotIn(
            "notice_not_signed", [problem.code for problem in ticket._closing_problems()]
        )

    def test_extension_moves_the_date_and_its_letter_is_signed(self):
        """Practice 14: decided and numbered in time; a letter that leaves late wants a reason."""
        ticket = self._case()
        extension = self._extension(ticket)
        extension.action_propose()
        extension.with_user(self.approver).action_sign()
        notice = extension.notice_id
        self.assertRecordValues(notice, [{"kind": "extension", "state": "signing"}])
        self.assertEqual(ticket.law_due_on, extension.due_after)
        self._scanned_only(notice)
        with freeze_time(f"{extension.due_before + timedelta(days=1)} 12:00:00"):
            with self.assertRaises(ReasonNeededError):
                notice.action_issue()
            notice.with_context(hotline_reason="Подписант был в отпуске").action_issue()
        self.assertEqual(notice.state, "queued")

    def test_registration_needs_no_signature(self):
        """A letter of no decision leaves as before; so does everything where it is off."""
        ticket = self._case()
        notice = ticket._new_notice("registration")
        notice.action_issue()
        self.assertEqual(notice.state, "queued")
        self.env.company.hotline_sign_notices = False
        notice = self._return()
        notice.action_issue()
        self.assertEqual(notice.state, "queued")

    def _scanned_only(self, notice):
        notice = notice.with_user(self.officer)
        notice.write({"scan_file": base64.b64encode(PDF), "scan_name": "Письмо.pdf"})
        return notice
