from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .callback_common import PHONE, CallbackCommon


@tagged("post_install", "-at_install")
class TestCallback(CallbackCommon):
    """D1: who gave up is called back, once, by who is free."""

    # Who waits

    def test_one_call_back_a_number(self):
        """D1: a second call that nobody answered keeps the oldest time."""
        self._ended(minutes=9)
        self._ended(minutes=2)
        self._tick()
        task = self._task()
        self.assertRecordValues(
            task,
            [
                {
                    "kind": "callback", "phone": PHONE, "state": "open", "cause": "abandoned",
                    "since_at": self.now - timedelta(minutes=9), "user_id": False,
                    "due_at": self.now - timedelta(minutes=4), "partner_id": self.citizen.id,
                }
            ],
        )  # fmt: skip
        self._tick()
        self.assertEqual(self._task(), task)

    def test_whose_wish_it_was(self):
        """D1: by a key; the number that was typed is called."""
        self._ended("", callback_wish=True, callback_phone="89135550777", ended_by=False)
        self._tick()
        self.assertRecordValues(self._task(), [{"cause": "wish", "phone": "+79135550777"}])

    def test_who_is_not_called_back(self):
        """D1: hidden, service, forbidden numbers; who was answered, who spoke to the machine."""
        for vals in (
            {"phone": False, "phone_raw": "anonymous"},
            {"phone": "112"},
            {"phone": "+78095550101"},
            {"phone": "+4915112345678"},
            {"fate": "answered"},
            {"fate": False},
            {"fate": "answered", "ended_by": False, "unknown_from": self.now},
            {"minutes": 60 * 30},
        ):
            with self.subTest(vals):
                self._ended(**vals)
                self._tick()
                self.assertFalse(self._task())

    def test_who_called_again_is_not_called(self):
        """D1: answered meanwhile."""
        self._ended(minutes=9)
        self._tick()
        self._ended("answered", minutes=1)
        self._tick()
        self.assertRecordValues(self._task(), [{"state": "cancelled", "outcome": "called_again"}])
        self._sits(self.operator)
        self._tick()
        self.assertFalse(self._dialled())

    def test_a_corrected_fate_takes_it_back(self):
        """D1, X8: the reconciliation found that the call was answered."""
        call = self._ended()
        self._tick()
        call.write({"fate": "answered"})
        self._sits(self.operator)
        self._tick()
        self.assertEqual(self._task().state, "cancelled")
        self.assertFalse(self._dialled())

    # Dialling

    def test_the_operators_telephone_first(self):
        """D1: the free operator, by a command like a click's; the screen says why."""
        self._ended()
        self._tick()
        self.assertFalse(self._dialled())
        self._sits(self.operator)
        self._sent()
        self._tick()
        command = self._dialled()
        self.assertRecordValues(
            command, [{"user_id": self.operator.id, "state": "new", "pbx_id": self.pbx.id}]
        )
        self.assertEqual(
            (command.payload["interface"], command.payload["number"]), ("PJSIP/101", PHONE)
        )
        call = command.call_id
        self.assertEqual((call.partner_id, call.line_id), (self.citizen, self.line))
        self.assertIn("ждал 3 мин", call.dialled_why)
        told = [one for _channel, kind, one in self._sent() if kind == "gov_hotline.phone_call"]
        self.assertEqual(told[-1]["why"], call.dialled_why)

    def test_never_dialled_twice(self):
        """D1: while a dialling is under way, whatever happens to the connector."""
        self._ended()
        self._sits(self.operator)
        self._sits(self.second)
        for _look in range(3):
            self._tick()
        self.assertEqual(len(self._dialled()), 1)
        # the connector dies after it has sent it: the next one knows no more than that
        command = self._dialled()
        command._finish("sent", False)
        command._finish("unknown", "restarted")
        self._tick()
        self.assertEqual(len(self._dialled()), 1)
        command.call_id.write({"phase": "over", "fate": "cut", "ended_at": self.now})
        self._tick()
        task = self._task()
        self.assertEqual((task.tries, len(self._dialled())), (1, 1))
        self.assertGreater(task.next_at, self.now + timedelta(minutes=9))

    def test_nobody_dials_what_another_has_in_hand(self):
        """D1: the mark and the command are one transaction: without the mark no command."""
        self._ended()
        self._tick()
        self._sits(self.operator)
        task = self._task()
        self.patch(type(self.engine), "_command", lambda *_arguments: 1 / 0)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._tick()
        self.assertFalse(task.dialling_id or self._dialled())

    def test_the_oldest_first_by_who_was_idle_longest(self):
        """D1: in order, one at a time a number."""
        self._ended(minutes=2, phone="+79135550202")
        self._ended(minutes=4, phone="+79135550303")
        self._sits(self.second, minutes=2)
        self._sits(self.operator, minutes=7)
        self._tick()
        made = [(one.user_id, one.payload["number"]) for one in self._dialled()]
        self.assertEqual(made, [(self.operator, "+79135550303"), (self.second, "+79135550202")])

    def test_not_while_the_citizen_is_on_a_line(self):
        """D1: waiting in the queue again, or called by a colleague."""
        self._ended()
        self._tick()
        self._sits(self.operator)
        again = self._talk(self.second, phase="waiting")
        self._tick()
        self.assertFalse(self._dialled())
        again.write({"phase": "over", "fate": "abandoned", "ended_at": self.now})
        self._tick()
        self.assertEqual(len(self._dialled()), 1)

    def test_who_talks_or_rests_is_not_rung(self):
        """D1: a pause, a talk, the card of another talk."""
        self._ended()
        for state in ("paused", "talking", "wrap_up", "ringing"):
            with self.subTest(state):
                self._sits(self.operator, state)
                self._tick()
                self.assertFalse(self._dialled())

    def test_not_at_night(self):
        """D1: by the clock of the body; a line round the clock calls at any hour."""
        self.line.round_the_clock = False
        night = fields.Datetime.to_datetime("2026-11-24 20:30:00")  # 23:30 in Moscow
        with freeze_time(night):
            self._ended(minutes=0, ended_at=night)
            self._sits(self.operator)
            self._tick()
            self.assertFalse(self._dialled())
            task = self._task()
            self.assertEqual(fields.Datetime.to_string(task.next_at), "2026-11-25 06:00:00")
            self.assertEqual(fields.Datetime.to_string(task.due_at), "2026-11-25 06:05:00")
        with freeze_time("2026-11-25 06:00:05"):
            self._tick()
            self.assertEqual(len(self._dialled()), 1)

    # How it ends

    def test_a_talk_ends_it_with_evidence(self):
        """D1, X4: the call that shows it, and after how long."""
        self._ended(minutes=4)
        self._sits(self.operator)
        self._tick()
        answered = self.now - timedelta(minutes=1)
        call = self._ends(fate="answered", answered_at=answered, started_at=answered)
        self.assertRecordValues(
            self._task(),
            [
                {
                    "state": "done", "outcome": "talk", "evidence_call_id": call.id,
                    "evidence_kind": "talk", "called_back_seconds": 180, "in_time_share": 100.0,
                    "user_id": self.operator.id, "dialling_id": False,
                }
            ],
        )  # fmt: skip

    def test_tries_by_the_line_then_a_person(self):
        """D1: each try is kept; after the last one a person goes on, with the reason."""
        self.line.write({"callback_tries": 2, "callback_interval": 7})
        self._ended()
        self._sits(self.operator)
        self._tick()
        self._ends(fate="busy")
        task = self._task()
        self.assertRecordValues(task, [{"tries": 1, "state": "open", "stopped": False}])
        self.assertEqual(task.try_ids.result, "busy")
        self.assertAlmostEqual(
            task.next_at, fields.Datetime.now() + timedelta(minutes=7), delta=timedelta(seconds=9)
        )
        task.next_at = self.now
        self._tick()
        self._ends(fate="no_answer")
        self.assertRecordValues(
            task, [{"tries": 2, "state": "open", "stopped": "tries_over", "next_at": False}]
        )
        self._tick()
        self.assertEqual(len(self._dialled()), 2)

    def test_an_operator_who_does_not_answer_is_no_try(self):
        """D1: the citizen was not called; after five a person is asked."""
        self._ended()
        self._sits(self.operator)
        task = self._task
        for time in range(5):
            self._tick()
            self._ends("failed", "no_answer", citizen=False)
            self.assertEqual((task().tries, task().not_taken), (0, time + 1))
            if task().stopped:
                break
            task().next_at = self.now
        self.assertEqual(task().stopped, "nobody_took")
        self.assertEqual(set(task().try_ids.mapped("result")), {"not_taken"})

    def test_who_let_it_ring_is_not_rung_again_while_others_are_free(self):
        """D1: the next try goes to another operator, though this one is idle longest."""
        self._ended()
        self._sits(self.operator, minutes=9)
        self._tick()
        self._ends("failed", "no_answer", citizen=False)
        self._task().next_at = self.now
        self._sits(self.second, minutes=2)
        self._tick()
        self.assertEqual(self._dialled()[-1].user_id, self.second)

    def test_a_line_that_is_switched_off_dials_no_more(self):
        """D1: what waits then is a person's, and says so."""
        self._ended()
        self._tick()
        self.line.callback_on = False
        self._sits(self.operator)
        self._tick()
        self.assertFalse(self._dialled())
        self.assertRecordValues(self._task(), [{"state": "open", "stopped": "switched_off"}])

    def test_a_dropped_talk_goes_back_to_its_operator(self):
        """D1: also while the card is open; after a while to anybody."""
        call = self._ended("answered", 1, ended_by=False, operator_id=self.second.id)
        self._sits(self.operator)
        self._sits(self.second, "wrap_up")
        self._tick()
        task = self._task()
        self.assertRecordValues(task, [{"cause": "dropped", "first_id": self.second.id}])
        self.assertEqual(self._dialled().user_id, self.second)
        self.assertEqual(self._dialled().call_id.partner_id, call.partner_id)

    def test_a_dropped_talk_whose_operator_is_away(self):
        """D1: the line says for how long that one is waited for."""
        self._ended("answered", 3, ended_by=False, operator_id=self.second.id)
        self._sits(self.operator)
        self._tick()
        self.assertEqual(self._dialled().user_id, self.operator)

    def test_a_dispatch_service(self):
        """ADS-5: ten minutes from the call itself."""
        self.line.dispatch = True
        call = self._ended()
        self._tick()
        self.assertEqual(self._task().due_at, call.started_at + timedelta(minutes=10))

    def test_a_line_that_does_not_dial(self):
        """D1: the task is there for a person."""
        self.line.callback_on = False
        self._ended()
        self._sits(self.operator)
        self._tick()
        self.assertEqual(self._task().stopped, "switched_off")
        self.assertFalse(self._dialled())

    def test_a_promise_is_kept_by_a_call_of_the_pbx(self):
        """X4: by its records alone where there is a PBX; a call noted by hand shows nothing."""
        promise = self.env["hotline.task"].with_user(self.operator)
        promise = promise.create({"name": "Перезвонить", "phone": PHONE})
        noted = self.env["hotline.call"].with_user(self.operator).create(
            {
                "direction": "out", "phone": PHONE, "group": "other",
                "disposition_id": self.env.ref("gov_hotline.disposition_nuisance").id,
            }
        )  # fmt: skip
        noted.action_close()
        self.assertEqual(promise.state, "open")
        later = fields.Datetime.now() + timedelta(minutes=1)
        call = self._ended("answered", direction="out", started_at=later, answered_at=later)
        self._tick()
        self.assertRecordValues(
            promise, [{"state": "done", "evidence_call_id": call.id, "evidence_kind": "talk"}]
        )

    # Rights

    def test_nobody_forges_a_call_back(self):
        """D1: by RPC neither its time nor its end."""
        self._ended()
        self._tick()
        for user in (self.operator, self.supervisor):
            task = self._task().with_user(user)
            task.write({"since_at": self.now, "outcome": "talk", "stopped": "tries_over"})
            self.assertFalse(task.outcome or task.stopped)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                task.action_done()
        call = self.env["hotline.call"].with_user(self.supervisor).search([], limit=1)
        with self.assertRaises(AccessError):
            call.callback_looked = False

    def test_hours_of_a_line(self):
        """D1: they begin before they end."""
        with self.assertRaises(ValidationError):
            self.line.write({"callback_from": 21, "callback_until": 9})
