from datetime import timedelta

from odoo.tests import tagged

from .step_common import StepCommon

DRAFT = "gov_hotline.mail_activity_type_draft"


@tagged("post_install", "-at_install")
class TestStepReminders(StepCommon):
    """B8: 10, 5, 3, 1 working days before, to the officer and to the executor."""

    def test_officer_of_the_answer(self):
        """B8: four reminders of the answer's term, one activity with the newest words."""
        case = self._in_charge()
        told = []
        for left in (11, 10, 9, 5, 4, 3, 2, 1, 0):
            self._run_alone("reminders", day=self._before(case.due_on, left))
            marks = self.env["hotline.step.mark"].search_count(
                [("ticket_id", "=", case.id), ("sweep", "=", "terms")]
            )
            told.append(marks)
        self.assertEqual(told, [0, 1, 1, 2, 2, 3, 3, 4, 4])
        activity = self._told(case)
        self.assertRecordValues(activity, [{"user_id": self.officer.id}])
        self.assertIn(case.due_on.strftime("%d.%m.%Y"), activity.summary)
        self.assertFalse(self.env["mail.mail"].search([("model", "=", case._name)]))

    def test_without_an_officer_the_department(self):
        """B8: a case that nobody took is told to the officers of its department."""
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Отдел", "user_ids": [(6, 0, (self.officer | self.operator).ids)]}
        )
        case = self._case()
        case.sudo().write({"team_id": team.id, "user_id": False})
        self._run_alone("reminders", day=self._before(case.due_on, 3))
        self.assertEqual(self._told(case).user_id, self.officer)

    def test_executor_of_an_assignment(self):
        """B8: the executor by mail on 10, 5, 3, 1, once each; the journal says «by the term»."""
        case = self._in_charge()
        assignment = self._resolve(case, self.by_letter)
        told = []
        for left in (5, 4, 3, 1, 0):
            self._run_alone("reminders", day=self._before(assignment.control_on, left))
            told.append(len(self._letters(case)))
        self.assertEqual(told, [1, 1, 2, 3, 3])
        line = self.env["hotline.journal"].search([("event", "=", "assignment_remind")], limit=1)
        self.assertIn("by_term", line.payload)

    def test_answered_is_not_reminded(self):
        """B8: who has answered, or handed the case back, gets nothing."""
        case = self._in_charge()
        assignment = self._answered(self._resolve(case, self.by_letter))
        self._run_alone("reminders", day=self._before(assignment.control_on, 3))
        self.assertFalse(self._letters(case))

    def test_closed_is_not_reminded(self):
        """B8: a closed case is nobody's burden, and its reminder goes with the answer."""
        case = self._in_charge()
        self._run_alone("reminders", day=self._before(case.due_on, 10))
        self.assertTrue(self._told(case))
        self._answer(case)
        case.action_close()
        self.assertFalse(self._told(case))
        self._run_alone("reminders", day=self._before(case.due_on, 3))
        self.assertFalse(self._told(case))

    def test_by_hand_and_by_the_term_on_one_day(self):
        """B8: the officer reminded today already: the step sends no second letter."""
        case = self._in_charge()
        assignment = self._resolve(case, self.by_letter)
        day = self._before(assignment.control_on, 5)
        if day == self.today:
            day = self._before(assignment.control_on, 3)
        assignment._set(reminded_on=day)
        self._run_alone("reminders", day=day)
        self.assertFalse(self._letters(case))

    def test_forwarding_in_seven_days(self):
        """B8, art. 8 p. 3: the officer is told of the seven days by the step «Forwarding»."""
        case = self._in_charge()
        term = self.env.ref("gov_hotline.term_fwd_7")
        clock = self.env["hotline.deadline"].create(
            self.env["hotline.deadline"]._prepare_vals(case, term, case.registered_on)
        )
        self._run("registration", "forwarding", day=self._before(clock.due_on, 1))
        self.assertIn(clock.due_on.strftime("%d.%m.%Y"), self._told(case).summary)
        self.assertGreater(self._record("forwarding", self._before(clock.due_on, 1)).done_count, 0)

    def test_unregistered(self):
        """B8, art. 8 p. 2: who took a letter in is told before its three days have passed."""
        draft = self._draft()
        self._run_alone("registration", day=draft.received_on + timedelta(days=4))
        activity = self._told(draft, DRAFT)
        self.assertEqual(activity.user_id, self.operator)
        draft.action_register()
        self.assertFalse(self._told(draft, DRAFT))

    def test_draft_with_a_code(self):
        """A4, practice 4: told before it expires and when it has; the journal notes the end."""
        draft = self._draft(kind="message", origin="phone", applicant_phone="+79135550101")
        draft.action_issue_draft_code()
        self._run_alone("drafts", day=self._before(draft.draft_until, 3))
        self.assertIn(draft.draft_number, self._told(draft, DRAFT).summary)
        day = draft.draft_until + timedelta(days=1)
        self._run_alone("drafts", day=day)
        self._run_alone("drafts", day=day + timedelta(days=1))
        self.assertEqual(len(self._told(draft, DRAFT)), 1)
        events = self.env["hotline.journal"].search(
            [("model", "=", draft._name), ("res_ref", "=", draft.id)]
        )
        self.assertEqual(events.mapped("event").count("draft_expired"), 1)
        draft.action_issue_draft_code()
        self.assertFalse(self._told(draft, DRAFT))
