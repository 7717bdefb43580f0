from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .acts_common import ActsCommon
from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestAssignmentDates(AssignmentCommon, ActsCommon):
    """C1, X1: the date of the case moves, the officer decides on the dates of its assignments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case()
        cls.assignment = cls._resolve(cls.case, cls.department)
        cls.before = cls.assignment.control_on

    def _extend(self, case=None):
        one = self._extension(case or self.case)
        one.action_propose()
        one.with_user(self.approver).action_sign()
        return one

    def _offer(self, case=None):
        opened = (case or self.case).action_offer_dates()
        dialog = self.env[opened["res_model"]].with_user(self.officer)
        return dialog.browse(opened["res_id"])

    def _part(self, parent):
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        dialog = dialog.with_context(**parent.action_sub_assignment()["context"])
        line = (0, 0, {"partner_id": self.by_letter.id, "role": "co"})
        before = self.case.assignment_ids
        dialog.create({"line_ids": [line]}).action_sign_and_send()
        return self.case.assignment_ids - before

    def test_offered_after_an_extension_and_never_silent(self):
        """The list tells before and after; nothing moves until it is confirmed."""
        self.assertFalse(self.case.offers_dates)
        self._extend()
        self.assertEqual(self.assignment.control_on, self.before)
        self.assertTrue(self.case.offers_dates)
        self.assertIn("action_offer_dates", [act["method"] for act in self.case.acts])
        self.assertFalse(self.case.with_user(self.operator).offers_dates)
        offer = self._offer()
        main = self.case.deadline_ids.filtered("is_main")
        self.assertRecordValues(
            offer.line_ids,
            [
                {
                    "assignment_id": self.assignment.id,
                    "before_on": self.before,
                    "control_on": main._executor_date(),
                    "wanted": True,
                }
            ],
        )
        self.assertEqual(self.assignment.control_on, self.before)
        offer.action_move()
        self.assertEqual(self.assignment.control_on, main._executor_date())
        self.assertEqual(self._events(self.case)[-1], "assignment_control_moved")
        self.case.invalidate_recordset()
        self.assertFalse(self.case.offers_dates)

    def test_left_as_they_are(self):
        """The officer may leave them; the same extension offers them no more."""
        self._extend()
        self._offer().action_leave()
        self.assertEqual(self.assignment.control_on, self.before)
        self.assertFalse(self.case.offers_dates)
        with self.assertRaises(UserError):
            self.case.action_offer_dates()

    def test_only_the_ticked_ones(self):
        """An edited and an unticked line, through the form as people do it."""
        part = self._part(self.assignment)
        self._extend()
        offer = self._offer()
        self.assertEqual(offer.line_ids.assignment_id, self.assignment | part)
        wanted = self.case.due_on - timedelta(days=1)
        form = Form(offer)
        with form.line_ids.edit(0) as line:
            line.control_on = wanted
        with form.line_ids.edit(1) as line:
            line.wanted = False
        form.save().action_move()
        self.assertEqual((self.assignment.control_on, part.control_on), (wanted, self.before))

    def test_within_the_parent_and_the_case(self):
        """C1: a part no later than its parent, a parent no later than the case; all or nothing."""
        part = self._part(self.assignment)
        self._extend()
        for days in (
            {self.assignment: self.case.due_on + timedelta(days=1)},
            {self.assignment: self.before, part: self.case.due_on},
            {self.assignment: self.before - timedelta(days=1)},  # its part would be later
            {self.assignment: self.today - timedelta(days=1)},
        ):
            offer = self._offer()
            for line in offer.line_ids:
                line.wanted = line.assignment_id in days
                line.control_on = days.get(line.assignment_id, line.control_on)
            with (
                self.subTest(days=days),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                offer.action_move()
            self.assertEqual((self.assignment | part).mapped("control_on"), [self.before] * 2)

    def test_a_date_that_moved_up(self):
        """A covering letter on control leads: later assignments are offered the earlier date."""
        report_by = self.today + timedelta(days=7)
        self._letter(self.case, report_by=report_by)
        self.case.invalidate_recordset()
        self.assertEqual(self.case.due_on, report_by)
        self.assertTrue(self.case.offers_dates)
        offer = self._offer()
        self.assertLessEqual(offer.line_ids.control_on, report_by)
        offer.action_move()
        self.assertLessEqual(self.assignment.control_on, report_by)
        self.assertGreaterEqual(self.assignment.control_on, self.today)
        self.case.invalidate_recordset()
        self.assertFalse(self.case.offers_dates)

    def test_the_time_asked_for_is_given_with_it(self):
        """B3: a new date that reaches the one asked for answers the executor."""
        self._extend()
        asked = self.before + timedelta(days=3)
        self._act(self.assignment, "ask_time", self.executor, until=asked, text="Нет деталей")
        self._offer().action_move()
        self.assertEqual(self.assignment.ask_state, "given")

    def test_a_date_changed_meanwhile(self):
        """B8: the second officer is told, nothing is overwritten."""
        self._extend()
        first, second = self._offer(), self._offer()
        first.action_move()
        moved = self.assignment.control_on
        with self.assertRaisesRegex(UserError, "заново"):
            second.with_context(lang="ru_RU").action_move()
        self.assertEqual(self.assignment.control_on, moved)

    def test_answered_and_forwarded_ones_are_not_offered(self):
        """C1: only a date that still binds somebody."""
        self._answered(self.assignment)
        self._extend()
        self.assertFalse(self.case.offers_dates)

    def test_who_moves_dates(self):
        """B4: officers alone, over RPC too; another appeal's assignments not at all."""
        self._extend()
        offer = self._offer()
        for user in (self.operator, self.supervisor, self.executor, self.auditor, self.press):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.case.with_user(user).action_offer_dates()
                with self.assertRaises(AccessError):
                    offer.with_user(user).action_move()
                with self.assertRaises(AccessError):
                    self.case.extension_ids.with_user(user).write({"dates_settled": True})
        with self.assertRaises(AccessError):
            self.case.extension_ids.with_user(self.officer).write({"dates_settled": True})
        foreign = self._resolve(self._case(), self.department)
        offer.line_ids.assignment_id = foreign
        with self.assertRaises(UserError):
            offer.action_move()

    def test_deferring_waits_for_somebody(self):
        """B3: back from «deferred» and there again while somebody is to answer; else grey."""
        self.case.action_resume()
        button = {act["method"]: act for act in self.case.acts}["action_defer"]
        self.assertFalse(button["blocked"])
        self.case.action_defer()
        self.assertEqual(self.case.state, "deferred")
        idle = self._case()
        button = {act["method"]: act for act in idle.acts}["action_defer"]
        self.assertTrue(button["blocked"])
        with self.assertRaises(UserError):
            idle.action_defer()
        with self.assertRaises(UserError):
            idle.write({"state": "deferred"})
        with self.assertRaises(UserError):
            self.case.with_user(self.operator).action_resume()
