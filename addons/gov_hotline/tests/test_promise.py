import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..models.reasons import ReasonNeededError
from .common import HotlineCommon

PHONE = "+79135550101"


@tagged("post_install", "-at_install")
class TestPromise(HotlineCommon):
    """X4: a promise is kept by what the records show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.promised = fields.Datetime.now() - timedelta(hours=12)
        cls.task = cls._task()

    @classmethod
    def _task(cls, **vals):
        task = (
            cls.env["hotline.task"]
            .with_user(cls.operator)
            .create({"name": "Перезвонить Ивановой", "phone": "8 (913) 555-01-01", **vals})
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE hotline_task SET create_date = %s WHERE id = %s", [cls.promised, task.id]
        )
        task.invalidate_recordset()
        return task

    def _called(self, code, hours=1, **vals):
        """Note a call out by hand, `hours` after the promise, and close it."""
        disposition = self.env.ref(f"gov_hotline.disposition_{code}")
        call = (
            self.env["hotline.call"]
            .with_user(self.operator)
            .create(
                {
                    "direction": "out",
                    "phone": PHONE,
                    "started_at": self.promised + timedelta(hours=hours),
                    "disposition_id": disposition.id,
                    "group": disposition.group,
                    "question": "О ремонте",
                    **vals,
                }
            )
        )
        call.action_close()
        return call

    def _talked(self, hours=1, **vals):
        return self._called("consult_answered", hours, **vals)

    def test_a_talk_keeps_it(self):
        """X4: the call out to this number after the promise, linked by itself."""
        call = self._talked()
        self.assertRecordValues(
            self.task,
            [{"state": "done", "evidence_kind": "talk", "evidence_call_id": call.id}],
        )
        self.assertIn(call.number, self.task.evidence)
        self.assertTrue(self.task.done_at)

    def test_other_calls_do_not_keep_it(self):
        """X4: before the promise, to another number, coming in, of another body."""
        self._talked(hours=-1)
        self._talked(phone="+79135550999")
        self._talked(direction="in")
        self._called("wrong_number")
        self.assertEqual(self.task.state, "open")

    def test_three_tries_at_different_hours_keep_it(self):
        """X4: three in a row are one."""
        for hours in (1, 1.1, 1.2, 2.5):
            self._called("not_reached", hours)
        self.assertEqual((self.task.tries, self.task.state), (4, "open"))
        self._called("not_reached", 5)
        self.assertRecordValues(self.task, [{"state": "done", "evidence_kind": "tries"}])
        self.assertEqual(set(self.task.try_ids.mapped("result")), {"no_answer"})

    def test_the_written_answer_keeps_it(self):
        """X4: an answer of the appeal that left under its number."""
        ticket = self._registered()
        self.task.sudo().ticket_id = ticket
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.task.action_done()
        answer = self._answer(ticket, channel="post")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.task.action_done()  # it has not left
        answer._mark_posted({"posted_on": ticket.registered_on, "posted_way": "plain"})
        self.task.action_done()
        self.assertRecordValues(self.task, [{"state": "done", "evidence_kind": "letter"}])
        self.assertIn(answer.outgoing_number, self.task.evidence)

    def test_nothing_is_typed_or_ticked(self):
        """X4: neither by the operator nor by the supervisor, at once or afterwards."""
        for user in (self.operator, self.supervisor):
            task = self.task.with_user(user)
            with self.subTest(user.login):
                for act in (task.action_done, lambda task=task: task.write({"state": "done"})):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        act()
                forged = {"evidence": "Разговор", "evidence_kind": "talk", "tries": 3}
                task.write({**forged, "done_at": fields.Datetime.now()})
                self.assertFalse(task.evidence or task.evidence_kind or task.tries or task.done_at)
        mine = self.task.create({"name": "Перезвонить", **forged})
        self.assertFalse(mine.evidence or mine.evidence_kind or mine.tries)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.task.create({"name": "Перезвонить", "state": "done"})

    def test_tries_are_not_written_by_hand(self):
        """X4: by nobody's RPC."""
        tries = self.env["hotline.task.try"]
        vals = {"task_id": self.task.id, "at": self.promised, "result": "no_answer"}
        for user in (self.operator, self.supervisor, self.officer, self.administrator):
            with self.subTest(user.login), self.assertRaises(Exception) as refused:
                tries.with_user(user).create(vals)
            self.assertEqual(type(refused.exception).__name__, "AccessError")

    def test_a_note_is_typed_where_no_proof_is_needed(self):
        """D5: what to find out is done by word."""
        task = self.task.create({"name": "Узнать", "kind": "find_out", "evidence": "Узнала"})
        task.action_done()
        self.assertRecordValues(task, [{"state": "done", "evidence": "Узнала"}])

    def test_a_colleagues_task_is_not_ended(self):
        """D5: it is taken over first; the supervisor puts it away."""
        colleague = self._new_role_user("operator", "press")
        with self.assertRaises(UserError):
            self.task.with_user(colleague).action_cancel()
        self._put_away(self.task.with_user(self.supervisor))
        self.assertEqual(self.task.state, "cancelled")

    def _put_away(self, task, reason="Гражданин сам отказался от звонка"):
        task.with_context(hotline_reason=reason).action_cancel()

    def test_a_promise_is_put_away_with_its_reason(self):
        """X4: by no way without one; who, when and why stay, and nobody types them."""
        forged = {"cancel_reason": "Просто так", "cancelled_by_id": self.officer.id}
        for task in (self.task, self._task(kind="callback")):
            for act in (task.action_cancel, lambda task=task: task.write({"state": "cancelled"})):
                with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
                    act()
            with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
                self._put_away(task, "нет")
            with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
                task.write({"state": "cancelled", **forged})
            self._put_away(task)
            task.write(forged)
            self.assertRecordValues(
                task,
                [
                    {
                        "state": "cancelled",
                        "cancel_reason": "Гражданин сам отказался от звонка",
                        "cancelled_by_id": self.operator.id,
                    }
                ],
            )
            self.assertTrue(task.cancelled_at)
            line = self.env["hotline.journal"].search([("event", "=", "task_cancelled")], limit=1)
            self.assertEqual((line.res_ref, line.user_ref), (task.id, self.operator.id))
            self.assertNotIn("отказался", line.payload)
        made = self.task.create({"name": "Перезвонить", **forged})
        self.assertFalse(made.cancel_reason or made.cancelled_by_id)

    def test_the_window_asks_for_the_reason(self):
        """X4: the act runs again with what was written there."""
        with self.assertRaises(ReasonNeededError) as asked:
            self.task.action_cancel()
        [[key, warning]] = asked.exception.context["hotline_warnings"]
        self.assertIn(self.task.name, warning)
        wizard = self.env["hotline.reason.wizard"].with_user(self.operator)
        wizard.create(
            {
                "res_model": "hotline.task",
                "res_ids": json.dumps(self.task.ids),
                "method": "action_cancel",
                "line_ids": [Command.create({"key": key, "warning": warning})],
                "reason": "Обещание дано по ошибке",
            }
        ).action_confirm()
        self.assertEqual(self.task.cancel_reason, "Обещание дано по ошибке")

    def test_what_is_no_promise_is_put_away_at_once(self):
        """D5: a thing to find out needs no reason."""
        task = self.task.create({"name": "Узнать", "kind": "find_out"})
        task.action_cancel()
        self.assertRecordValues(task, [{"state": "cancelled", "cancel_reason": False}])

    @freeze_time("2026-11-24 09:20:40")
    def test_a_time_that_has_passed_is_not_promised(self):
        """X4: «we call by 15:00» at 15:20 is refused; the running minute still counts."""
        self.env.company.hotline_tz = "Asia/Omsk"
        tasks = self.env["hotline.task"].with_user(self.operator)
        past, minute = "2026-11-24 09:19:59", "2026-11-24 09:20:00"
        ways = {
            "typed": lambda: tasks.create({"name": "Перезвонить", "due_at": past}),
            "default": lambda: tasks.with_context(default_due_at=past).create({"name": "Тепло"}),
            "kind": lambda: tasks.create({"name": "Узнать", "kind": "todo", "due_at": past}).write(
                {"kind": "callback"}
            ),
            "moved": lambda: tasks.create({"name": "Тепло", "kind": "callback"}).write(
                {"due_at": past}
            ),
        }
        for way, act in ways.items():
            with self.subTest(way), self.assertRaises(UserError) as refused:
                act()
            self.assertIn("24.11.2026 15:19", str(refused.exception))
            self.assertIn("24.11.2026 15:20", str(refused.exception))
        self.assertTrue(tasks.create({"name": "Перезвонить", "due_at": minute}))
        # What was promised in another system, by the system itself, or is no promise is kept.
        self.assertTrue(tasks.with_context(import_file=True).create({"name": "А", "due_at": past}))
        self.assertTrue(tasks.sudo().create({"name": "Б", "kind": "callback", "due_at": past}))
        self.assertTrue(tasks.create({"name": "В", "kind": "find_out", "due_at": past}))

    def test_the_words_of_a_promise_stand(self):
        """X4: nobody rewrites what was promised to a citizen; what is added stands beside it."""
        for user in (self.operator, self.officer, self.supervisor):
            task = self.task.with_user(user)
            with self.subTest(user.login), self.assertRaises(UserError), self.env.cr.savepoint():
                task.write({"name": "Перезвонить когда-нибудь"})
        self.task.write({"note": "Просила после шести"})
        self.assertTrue(self.task.words_stand)
        self.assertRecordValues(
            self.task, [{"name": "Перезвонить Ивановой", "note": "Просила после шести"}]
        )
        with self.assertRaises(UserError):
            self.task.note = "о" * 5001
        todo = self.task.create({"name": "Узнать", "kind": "todo"})
        todo.name = "Узнать в ЕДДС"
        self.assertFalse(todo.words_stand)
        self._talked()
        self.assertEqual(self.task.state, "done")
        with self.assertRaises(UserError):
            self.task.note = "Сказано иначе"

    def test_reminded_once_and_told_when_late(self):
        """D5, X4: its keeper a quarter of an hour before, the supervisors when it is late."""
        now = fields.Datetime.now()
        soon = self._task(name="Скоро", due_at=now + timedelta(minutes=10))
        later = self._task(name="Потом", due_at=now + timedelta(minutes=40))
        late = self._task(name="Поздно", due_at=now + timedelta(minutes=1))
        late.sudo().due_at = now - timedelta(minutes=40)
        self.env["hotline.task"]._cron_promises()
        told = self._told()
        self.assertIn((self.operator.partner_id.id, "Скоро"), told)
        self.assertIn((self.supervisor.partner_id.id, "Поздно"), told)
        self.assertNotIn("Потом", [words for _person, words in told])
        self.assertTrue(soon.sudo().reminded_at and late.sudo().overdue_told_at)
        self.assertFalse(later.sudo().reminded_at)
        self.env["hotline.task"]._cron_promises()
        self.assertFalse(self._told())

    def _told(self):
        """Return [(contact, words)] of the notices that wait to be sent."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([("message", "like", "simple_notification")])
        told = [
            (json.loads(one.channel)[-1], json.loads(one.message)["payload"]["message"])
            for one in messages
        ]
        messages.unlink()
        return told
