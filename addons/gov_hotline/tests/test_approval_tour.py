from odoo.tests import HttpCase, no_retry, tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestAnswerPage(ApprovalCommon, HttpCase):
    def test_officer_answers_on_one_page(self):
        """E6: text, outcome and sending for approval on the answer's own page."""
        ticket = self._registered(partner_id=self.citizen.id)
        path = f"/odoo/hotline-appeals/{ticket.id}"
        self.start_tour(path, "hotline_answer_page", login=self.officer.login)
        answer = ticket.answer_ids
        self.assertRecordValues(answer, [{"state": "approval", "text": "Тепло дано."}])
        self.assertIn(self.supported.name, ticket.question_ids.outcome_id.name)


@tagged("post_install", "-at_install")
class TestApproverOnPhone(ApprovalCommon, HttpCase):
    browser_size = "360x740"
    touch_enabled = True

    @no_retry
    def test_approver_on_a_phone(self):
        """E6: the head opens the list, reads and approves: three taps on 360 px, nothing wider."""
        answer = self._sent(text="Тепло дано.")
        self.start_tour(
            "/odoo/hotline-approval", "hotline_approve_on_phone", login=self.lawyer.login
        )
        self.assertEqual(answer.review_ids[0].status, "approved")
