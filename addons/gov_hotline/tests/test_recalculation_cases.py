from datetime import timedelta

from odoo.tests import tagged

from .assignment_common import AssignmentCommon
from .recalculation_common import RecalculationCommon


@tagged("post_install", "-at_install")
class TestRecalculationCases(AssignmentCommon, RecalculationCommon):
    """X9: what happens to a case between the list and the move, and what its list must say."""

    def _line(self, found, clock=None):
        return found.line_ids.filtered(lambda one: one.deadline_id == (clock or self.clock))

    def test_closed_in_between(self):
        """X9, B4: a case closed after the count is passed over, and it is said."""
        other = self._case()
        self._day_off()
        found = self._counted()
        self._answer(other)
        other.question_ids.outcome_id = self.supported
        other.action_close()
        self._confirm(found)
        line = found.line_ids.filtered(lambda one: one.ticket_id == other)
        self.assertEqual((line.state, line.why), ("skipped", "closed"))
        self.assertTrue(line.note_text)
        self.assertEqual((found.applied_count, found.skipped_count), (1, 1))
        self.assertEqual(other.due_on, self.due)

    def test_answered_in_between(self):
        """X9: a met term is history."""
        self._day_off()
        found = self._counted()
        self._answer(self.case)
        self._confirm(found)
        self.assertEqual(self._line(found).why, "met")
        self.assertEqual(self.clock.due_on, self.due)

    def test_extended_in_between(self):
        """X9: the date is another one by now: passed over, the next change counts it."""
        self._day_off()
        found = self._counted()
        one = self._extension(self.case)
        one.action_propose()
        one.with_user(self.approver).action_sign()
        extended = self.clock.due_on
        self._confirm(found)
        self.assertEqual((self._line(found).why, self.clock.due_on), ("changed", extended))

    def test_the_calendar_changed_while_the_dates_move(self):
        """X9: a date is moved to what was confirmed or not at all."""
        self._day_off()
        found = self._counted()
        found.action_confirm()
        self._day_off(self._earlier())
        self._run(found)
        self.assertEqual((self._line(found).state, self.clock.due_on), ("skipped", self.due))
        self.assertEqual(self._open().state, "waiting")

    def test_met_closed_and_drafts_are_not_in_the_list(self):
        """X9: closed cases, met terms and drafts."""
        closed, met, draft = self._closed(), self._case(), self._draft()
        self._answer(met)
        self._day_off()
        cases = self._counted().line_ids.ticket_id
        self.assertIn(self.case, cases)
        self.assertFalse(cases & (closed | met | draft))

    def test_an_extended_term(self):
        """X9: the extension stays, its last day is counted anew."""
        one = self._extension(self.case)
        one.action_propose()
        one.with_user(self.approver).action_sign()
        extended = self.clock.due_on
        expected = self._earlier(extended)
        self._day_off(extended)
        found = self._counted()
        line = self._line(found)
        self.assertEqual((line.due_before, line.due_after), (extended, expected))
        self.assertEqual(line.told_on, extended)
        self._confirm(found)
        self.assertEqual(self.clock.certificate["extension"], 30)
        self.assertEqual(self.clock.due_on, expected)

    def test_the_date_the_applicant_was_told(self):
        """X9: a later date than the letter's is not ticked; the manager may tick it."""
        off = self._day_off()
        self._confirm(self._counted())
        told = self.clock.due_on
        self.case.sudo()._new_notice("registration")._issue()
        off.unlink()
        found = self._counted()
        line = self._line(found)
        self.assertEqual((line.due_after, line.told_on), (self.due, told))
        self.assertFalse(line.is_chosen)
        self.assertIn(told.strftime("%d.%m.%Y"), line.note_text)
        line.is_chosen = True
        found.reason = "Заявитель согласен с новой датой"
        self._confirm(found)
        self.assertEqual(self.case.due_on, self.due)
        words = self.clock._certificate_lines()
        self.assertIn(self.due.strftime("%d.%m.%Y"), words[-2])
        self.assertIn(told.strftime("%d.%m.%Y"), words[-1])

    def test_control_dates_of_executors(self):
        """X9, C1: said in the list; what the manager leaves is offered to the officer."""
        assignment = self._resolve(self.case, self.department)
        assignment.sudo()._set(control_on=self.due)
        self._day_off()
        found = self._counted()
        self.assertEqual(self._line(found).beyond_count, 1)
        control = found.line_ids.filtered("assignment_id")
        self.assertEqual((control.due_before, control.due_after), (self.due, self._earlier()))
        control.is_chosen = False
        found.reason = "Исполнитель ответит раньше"
        self._confirm(found)
        self.assertEqual(assignment.control_on, self.due)
        self.case.invalidate_recordset()
        self.assertTrue(self.case.offers_dates)
        self.assertIn("1", found.sudo().activity_ids.summary)

    def test_the_report_to_a_higher_body(self):
        """X9, practice 10: the term moves, the date of the case does not."""
        report_by = self.today + timedelta(days=10)
        self._letter(self.case, report_by=report_by)
        self._day_off()
        found = self._counted()
        self.assertEqual(self._line(found).report_by, report_by)
        self._confirm(found)
        self.assertNotEqual(self.clock.due_on, self.due)
        self.assertEqual(self.case.due_on, report_by)

    def test_the_same_date_by_the_new_edition(self):
        """X1, X9: nothing to confirm; the certificate names the edition that is in force."""
        before = self.clock.calendar_version
        self._day_off(self.due + timedelta(days=1))
        found = self._counted()
        self.assertEqual((found.state, found.moved_count), ("unchanged", 0))
        self.assertGreater(found.renewed_count, 0)
        self.assertEqual(self.clock.due_on, self.due)
        self.assertNotEqual(self.clock.calendar_version, before)
        self.assertEqual(self.clock.certificate["calendar_version"], self.clock.calendar_version)

    def test_a_later_extension_keeps_the_recount(self):
        """X1: the certificate goes on telling of the recount once the term is extended."""
        self._day_off()
        self._confirm(self._counted())
        one = self._extension(self.case)
        one.action_propose()
        one.with_user(self.approver).action_sign()
        self.assertEqual(len(self.clock.certificate["recounts"]), 1)

    def test_bounded_queries(self):
        """X9: five cases or thirty: the count and the move ask the database as often."""
        counts = []
        for size in (5, 25):
            for _one in range(size):
                self._case()
            day = self._day_off()
            counts.append(self._queries_of_a_recalculation())
            day.unlink()
            self._queries_of_a_recalculation()
        self.assertLessEqual(abs(counts[1][0] - counts[0][0]), 2)
        self.assertLessEqual(abs(counts[1][1] - counts[0][1]), 2)

    def _queries_of_a_recalculation(self):
        """Return how many queries the count and the move of all open cases took."""
        found = self._open()
        found.action_count_now()
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        self._run(found)
        self.env.flush_all()
        counted = self.cr.sql_log_count
        if found.state == "to_confirm":
            found.action_confirm()
            self.env.invalidate_all()
            counting, counted = counted - start, self.cr.sql_log_count
            self._run(found)
            self.env.flush_all()
            return counting, self.cr.sql_log_count - counted
        return counted - start, 0

    def test_the_entry_of_benchmarks(self):
        """Count and move at once, without the queue."""
        self._day_off()
        found = self.env["hotline.recalculation"]._recount_body(self.env.company)
        self.assertEqual(found.state, "to_confirm")
        found.with_user(self.supervisor).action_confirm()
        found._apply_now()
        self.assertEqual((found.state, self.case.due_on), ("applied", self.clock.due_on))
        self.assertNotEqual(self.clock.due_on, self.due)
