import importlib.util
from datetime import datetime, time, timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo.tests import tagged

from .outbox_common import Session
from .test_forwarding_post import REASON, PostCommon


@tagged("post_install", "-at_install")
class TestForwardingTerm(PostCommon):
    """FWD-7, FWD-MIG, COPY-7 (art. 8, p. 3, 3.1, 4): met on the day the letter leaves."""

    def _clock(self, case):
        case.invalidate_recordset()
        return case.deadline_ids.filtered(lambda one: one.term_id.purpose == "forward")

    def _later(self, days):
        """Be so many days later, at noon of the body."""
        moment = datetime.combine(self.today + timedelta(days=days), time(9))
        return freeze_time(moment)

    def test_on_paper_it_is_met_by_the_mark(self):
        """FWD-7: signed it runs; posted on a day that has passed it is met on that day."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        self.assertRecordValues(self._clock(case), [{"met_on": False}])
        with self._later(3):
            self._post(letter, posted_on=self.today + timedelta(days=2))
        self.assertEqual(self._clock(case).met_on, self.today + timedelta(days=2))
        events = self.env["hotline.journal"].search([("event", "=", "forwarding_left")])
        self.assertIn(case.id, events.mapped("res_ref"))

    def test_late_it_is_met_late(self):
        """FWD-7: left to lie for two weeks it is overdue, and met on the day it left."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        day = self.today + timedelta(days=14)
        with self._later(14):
            self.assertTrue(case._has_late_clock())
            self._post(letter, posted_on=day)
        clock = self._clock(case)
        self.assertEqual(clock.met_on, day)
        self.assertGreater(clock.met_on, clock.due_on)

    def test_by_email_it_is_met_by_the_sending(self):
        """FWD-7: neither the queue nor a failed e-mail meets it; the posting that follows does."""
        for session, met in (
            (Session(), self.today),
            (Session(refusal=(550, b"5.1.1 unknown")), False),
            (Session(breaks="in"), False),
        ):
            case = self._case()
            letter = self._resolve(case, self.mailed_body)
            self.assertFalse(self._clock(case).met_on)
            self._run_job(letter._mails(), session)
            with self.subTest(met=met):
                self.assertEqual(self._clock(case).met_on, met)
                if not met:
                    self._post(letter, posted_way="courier")
                    self.assertEqual(self._clock(case).met_on, self.today)

    def test_the_last_of_several(self):
        """COPY-7: two bodies: met when the second letter has left; a third has it run again."""
        case = self._case()
        letters = self._resolve(case, self.other_body | self.mailed_body)
        paper = letters.filtered(lambda one: one.partner_id == self.other_body)
        self._run_job((letters - paper)._mails(), Session())
        self.assertFalse(self._clock(case).met_on)
        self._post(paper)
        self.assertEqual(self._clock(case).met_on, self.today)
        third = self._resolve(case, self._agency("Минздрав", kind="other_body"))
        self.assertFalse(self._clock(case).met_on)
        self._post(third)
        self.assertEqual(self._clock(case).met_on, self.today)

    def test_withdrawn_before_it_left(self):
        """FWD-7: what was withdrawn is not waited for; without a letter nothing is forwarded."""
        case = self._case()
        letters = self._resolve(case, self.other_body | self._agency("Минздрав", kind="other_body"))
        self._post(letters[0])
        letters[1].action_withdraw("Направлено ошибочно")
        self.assertEqual(self._clock(case).met_on, self.today)
        alone = self._case()
        self._resolve(alone, self.other_body).action_withdraw("Направлено ошибочно")
        self.assertFalse(self._clock(alone))

    def test_closed_with_a_reason_it_is_met_later(self):
        """FWD-7: closing meets nothing that has not left; the mark after it does."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        case.with_context(hotline_reason=REASON).action_close()
        self.assertEqual(case.state, "forwarded")
        self.assertFalse(self._clock(case).met_on)
        self._post(letter)
        self.assertEqual(self._clock(case).met_on, self.today)

    def test_migration_has_it_run_again(self):
        """FWD-7: open cases whose letter waits; what has left keeps its day."""
        cases = [self._case(), self._case()]
        letters = [self._resolve(case, self.other_body) for case in cases]
        self._post(letters[1])
        for case in cases:
            self._clock(case).sudo().met_on = self.today
        path = Path(__file__).parents[1] / "migrations/19.0.1.5.0/post-forward_terms.py"
        spec = importlib.util.spec_from_file_location("post_forward_terms", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.4.0")
        self.env.invalidate_all()
        self.assertEqual([self._clock(case).met_on for case in cases], [False, self.today])
