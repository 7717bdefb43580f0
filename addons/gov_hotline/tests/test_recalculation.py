from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from .recalculation_common import RecalculationCommon


@tagged("post_install", "-at_install")
class TestRecalculation(RecalculationCommon):
    """X9: a changed calendar moves dates by a job, a list, a manager's decision, the journal."""

    def test_the_road(self):
        """X9: the administrator changes a day, the supervisor confirms, the date has moved."""
        earlier = self._earlier()
        with trap_jobs() as queue:
            self._day_off()
        queue.assert_jobs_count(1)
        found = self._open()
        self.assertEqual((found.state, found.company_id), ("waiting", self.env.company))
        self.assertIn(self.due.strftime("%d.%m.%Y"), found.cause)
        found = self._counted()
        line = found.line_ids.filtered(lambda one: one.deadline_id == self.clock)
        self.assertRecordValues(
            line,
            [
                {
                    "ticket_id": self.case.id, "due_before": self.due, "due_after": earlier,
                    "days_moved": (earlier - self.due).days, "is_chosen": True,
                    "state": "proposed", "user_id": self.officer.id, "note_text": False,
                }
            ],
        )  # fmt: skip
        self.assertEqual((self.clock.due_on, self.case.due_on), (self.due, self.due))
        deciders = self._role("supervisor") | self._role("approver")
        self.assertEqual(found.activity_ids.mapped("user_id"), deciders)
        self._confirm(found)
        self.assertEqual((found.state, line.state), ("applied", "applied"))
        self.assertEqual((self.clock.due_on, self.case.due_on), (earlier, earlier))
        self.assertEqual(found.decided_by_id, self.supervisor)

    def _role(self, role):
        users = self.env.ref(f"gov_hotline.group_{role}").all_user_ids
        company = self.env.company
        return users.filtered(lambda one: one.active and company in one.company_ids)

    def test_what_is_left_behind(self):
        """X9, X5: a line of the confirmer, words in the certificate, the officer is told."""
        self._day_off()
        found = self._counted()
        self._confirm(found)
        journal = self.env["hotline.journal"]
        line = journal.search([("res_ref", "=", self.case.id), ("event", "=", "deadline_moved")])
        self.assertEqual((len(line), line.user_ref), (1, self.supervisor.id))
        self.assertIn(self.due.strftime("%d.%m.%Y"), line.payload_text)
        events = journal.search(
            [("model", "=", "hotline.recalculation"), ("res_ref", "=", found.id)], order="id"
        ).mapped("event")
        self.assertEqual(events, ["calendar_changed", "recalculation_confirmed"])
        words = self.clock.with_user(self.officer)._certificate_lines()[-1]
        self.assertIn(self.due.strftime("%d.%m.%Y"), words)
        told = found.sudo().activity_ids
        self.assertEqual(told.user_id, self.officer)
        self.assertIn("1", told.summary)
        self.assertEqual(found.with_user(self.officer).line_ids.ticket_number, self.case.number)

    def test_a_tick_taken_off_needs_a_reason(self):
        """X9: all or the chosen ones; other than proposed only for a written reason."""
        other = self._case()
        self._day_off()
        found = self._counted()
        line = found.line_ids.filtered(lambda one: one.ticket_id == other)
        ticked = found.chosen_count
        with Form(found) as form:
            with form.line_ids.edit(found.line_ids.ids.index(line.id)) as row:
                row.is_chosen = False
            self.assertEqual(form.chosen_count, ticked - 1, "before it is saved")
        self.assertEqual(found.chosen_count, ticked - 1)
        with self.assertRaises(UserError):
            found.action_confirm()
        found.reason = "Заявителю обещан прежний срок"
        self._confirm(found)
        self.assertEqual(line.state, "left")
        self.assertEqual(other.due_on, self.due)
        self.assertNotEqual(self.case.due_on, self.due)

    def test_buttons_of_the_ticks(self):
        self._day_off()
        found = self._counted()
        found.action_untick_all()
        self.assertFalse(found.chosen_count)
        with self.assertRaises(UserError):
            found.action_confirm()
        found.action_tick_proposed()
        self.assertEqual(found.chosen_count, len(found.line_ids))
        found.action_untick_all()
        found.action_tick_all()
        self.assertEqual(found.chosen_count, len(found.line_ids))

    def test_refused(self):
        """X9: nothing moves, for a reason; the next change proposes the same dates again."""
        self._day_off()
        found = self._counted()
        with self.assertRaises(UserError):
            found.action_refuse()
        found.reason = "День внесён по ошибке, исправим"
        found.action_refuse()
        self.assertEqual((found.state, self.clock.due_on), ("refused", self.due))
        self.assertFalse(found.sudo().activity_ids)
        with self.assertRaises(UserError):
            found.action_confirm()
        self._day_off(self.due + timedelta(days=40))
        again = self._counted()
        self.assertIn(self.clock, again.line_ids.deadline_id)

    def test_who_may_not(self):
        """X9: officers and auditors read; operators, executors and the press not even that."""
        self._day_off()
        found = self._counted()
        for user in (self.officer, self.administrator, self.auditor):
            seen = found.with_user(user)
            with self.subTest(user.login):
                self.assertTrue(seen.line_ids)
                self.assertFalse(seen.can_decide)
                for act in ("action_confirm", "action_refuse", "action_tick_all"):
                    with self.assertRaises(AccessError):
                        getattr(seen, act)()
                with self.assertRaises(AccessError):
                    seen.line_ids[:1].is_chosen = False
                with self.assertRaises(AccessError):
                    seen.reason = "Причина от чужого"
        for user in (self.operator, self.executor, self.press):
            with self.subTest(user.login), self.assertRaises(AccessError):
                found.with_user(user).read(["cause"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                found.line_ids.with_user(user).read(["due_after"])

    def test_the_list_itself_is_nobodys_to_change(self):
        """X9: the manager ticks; dates, states and lines are made by the count alone."""
        self._day_off()
        found = self._counted()
        for vals in ({"state": "applied"}, {"decided_by_id": self.officer.id}, {"cause": "Иная"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                found.write(vals)
        for vals in ({"due_after": self.due}, {"state": "left"}, {"is_proposed": False}):
            with self.subTest(vals), self.assertRaises(AccessError):
                found.line_ids.write(vals)
        with self.assertRaises(AccessError):
            found.line_ids.copy()
        with self.assertRaises(AccessError):
            found.unlink()
        self._confirm(found)
        with self.assertRaises(UserError):
            found.line_ids.is_chosen = False

    def test_the_approver_may(self):
        self._day_off()
        found = self._counted().with_user(self.approver)
        self._confirm(found)
        self.assertEqual((found.state, found.decided_by_id), ("applied", self.approver))

    def test_waits_for_the_last_change(self):
        """X9: days edited one after the other are one recalculation, counted after the last."""
        with trap_jobs() as queue:
            self._day_off()
            first = self._open()
            self._day_off(self.due + timedelta(days=50))
        self.assertEqual(self._open(), first)
        self.assertEqual(len(first.cause.splitlines()), 2)
        queue.assert_jobs_count(1)
        with self.assertRaises(RetryableJobError):
            first.sudo()._run_part()
        self.assertEqual(first.state, "waiting")

    def test_a_second_change_supersedes(self):
        """X9: a list that waits gives way; what it would have moved stands in the new one."""
        self._day_off()
        first = self._counted()
        self._day_off(self._earlier())
        self.assertEqual(first.state, "superseded")
        with self.assertRaises(UserError):
            first.action_confirm()
        second = self._counted()
        self.assertEqual(first.superseded_by_id, second)
        self.assertEqual(second.version_before, first.version_before)
        line = second.line_ids.filtered(lambda one: one.deadline_id == self.clock)
        self.assertEqual((line.due_before, line.due_after), (self.due, self._earlier()))
        self.assertFalse(first.sudo().activity_ids)

    def test_a_change_taken_back(self):
        """X9: the day is deleted again before the decision: no date moves."""
        day = self._day_off()
        self._counted()
        day.unlink()
        found = self._open()
        found.action_count_now()
        self._run(found)
        self.assertEqual(found.state, "unchanged")
        self.assertFalse(found.line_ids)

    def test_words_of_a_day_move_nothing(self):
        """X9: another reason of a day, or the same written again, is no change of the calendar."""
        day = self._day_off(self.due + timedelta(days=300))
        self._run(self._counted())
        before = self.env["hotline.recalculation"].search_count([])
        day.write({"name": "Иначе названо", "is_working": False})
        self.assertEqual(self.env["hotline.recalculation"].search_count([]), before)

    def test_an_import_is_one_change(self):
        """X9: a file of days loaded by the administrator is one recalculation."""
        rows = [[str(self.due), "0", "Выходной"], [str(self.due + timedelta(90)), "0", "Выходной"]]
        result = self.days.load(["date", "is_working", "name"], rows)
        self.assertFalse([one for one in result["messages"] if one["type"] == "error"])
        self.assertEqual(len(self._open()), 1)
        self.assertEqual(len(self._open().cause.splitlines()), 2)

    def test_a_regional_day_is_its_bodys_matter(self):
        """X9, X10: a day of one body proposes nothing to another."""
        other = self.env["res.company"].create({"name": "Другой орган"})
        self.administrator.company_ids += other
        self.days.create({"date": self.due, "name": "Праздник", "company_id": other.id})
        self.assertFalse(self._open())

    def test_without_running_terms_nothing_is_proposed(self):
        """X9: a new installation is not asked to confirm anything."""
        self._answer(self.case)
        self.clock.sudo().search([("met_on", "=", False)]).met_on = self.today
        self._day_off()
        self.assertFalse(self._open())

    def test_the_table(self):
        """X9: the list as XLSX for whoever reads it."""
        self._day_off()
        found = self._counted().with_user(self.auditor)
        self.assertEqual(found.action_xlsx()["url"], f"/hotline/recalculation/{found.id}.xlsx")
        self.assertTrue(found._xlsx().startswith(b"PK"))
        with self.assertRaises(AccessError):
            found.with_user(self.operator).action_xlsx()
