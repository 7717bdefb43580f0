from datetime import timedelta

from odoo.tests import tagged

from .callback_common import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackOnce(CallbackCommon):
    """D1, X8: what is found out late about a call calls nobody twice."""

    def test_a_corrected_fate_calls_nobody_back_twice(self):
        """D1, X8: the ledger corrects how it ended after the citizen was called back."""
        first, last = self._ended(minutes=5), self._ended("cut", ended_by=False)
        self._sits(self.operator)
        self._tick()
        began = self.now - timedelta(minutes=1)
        self._ends(fate="answered", answered_at=began, started_at=began)
        self.assertEqual(self._task().outcome, "talk")
        for call in (first, last):
            call.write({"fate": "abandoned", "ended_by": "citizen"})
            call._reconciled(added=False)
        self._tick()
        self._tick()
        self.assertEqual(len(self._task()), 1)
        self.assertEqual(len(self._dialled()), 1)

    def test_a_corrected_fate_hastens_no_try(self):
        """D1, X8: the next try is as far away as the line says."""
        call = self._ended("cut", ended_by=False)
        self._sits(self.operator)
        self._tick()
        self._ends(fate="busy")
        due = self._task().next_at
        call._reconciled(added=False)
        self._tick()
        self.assertEqual(self._task().next_at, due)
        self.assertEqual(len(self._dialled()), 1)

    def test_who_was_hung_up_on_by_the_screen_is_not_rung(self):
        """D1, X8: the connector died before it could note whose key ended the talk."""
        call = self._ended("answered", 1, ended_by=False, operator_id=self.operator.id)
        asked = self.env["hotline.pbx.command"].with_user(self.operator)
        asked._ask(self.pbx, "hangup", {"channel": "9.1"}, call)._finish("unknown", "cut")
        self._sits(self.operator)
        self._tick()
        self.assertFalse(self._task())
        self.assertEqual(call.ended_by, "operator")

    def test_who_was_not_followed_waits_for_the_books(self):
        """D1, X8: nobody is rung by a guess where the books tell in a moment; never forgotten."""
        self.pbx.ledger_folder = "/var/log/asterisk"
        call = self._ended("cut", 1, ended_by=False, unknown_from=self.now)
        self._sits(self.operator)
        self._tick()
        self.assertFalse(self._task() or call.callback_looked)
        call.ended_at -= timedelta(minutes=16)  # nobody came to read them
        self._tick()
        self.assertEqual(self._task().cause, "fault")

    def test_who_waits_too_long_counts_as_late(self):
        """D1: the share in time falls when the five minutes are over, dialled or not."""
        self._ended(minutes=3)
        self._tick()
        tasks = self.env["hotline.task"]
        shares = [("by_system", "=", True)], [], ["in_time_share:avg"]
        self.assertIs(tasks._read_group(*shares)[0][0], False)  # nothing to be judged yet
        self._task().due_at = self.now - timedelta(minutes=1)
        self._tick()
        self.assertEqual(str(tasks._read_group(*shares)[0][0]), "0.0")
