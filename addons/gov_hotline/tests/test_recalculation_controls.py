from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon
from .outbox_common import OutboxCommon
from .recalculation_common import RecalculationCommon


@tagged("post_install", "-at_install")
class TestRecalculationControls(RecalculationCommon, OutboxCommon, AssignmentCommon):
    """X9: control dates that a changed calendar leaves impossible move with the same list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_letter.email = "roads@mail.example"
        cls.inside = cls._resolve(cls.case, cls.department)
        cls.outside = cls._resolve(cls._other(), cls.by_letter)

    @classmethod
    def _other(cls):
        case = cls._case()
        case.sudo().user_id = cls.officer
        return case

    def _line(self, found, assignment):
        return found.line_ids.filtered(lambda line: line.assignment_id == assignment)

    def _put(self, assignment, day):
        assignment._set(control_on=day)
        self.env.flush_all()

    def _moved_events(self, case):
        return self.env["hotline.journal"].search(
            [("event", "=", "assignment_control_moved"), ("res_ref", "=", case.id)]
        )

    def test_on_a_new_day_off(self):
        """X9: the date on the new day off is proposed a day earlier, moved by the confirmation
        alone, with a journal line; the executor is told and sees what it was."""
        day = self.outside.control_on
        self._day_off(day)
        found = self._counted()
        line = self._line(found, self.outside)
        before = self._earlier(day)
        self.assertRecordValues(
            line,
            [{"due_before": day, "due_after": before, "state": "proposed", "is_chosen": True}],
        )
        self.assertIn("day off", line.note_text)
        self.assertIn(self.by_letter.display_name, line.what)
        self.assertEqual(self.outside.control_on, day)
        self._confirm(found)
        self.assertEqual(line.state, "applied")
        self.assertRecordValues(self.outside, [{"control_on": before, "control_was_on": day}])
        self.assertEqual(len(self._moved_events(self.outside.ticket_id)), 1)
        letter = self.outside.ticket_id.mail_ids.filtered(lambda mail: mail.kind == "new_date")
        self.assertRecordValues(letter, [{"email_to": "roads@mail.example", "state": "queued"}])
        for words in (before.strftime("%d.%m.%Y"), day.strftime("%d.%m.%Y")):
            self.assertIn(words, letter.body)
        for words in ("Иванова", "батареи"):
            self.assertNotIn(words, letter.body + letter.subject)

    def test_question_and_counters(self):
        """X9: the question says how many of which dates; what was looked at is the sum of what is
        named, before and after; dates without a tick are named too."""
        day = self.outside.control_on
        self._put(self.inside, day)
        self._day_off(day)
        self._day_off()
        found = self._counted()
        self._line(found, self.inside).is_chosen = False
        found.reason = "Исполнитель предупреждён, ответит в срок"
        words = found.with_context(lang="ru_RU").question
        terms = found.line_ids.filtered("deadline_id")
        self.assertIn(f"Сроки обращений: перенести {len(terms)} из {len(terms)}.", words)
        self.assertIn("Контрольные сроки: перенести 1 из 2.", words)
        self.assertTrue(found.is_by_hand)
        action = found.action_ask()
        self.assertEqual((action["res_id"], action["target"]), (found.id, "new"))
        looked = found.total
        self._confirm(found)
        self.assertEqual(found.total, looked)
        self.assertEqual(found.left_count, 1)
        self.assertEqual(found.applied_count, len(terms) + 1)
        self.assertEqual(
            looked,
            sum(found[name] for name in ("applied_count", "left_count", "skipped_count",
                "renewed_count", "kept_count", "untouched_count")),
        )  # fmt: skip

    def test_question_needs_a_tick(self):
        """X9: nothing ticked: no question, the words say what to do instead."""
        self._day_off(self.outside.control_on)
        found = self._counted()
        found.action_untick_all()
        with self.assertRaisesRegex(UserError, "No date is ticked"):
            found.action_ask()
        with self.assertRaises(AccessError):
            found.with_user(self.officer).action_ask()

    def test_employee_is_told_inside(self):
        """X9: who works here finds it among the activities, once."""
        day = self.inside.control_on
        self._day_off(day)
        found = self._counted()
        self._confirm(found)
        bells = self.inside.sudo().reminder_ids
        self.assertEqual(len(bells), 1)
        self.assertEqual(bells.user_id, self.inside.executor_user_id)
        self.assertIn(self.inside.control_on.strftime("%d.%m.%Y"), bells.summary)
        self.assertFalse(self.inside.ticket_id.mail_ids.filtered(lambda m: m.kind == "new_date"))

    def test_beyond_the_new_date(self):
        """X9: the due date moves up, the control date beyond it comes with it; both journalled."""
        self._put(self.inside, self.due)
        self._day_off()
        found = self._counted()
        line = self._line(found, self.inside)
        self.assertEqual(line.due_after, self._earlier())
        self._confirm(found)
        self.assertEqual(self.case.due_on, self._earlier())
        self.assertEqual(self.inside.control_on, self._earlier())
        self.assertFalse(self.case.offers_dates)

    def test_unticked_stays(self):
        """X9: what the manager takes the tick off stays; the officer is told to look at it."""
        day = self.inside.control_on
        self._day_off(day)
        found = self._counted()
        line = self._line(found, self.inside)
        line.is_chosen = False
        found.reason = "Исполнитель предупреждён, ответит в срок"
        self._put(self.outside, self.outside.control_on)
        if not found.chosen_count:
            found.action_refuse()
        else:
            self._confirm(found)
        self.assertEqual(self.inside.control_on, day)
        self.assertFalse(self._moved_events(self.case))

    def test_answered_in_between(self):
        """X9: a date changed or an assignment withdrawn in between is passed over and said so."""
        day = self.inside.control_on
        self._day_off(day)
        found = self._counted()
        self._put(self.inside, self._earlier(day) - timedelta(days=7))
        self._confirm(found)
        line = self._line(found, self.inside)
        self.assertEqual(line.state, "skipped")
        self.assertTrue(line.note_text)
        self.assertFalse(self._moved_events(self.case))

    def test_officer_does_not_tick(self):
        """X9: the list is the manager's; an officer reads it."""
        self._day_off(self.inside.control_on)
        line = self._line(self._counted(), self.inside)
        with self.assertRaises(AccessError):
            line.with_user(self.officer).is_chosen = False

    def test_bounded(self):
        """X9: the look at control dates takes the same queries for two cases and for ten."""
        for _n in range(8):
            self._resolve(self._other(), self.by_letter)
        self._day_off(self.inside.control_on)
        found = self._open().sudo()
        found._write_by_act({"state": "computing"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            found._propose_controls()
            self.env.flush_all()
        self.assertEqual(len(found.line_ids.filtered("assignment_id")), 10)
