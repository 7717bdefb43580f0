from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.acts_common import ActsCommon
from odoo.addons.gov_hotline.tests.common import ROLES

from .placing_common import PlacingCommon

REASON = "Приложено не к тому обращению"
MAY_DECIDE = {"officer", "administrator"}


@tagged("post_install", "-at_install")
class TestPlacingOff(PlacingCommon, ActsCommon):
    """A letter attached to the wrong case is taken off it; the journal keeps both acts."""

    def _added(self):
        case = self._case(applicant_email="anna@citizen.example")
        mail = self._placed(
            subject=f"По обращению № {case.number}", files=[("Справка.pdf", b"%PDF-1.4")]
        )
        self._decide(mail, "addition")
        return case, mail

    def _events(self, case):
        lines = self.env["hotline.journal"].sudo().search(
            [("model", "=", "helpdesk.ticket"), ("res_ref", "=", case.id)], order="id"
        )  # fmt: skip
        return [event for event in lines.mapped("event") if event.startswith("incoming")]

    def test_an_addition_is_taken_off(self):
        """Practice 6: the citizen sees it no more; who, when and why stand in the case."""
        case, mail = self._added()
        self.assertEqual(len(case.sudo()._portal_card()["additions"]), 1)
        self._decide(mail, "take_off", reason=REASON)
        self.assertFalse(case.sudo()._portal_card()["additions"])
        addition = case.addition_ids
        self.assertRecordValues(
            addition, [{"off_reason": REASON, "off_by_id": self.officer.id, "kind": "applicant"}]
        )
        self.assertTrue(addition.text, "what was kept stays in the base")
        self.assertIn(REASON, case.additions_html)
        self.assertNotIn("батареи", case.additions_html)
        self.assertRecordValues(
            mail, [{"state": "quarantine", "ticket_id": False, "res_model": False}]
        )
        self.assertIn(REASON, mail.why)
        self.assertEqual(self._events(case), ["incoming_placed", "incoming_taken_off"])
        other = self._case(applicant_email="anna@citizen.example")
        self._decide(mail, "addition", ticket_id=other.id)
        self.assertEqual(len(other.sudo()._portal_card()["additions"]), 1)

    def test_from_a_closed_case_too(self):
        """Practice 15: an addition lives on after closing, so does its taking off."""
        case = self._closed()
        mail = self._placed(subject=f"№ {case.number}")
        self._decide(mail, "addition")
        self._decide(mail, "take_off", reason=REASON)
        self.assertTrue(case.addition_ids.off_at)
        self.assertEqual(mail.state, "quarantine")

    def test_an_executors_answer_is_taken_off(self):
        """B5: the assignment awaits its answer again, a final one too; not once accepted."""
        for is_final in (False, True):
            assignment, card = self._carded()
            mail = self._reply_to(card, files=[("Акт.pdf", b"%PDF-1.4 act")])
            if is_final:
                self._decide(mail, "final")
                self.assertEqual(assignment.state, "answered")
            with self.subTest(is_final=is_final):
                self._decide(mail, "take_off", reason=REASON)
                self.assertEqual(assignment.state, "sent")
                self.assertFalse(assignment.answer_ids)
                self.assertEqual(mail.attachment_ids.mapped("name"), ["Акт.pdf"])
        assignment, card = self._carded()
        mail = self._reply_to(card, files=[("Акт.pdf", b"%PDF-1.4 act")])
        self._decide(mail, "final")
        assignment.action_accept()
        with self.assertRaises(UserError):
            self._decide(mail, "take_off", reason=REASON)
        self.assertTrue(assignment.answer_ids)

    def test_a_reply_to_a_request_is_taken_out(self):
        """Art. 10: words, files, number and date of the letter go; what was recorded stays."""
        self.agency.email = "city@example.org"
        for recorded in (False, True):
            request = self._request(self._case(), authority_id=self.head.id, channel="email")
            request.action_send()
            mail = self._reply_to(
                request.sudo()._mails(), body="Исх. № 99. Акты приложены.",
                files=[("Акт.pdf", b"%PDF-1.4 act")],
            )  # fmt: skip
            self.assertEqual(mail.res_model, "hotline.request")
            with self.subTest(recorded=recorded):
                if recorded:
                    request.action_answered()
                    with self.assertRaises(UserError):
                        self._decide(mail, "take_off", reason=REASON)
                    self.assertIn("Акты приложены", request.answer_text)
                    continue
                self._decide(mail, "take_off", reason=REASON)
                self.assertRecordValues(
                    request,
                    [
                        {
                            "state": "sent",
                            "answer_text": False,
                            "answered_on": False,
                            "answer_attachment_ids": [],
                        }
                    ],
                )

    def test_without_words_nothing_goes(self):
        case, mail = self._added()
        for reason in (False, "ой"):
            with self.subTest(reason), self.assertRaises(UserError):
                self._decide(mail, "take_off", reason=reason)
        self.assertFalse(case.addition_ids.off_at)
        self._decide(mail, "take_off", reason=REASON)
        with self.assertRaises(UserError):
            self._decide(mail, "take_off", reason=REASON)

    def test_only_the_officer(self):
        _case, mail = self._added()
        for role in ROLES:
            user = getattr(self, role)
            if role in MAY_DECIDE:
                self.assertTrue(mail.with_user(user).action_open_take_off())
                continue
            with self.subTest(role), self.assertRaises(AccessError):
                mail.with_user(user).action_open_take_off()

    def test_nobody_writes_the_mark(self):
        """B4: an addition is taken off by the act alone."""
        case, _mail = self._added()
        for user in (self.officer, self.administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.addition_ids.with_user(user).write({"off_reason": "x"})

    def test_of_a_head_alone_nothing_is_attached(self):
        """The buttons to attach are not there: words and files are still in the mailbox."""
        _assignment, card = self._carded()
        mail = self._came(
            is_too_large=True, size=30 * 1024 * 1024, from_address=card.email_to,
            in_reply_to=card.message_id,
        )  # fmt: skip
        self.assertFalse(mail.can_attach)
        self.assertTrue(self._came().can_attach)
