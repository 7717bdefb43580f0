from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon
from .outbox_common import OutboxCommon


@tagged("post_install", "-at_install")
class TestAssignmentReminder(OutboxCommon, AssignmentCommon):
    """B8: «Напомнить исполнителю» by one click, once a day, in the executor's own mode."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_letter.email = "roads@mail.example"

    def _given(self, partner, **vals):
        return self._resolve(self._case(), partner, **vals)

    def _letters(self, assignment):
        mails = assignment.ticket_id.mail_ids
        return mails.filtered(lambda mail: mail.kind == "reminder")

    def test_by_mail(self):
        """B8: one click puts a letter into the outbox and a line into the journal."""
        assignment = self._given(self.by_letter)
        told = assignment.action_remind()
        self.assertEqual(told["params"]["type"], "success")
        letter = self._letters(assignment)
        self.assertRecordValues(letter, [{"email_to": "roads@mail.example", "state": "queued"}])
        self.assertIn(assignment.case_number, letter.subject)
        self.assertIn(assignment.control_on.strftime("%d.%m.%Y"), letter.subject)
        self.assertEqual(assignment.reminded_on, self.today)
        self.assertIn("assignment_remind", self._events(assignment.ticket_id))

    def _events(self, case):
        lines = self.env["hotline.journal"].search(
            [("model", "=", case._name), ("res_ref", "=", case.id)]
        )
        return lines.mapped("event")

    def test_link_only_says_nothing_of_the_citizen(self):
        """Practice 7: outside the own domains number, date and link alone, no text, no files."""
        self.portal_user.email = "executor@mail.example"
        assignment = self._given(self.agency)
        self.assertEqual(assignment.pd_mode, "link_only")
        assignment.action_remind()
        letter = self._letters(assignment)
        self.assertIn(f"/my/assignments/{assignment.id}", letter.body)
        for word in (assignment.text, "Иванова", "батареи"):
            self.assertNotIn(word, letter.body + letter.subject)
        self.assertFalse(letter.attachment_ids)

    def test_employee_is_reminded_inside(self):
        """B8: an employee gets an activity, no letter; it goes with the answer."""
        assignment = self._given(self.department)
        assignment.action_remind()
        self.assertFalse(self._letters(assignment))
        mine = self.env["mail.activity"].with_user(self.executor).search([])
        self.assertEqual(mine.user_id, self.executor)
        self.assertIn(assignment.case_number, mine.summary)
        self.assertIn(f"/odoo/hotline-my-assignments/{assignment.id}", mine.note)
        self._answered(assignment, self.executor)
        self.assertFalse(mine.exists())

    def test_second_day_freshens_the_activity(self):
        """B8: reminders of several days are one activity with the newest words."""
        assignment = self._given(self.department)
        assignment.action_remind()
        with freeze_time(self.today + timedelta(days=1, hours=12)):
            assignment.invalidate_recordset()
            assignment.action_remind()
        self.assertEqual(len(assignment.sudo().reminder_ids), 1)

    def test_once_a_day(self):
        """B8: a second click on one day is refused in words; the next day it works."""
        assignment = self._given(self.by_letter)
        assignment.action_remind()
        with self.assertRaisesRegex(UserError, "today already"):
            assignment.with_context(lang="en_US").action_remind()
        self.assertFalse(assignment._remind())
        with freeze_time(self.today + timedelta(days=1, hours=12)):
            assignment.invalidate_recordset()
            assignment.action_remind()
        self.assertEqual(len(self._letters(assignment)), 2)

    def test_refusals_in_words(self):
        """Nothing sent, answered, nothing awaited, no address: each told so."""
        case = self._case()
        draft = self.env["hotline.assignment"].with_user(self.officer)
        draft = draft.create({"ticket_id": case.id, "partner_id": self.by_letter.id})
        answered = self._answered(self._given(self.by_letter))
        forwarded = self._given(self.other_body)
        mute = self._given(self._agency("Без адреса"))
        cases = {
            "Nothing was sent": draft,
            "has answered already": answered,
            "no result is awaited": forwarded,
            "Neither an account": mute,
        }
        for words, assignment in cases.items():
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                assignment.with_context(lang="en_US").action_remind()

    def test_several_at_once(self):
        """B8: of several, those that cannot be reminded are named and stop nobody."""
        assignment = self._given(self.by_letter)
        mute = self._given(self._agency("Без адреса"))
        told = (assignment | mute).action_remind()
        self.assertEqual(told["params"]["type"], "warning")
        self.assertIn(mute.display_name, told["params"]["message"])
        self.assertEqual(len(self._letters(assignment)), 1)
        self.assertFalse(mute.reminded_on)

    def test_button(self):
        """B8: the officer's button stands where somebody is awaited, grey once it was used."""
        assignment = self._given(self.by_letter)
        self.assertFalse(self._button(assignment)["blocked"])
        assignment.action_remind()
        self.assertTrue(self._button(assignment)["blocked"])
        self._answered(assignment)
        self.assertFalse(self._button(assignment))

    def _button(self, assignment):
        assignment.invalidate_recordset(["acts"])
        acts = assignment.with_user(self.officer).acts
        return next((act for act in acts if act["method"] == "action_remind"), None)

    def test_roles(self):
        """B8: the officer alone reminds; whoever else is refused."""
        assignment = self._given(self.by_letter)
        for role in (self.operator, self.supervisor, self.approver, self.auditor, self.press):
            with self.subTest(role.login), self.assertRaises(AccessError):
                assignment.with_user(role).action_remind()
        with self.assertRaises(AccessError):
            assignment.with_user(self.executor).action_remind()
        self.assertFalse(assignment.reminded_on)
