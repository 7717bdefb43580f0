import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

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
        self.task.with_user(self.supervisor).action_cancel()
        self.assertEqual(self.task.state, "cancelled")

    def test_reminded_once_and_told_when_late(self):
        """D5, X4: its keeper a quarter of an hour before, the supervisors when it is late."""
        now = fields.Datetime.now()
        soon = self._task(name="Скоро", due_at=now + timedelta(minutes=10))
        later = self._task(name="Потом", due_at=now + timedelta(minutes=40))
        late = self._task(name="Поздно", due_at=now - timedelta(minutes=40))
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
