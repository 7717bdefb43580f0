from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..domain import call_rows
from ..models import hotline_callback
from .common_calls import BEGAN, abandoned, over, talking
from .test_reconciliation import ReconciliationCommon


@tagged("post_install", "-at_install")
class TestReconciliationCallback(ReconciliationCommon):
    """D1, X8: how a call really ended is found out late; who was not answered is called back."""

    def _tick(self):
        with patch.object(hotline_callback, "OLDEST", timedelta(days=36500)):
            self.env["hotline.callback"]._tick(self.pbx)
        self.env.flush_all()

    def _task(self):
        return self.env["hotline.task"].search([("by_system", "=", True)])

    def test_an_answer_that_never_was(self):
        """D1, X8: the connector died as the telephone was lifted, the citizen had hung up by then.

        The next connector took it for a talk; the books know that there was none.
        """
        self._write(replace(over(), unknown_from=BEGAN + 4, talk=0.0))
        self._tick()
        self.assertFalse(self._task())
        self.books.abandoned(BEGAN)
        self._reconcile()
        call = self._call()
        self.assertEqual((call.fate, call.answered_at), ("abandoned", False))
        self._tick()
        self.assertEqual((self._task().call_id, self._task().cause), (call, "abandoned"))

    def test_a_talk_whose_end_the_pbx_did_not_write(self):
        """X8: the PBX died before its file had the talk; what was heard of it stays."""
        self._write(replace(talking(), unknown_from=BEGAN + 4))
        self.books.rings(BEGAN)
        self.books.started(BEGAN + 90)
        self._reconcile()
        call = self._call()
        self.assertTrue(call.answered_at)
        self.assertEqual((call.fate, call.operator_id), ("cut", self.operator))
        self._tick()
        self.assertEqual((self._task().cause, self._task().first_id), ("dropped", self.operator))

    def test_the_books_know_no_more(self):
        """D1, X8: cut off by the PBX's death, as was thought: nobody waits for the books again."""
        cut = {"fate": "cut", "ended_by": "", "ended": BEGAN + 90, "unknown_from": BEGAN + 4}
        self._write(replace(abandoned(), **cut, unknown_until=BEGAN + 90))
        self.books.rings(BEGAN)
        self.books.started(BEGAN + 90)
        self.assertEqual(self._reconcile().matched, 1)
        call = self._call()
        call.ended_at = fields.Datetime.now()
        self.assertFalse(self.env["hotline.callback"]._waits_for_books(call))
        self.assertTrue(call.unknown_from)

    def _cut(self, minutes):
        """A call whose end nobody heard, so many minutes ago."""
        cut = {"fate": "cut", "ended_by": "", "ended": BEGAN + 90, "unknown_from": BEGAN + 4}
        self._write(replace(abandoned(), **cut, unknown_until=BEGAN + 90))
        call = self._call()
        call.ended_at = fields.Datetime.now() - timedelta(minutes=minutes)
        return call, call_rows.epoch(call.ended_at)

    def test_nobody_is_rung_by_a_guess_before_the_books_were_read(self):
        """D1, X8: the connector is killed every few seconds, each time before it could read them.

        The citizen has talked and hung up while no connector was there.
        """
        call, ended = self._cut(5)
        self._tick()
        self.assertFalse(self._task())
        self._reconcile(ended + 5)  # of what ended a moment ago the books are not whole
        self._tick()
        self.assertFalse(self._task() or call.callback_looked)
        self.books.answered(BEGAN)
        self._reconcile(ended + 60)
        self._tick()
        self.assertEqual((call.fate, call.callback_looked), ("answered", True))
        self.assertFalse(self._task())

    def test_books_that_were_read_and_do_not_know_the_call(self):
        """D1: they will not say more; who was cut off is called back."""
        call, ended = self._cut(5)
        self._reconcile(ended + 60)
        self._tick()
        self.assertEqual((self._task().call_id, self._task().cause), (call, "fault"))

    def test_books_that_nobody_comes_to_read(self):
        """D1: who may have been cut off is not forgotten, whatever keeps the books from us."""
        self._cut(16)
        self._tick()
        self.assertEqual(self._task().cause, "fault")

    def test_books_that_cannot_be_read(self):
        """D1: where the folder is not there nobody waits for it longer than two minutes."""
        self._cut(5)
        self.env["hotline.pbx.ledger"]._of(self.pbx)._failed("no_folder: /nowhere")
        self._tick()
        self.assertEqual(self._task().cause, "fault")

    def test_a_fate_that_is_heard_after_the_look(self):
        """D1: the connector's next word of how it ended is looked at as the first was."""
        self._write(replace(abandoned(), fate=""))
        self._tick()
        self.assertFalse(self._task())
        self._write(abandoned())
        self._tick()
        self.assertEqual(self._task().cause, "abandoned")
        self._write(replace(abandoned(), end_cause=16))
        self.assertTrue(self._call().callback_looked)
