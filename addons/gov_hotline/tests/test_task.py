from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestTaskTakeover(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._new_role_user("operator", "press")
        cls.task = (
            cls.env["hotline.task"]
            .with_user(cls.colleague)
            .create({"name": "Перезвонить Ивановой", "kind": "callback"})
        )
        cls.seen = cls.task.with_user(cls.operator)

    def _asked(self):
        window = self.seen.action_take_over()
        return self.env[window["res_model"]].with_user(self.operator).browse(window["res_id"])

    def test_taken_over_openly(self):
        """D5: asked first, the colleague is named; the task and the journal keep it."""
        asked = self._asked()
        self.assertEqual(self.task.user_id, self.colleague)
        with Form(asked) as form:
            self.assertIn(self.colleague.name, form.question)
        asked.action_confirm()
        self.assertEqual(self.task.user_id, self.operator)
        self.assertEqual(self.task.taken_from_id, self.colleague)
        self.assertTrue(self.task.taken_at)
        line = self.env["hotline.journal"].search([("event", "=", "task_taken_over")], limit=1)
        self.assertRecordValues(
            line,
            [
                {
                    "res_ref": self.task.id,
                    "user_ref": self.operator.id,
                    "payload": f'{{"taken_from":{self.colleague.id}}}',
                }
            ],
        )

    def test_not_by_a_slip_of_the_hand(self):
        """D5: over RPC neither; the trace is not forged."""
        self.assertFalse(self.seen.can_reassign)
        for user in (self.operator, self.officer):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.seen.user_id = user
        mine = self.seen.create({"name": "Узнать", "taken_from_id": self.officer.id})
        mine.write({"taken_from_id": self.officer.id})
        self.assertFalse(mine.taken_from_id)

    def test_own_and_free_tasks_are_handed_on(self):
        """D5: tasks to oneself and colleagues."""
        self.task.user_id = self.operator
        self.assertEqual(self.seen.user_id, self.operator)
        free = self.task.create({"name": "Перезвонить", "user_id": False})
        free.with_user(self.operator).user_id = self.operator
        self.assertEqual(free.user_id, self.operator)

    def test_the_supervisor_hands_out_freely(self):
        self.assertTrue(self.task.with_user(self.supervisor).can_reassign)
        self.task.with_user(self.supervisor).user_id = self.operator
        self.assertEqual(self.task.user_id, self.operator)
        self.assertFalse(self.task.taken_from_id)

    def test_what_changed_meanwhile_is_looked_at_again(self):
        asked = self._asked()
        self.task.user_id = self.officer
        with self.assertRaises(UserError):
            asked.action_confirm()
        self.assertEqual(self.task.user_id, self.officer)
        self.task.with_user(self.supervisor).user_id = self.colleague
        self.task.with_context(hotline_reason="Больше не нужно").action_cancel()
        with self.assertRaises(UserError):
            asked.action_confirm()

    def test_a_colleagues_task_is_read_not_changed(self):
        """D5: what a colleague promised stands: the text, the number, the time."""
        self.assertEqual(self.seen.name, "Перезвонить Ивановой")
        for vals in ({"name": "чужое"}, {"phone": "+79135550999"}, {"due_at": False}):
            with self.subTest(vals), self.assertRaises(AccessError), self.env.cr.savepoint():
                self.seen.write(vals)
        both = self._new_role_user("operator", "supervisor")
        self.task.with_user(both).name = "Перезвонить Ивановой до обеда"

    def test_who_does_not_answer_calls_reads_no_tasks(self):
        """D5: outside the line nobody does; the auditor looks."""
        self.assertEqual(self.task.with_user(self.auditor).name, self.task.name)
        other = self.env["res.company"].create({"name": "Другой орган"})
        stranger = self._new_role_user("operator", "executor")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for user in (self.press, self.executor, self.approver, stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.task.with_user(user).read(["name", "phone_end"])

    def test_outsiders_do_not_take_over(self):
        for user in (self.press, self.executor, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.task.with_user(user).action_take_over()
