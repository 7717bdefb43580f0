from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.reasons import ReasonNeededError
from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestForwarding(AssignmentCommon):
    """Article 8: to another body within seven days, with a notice, never to whom it is about."""

    def test_forwarding_brings_letter_term_and_notice(self):
        """FWD-7, X10: number, date, seven days and one issued notice in the same transaction."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        self.assertEqual(letter.state, "sent")
        self.assertTrue(letter.outgoing_number)
        self.assertEqual(letter.outgoing_date, self.today)
        deadline = case.deadline_ids.filtered(lambda one: one.term_id.code == "FWD-7")
        self.assertEqual(len(deadline), 1)
        self.assertFalse(deadline.met_on)  # by the letter that leaves: TestForwardingTerm
        self.assertTrue(letter.notice_id.is_issued)
        self.assertIn("Прокуратура", letter.notice_id.text)
        self.assertIn(letter.outgoing_number, letter.notice_id.text)

    def test_one_notice_for_several_forwardings(self):
        """COPY-7: one notice names every body; letters and notice share one series of numbers."""
        case = self._case()
        second = self._agency("Минздрав", kind="other_body")
        letters = self._resolve(case, self.other_body | second)
        self.assertEqual(len(letters.notice_id), 1)
        numbers = [*letters.mapped("outgoing_number"), letters.notice_id.outgoing_number]
        self.assertEqual(len(set(numbers)), 3)
        for name in ("Прокуратура", "Минздрав"):
            self.assertIn(name, letters.notice_id.text)

    def test_a_typed_number_stands(self):
        """FWD-7: what the outgoing post numbered is taken as typed; half of it is refused."""
        line = {
            "partner_id": self.other_body.id,
            "addressee_kind": "other_body",
            "outgoing_number": "01-15/99",
        }
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._resolve(self._case(), self.other_body, line_ids=[(0, 0, line)])
        line["outgoing_date"] = self.today
        letter = self._resolve(self._case(), self.other_body, line_ids=[(0, 0, line)])
        self.assertEqual(letter.outgoing_number, "01-15/99")

    def test_migration_goes_to_two(self):
        """FWD-MIG: one addressee is refused, two are sent within five days."""
        case = self._case()
        self._ground(case, "migration")
        with self.assertRaisesRegex(UserError, "3.1"), self.env.cr.savepoint():
            self._resolve(case, self.other_body)
        head = self._agency("Губернатор", kind="other_body")
        self._resolve(case, self.other_body | head)
        self.assertIn("FWD-MIG", case.deadline_ids.term_id.mapped("code"))

    def test_the_unreadable_is_not_forwarded(self):
        """UNREAD-7: neither answer nor forwarding."""
        case = self._case()
        self._ground(case, "unreadable")
        with self.assertRaisesRegex(UserError, "ч. 4 ст. 11"):
            self._resolve(case, self.other_body)

    def _ground(self, case, code):
        """Let a ground be known of the case, as the statement of one will."""
        Ticket = type(self.env["helpdesk.ticket"])
        self.patch(Ticket, "_term_grounds", lambda _case: frozenset({code}))

    def test_whole_case_forwarded(self):
        """FWD-7: outcome «направлено»; the case ends as forwarded, with no answer of ours."""
        case = self._case()
        self._resolve(case, self.other_body)
        self.assertEqual(
            case.question_ids.outcome_id, self.env.ref("gov_hotline.outcome_forwarded")
        )
        self.assertEqual(case.state, "in_work")
        self._close(case)
        self.assertEqual(case.state, "forwarded")

    def test_the_result_asked_for_leaves_it_forwarded(self):
        """ASK-RES: documents that come back change neither the outcome nor the end."""
        case = self._case()
        letter = self._resolve(case, self.other_body, ask_result=True)
        self._answered(letter, came_by="paper", text="Меры приняты")
        self._close(case)
        self.assertEqual(case.state, "forwarded")

    def test_a_subordinate_wants_a_written_reason(self):
        """SELF-SUB: a warning in the dialog's act; the reason given is kept beside the case."""
        self.by_letter.hotline_higher_id = self.agency
        case = self._case(complaint_against_id=self.agency.id)
        opened = case.action_resolution()["context"]
        dialog = self.env["hotline.resolution"].with_user(self.officer).with_context(**opened)
        resolution = dialog.create({"addressee_ids": [(6, 0, self.by_letter.ids)]})
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            resolution.action_sign_and_send()
        reason = "Иных компетентных исполнителей нет"
        resolution.with_context(hotline_reason=reason).action_sign_and_send()
        self.assertEqual(case.assignment_ids.state, "sent")
        self.assertIn(reason, case.override_ids.mapped("reason"))

    def test_our_part_stays(self):
        """COPY-7 (art. 8 p. 4): a copy left, our own part is still on control."""
        case = self._case()
        self._resolve(case, self.other_body, own_part=True)
        self.assertFalse(case.question_ids.outcome_id)
        codes = case.deadline_ids.term_id.mapped("code")
        self.assertIn("COPY-7", codes)
        with self.assertRaises(UserError):
            case.action_close()

    def test_an_anonymous_author_gets_no_notice(self):
        """ANON: forwarded where an unlawful act is told of; there is nobody to notify."""
        case = self._case(applicant_surname=False, unlawful_act="yes", partner_id=False)
        letter = self._resolve(case, self.other_body)
        self.assertFalse(letter.notice_id)
        self.assertEqual(letter.state, "sent")

    def test_executors_own_answer_stands_for_ours(self):
        """Practice 5: by number, date, signer and file; without them it is not accepted."""
        case = self._case()
        line = {"partner_id": self.by_letter.id, "answer_by": "executor"}
        assignment = self._resolve(case, self.by_letter, line_ids=[(0, 0, line)])
        self._answered(assignment, outgoing_number="7")
        with self.assertRaisesRegex(UserError, "ст. 10"):
            assignment.action_accept()
        assignment.action_redo("Нет копии ответа")
        file = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "Ответ.pdf", "raw": b"x"})
        )
        self._answered(
            assignment,
            outgoing_number="7",
            outgoing_date=self.today,
            signer_name="Петров П. П.",
            file_ids=[(6, 0, file.ids)],
        )
        assignment.action_accept()
        case.question_ids.outcome_id = self.supported
        case.action_close()
        self.assertEqual(case.state, "closed")

    def test_executors_see_no_forwarding_of_others(self):
        letter = self._resolve(self._case(), self.other_body)
        with self.assertRaises(AccessError):
            letter.with_user(self.executor).read(["text"])
