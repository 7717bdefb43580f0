import base64
import io
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.gov_hotline.models.hotline_mail_send import Outcome

from .report_common import ReportCommon

MORNING = "2026-11-02 06:30:00"  # half past nine in Moscow: October is over


@tagged("post_install", "-at_install")
class TestReportSchedule(ReportCommon):
    """E4: October of one body, small enough to count by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor.email = "chief@gov.example"
        cls.approver.email = "head@gov.example"
        with freeze_time("2026-10-01 09:00:00"):
            cls.schedule = cls.env["hotline.report.schedule"].with_user(cls.supervisor).create(
                {
                    "name": "Отчёт руководителю", "period": "month", "hour": 9,
                    "recipient_ids": [Command.set(cls.approver.ids)],
                    "emails": "deputy@gov.example\n",
                }
            )  # fmt: skip
        cls.cases = cls.env["helpdesk.ticket"]
        for moment in ("2026-09-10 09:00:00", "2026-10-05 09:00:00", "2026-10-06 09:00:00"):
            with freeze_time(moment):
                cls.cases |= cls._registered(
                    received_at=moment, object_id=cls.flat.id, line_id=cls.line.id
                )
        with freeze_time("2026-10-20 09:00:00"):
            done = cls.cases[1].with_user(cls.officer)
            cls._answer(done, outgoing_date="2026-10-20")
            done.question_ids.outcome_id = cls.supported
            done.action_close()
        october = cls.env.cr.now().replace(year=2026, month=10, day=7, hour=9)
        cls._call(october, fate="answered", answered_at=october, wait_seconds=5, group="thanks")
        cls._call(october, fate="answered", answered_at=october, wait_seconds=5,
                  group="redirect", redirect_cause="no_access")  # fmt: skip
        cls.env.flush_all()

    def _send(self, moment=MORNING):
        progress = patch.object(self.env.registry["ir.cron"], "_commit_progress")
        with freeze_time(moment), progress:
            self.env["hotline.report.schedule"]._cron_send()
        return self.schedule.sudo().run_ids

    def _numbers(self, run):
        return {one["code"]: one["values"] for one in run.figures["numbers"]}

    def test_the_words_of_a_letters_state_are_translated(self):
        """Those of the log of sending: inherited ones were shown in English."""
        self.env["res.lang"]._activate_lang("ru_RU")
        Letter = self.env["hotline.report.letter"].with_context(lang="ru_RU")
        words = dict(Letter._fields["state"]._description_selection(Letter.env))
        self.assertEqual(words["queued"], "В очереди")
        self.assertFalse([word for word in words.values() if word.isascii()])

    def test_a_letter_that_did_not_leave_is_told_of_in_the_morning(self):
        """E4: to the supervisors and to whom the report is counted for."""
        owner = self.administrator
        self.schedule.sudo().user_id = owner
        run = self._send()
        run.letter_ids[0].sudo()._write_by_act({"state": "failed"})
        Digest = self.env["hotline.outbox.digest"].sudo()
        people = Digest._by_user(run.company_id, Digest._troubled(run.company_id))
        for user in (self.supervisor, owner):
            self.assertIn(run.letter_ids[0], people[user], user.login)
        self.assertNotIn(self.officer, people)
        vals = Digest._prepare_all(run.company_id)[self.supervisor]
        self.assertIn(run.display_name, vals["text"])
        self.assertEqual(vals["count"], len(people[self.supervisor]))

    def test_figures_equal_hand_counts(self):
        """E4: received, processed, done, overdue, awaiting; transfers, thanks; and before."""
        numbers = self._numbers(self._send())
        self.assertEqual(numbers["received"], [2, 1, 0])
        self.assertEqual(numbers["processed"], [1, 0, 0])
        self.assertEqual(numbers["closed"], [1, 0, 0])
        self.assertEqual(numbers["overdue"], [1, 0, 0])  # that of September, due in October
        self.assertEqual(numbers["awaiting"], [2, 1, 0])
        self.assertEqual(numbers["in_term"][0], 0.5)
        self.assertEqual((numbers["transfers"][0], numbers["thanks"][0]), (1, 1))

    def test_tables_by_topic_territory_line_and_cause(self):
        tables = {table["code"]: table for table in self._send().figures["tables"]}
        self.assertEqual(
            [(row["name"], row["values"]) for row in tables["districts"]["rows"]],
            [("Северный район", [2, 1, 0])],
        )
        self.assertEqual(tables["lines"]["rows"][0]["values"], [2, 1, 0])
        self.assertEqual([row["values"][0] for row in tables["causes"]["rows"]], [1])

    def test_sent_once_and_to_each(self):
        """E4: made once for a period, one letter to each address, with both files."""
        run = self._send()
        self.assertEqual(len(run), 1)
        self.assertEqual(self._send("2026-11-02 07:30:00"), run)
        self.assertEqual(self._send("2026-11-20 07:30:00"), run)
        letters = run.letter_ids
        self.assertEqual(
            set(letters.mapped("email_to")), {"head@gov.example", "deputy@gov.example"}
        )
        self.assertEqual(set(letters.mapped("state")), {"queued"})
        names = letters[0].attachment_ids.mapped("name")
        self.assertEqual({name.rpartition(".")[2] for name in names}, {"pdf", "xlsx"})
        self.assertIn("Обращений поступило: 2", letters[0].body)

    def test_what_the_server_says_of_a_letter(self):
        """E4: refused, delayed, taken: the log says which, and a refused one goes again by hand."""
        refused, delayed = self._send().letter_ids.sorted("id")
        for letter in (refused, delayed):
            letter._step("send", tries=1, tried_at=letter.queued_at)
        refused._finish_fail(Outcome("fail", "550 no such user", "sink"))
        with freeze_time(MORNING):
            self.assertTrue(delayed._finish_delay(Outcome("delay", "no connection", "sink")))
        self.assertEqual((refused.state, delayed.state), ("failed", "queued"))
        self.assertIn("no connection", delayed.last_error)
        refused.with_user(self.supervisor).action_send_again()
        self.assertEqual(refused.state, "queued")
        refused._step("send", tries=1, tried_at=refused.queued_at)
        refused._finish_deliver(Outcome("deliver", server="sink"))
        self.assertEqual(refused.run_id.with_context(lang="ru_RU").course, "ушло: 1 из 2")

    def test_not_before_the_hour_nor_for_what_was_before_it(self):
        self.assertFalse(self._send("2026-11-01 05:30:00"))  # half past eight on the first day
        self.schedule.since = "2026-11-01"
        self.assertFalse(self._send())

    def test_the_report_of_a_day_does_not_stand_for_that_of_its_month(self):
        """E4: whoever changes «how often» gets the month that began with a day reported of."""
        with freeze_time("2026-10-01 09:00:00"):
            self.assertIn("31.10.2026", self.schedule.next_words)
            self.assertIn("01.11.2026", self.schedule.next_words)
        self.schedule.period = "day"
        self._send("2026-10-02 09:00:00")
        self.schedule.period = "month"
        runs = self._send()
        self.assertEqual(
            sorted((str(run.date_from), str(run.date_to)) for run in runs),
            [("2026-10-01", "2026-10-01"), ("2026-10-01", "2026-10-31")],
        )

    @mute_logger("odoo.addons.gov_hotline_reports.models.hotline_report_schedule")
    def test_what_cannot_be_made_is_told_of(self):
        """E4: its owner lost the role or left: who mends it is told, once, until it is made."""
        group = self.env.ref("gov_hotline.group_supervisor")
        owner = self.supervisor
        told = self.env["mail.activity"].search
        ours = [("hotline_report_schedule_id", "=", self.schedule.id)]
        for vals in ({"group_ids": [Command.unlink(group.id)]}, {"active": False}):
            owner.write(vals)
            for _hour in range(2):
                self.assertFalse(self._send())
            self.assertIn(owner.name, self.schedule.sudo().failure)
            self.assertIn(self.administrator, told(ours).user_id)
            self.assertEqual(len(told(ours)), len(told(ours).user_id))
            owner.write({"active": True, "group_ids": [Command.link(group.id)]})
            self.schedule.sudo().failure = False
        self.schedule.sudo().failure = "…"
        self.assertTrue(self._send())
        self.assertFalse(self.schedule.sudo().failure)
        self.assertFalse(told(ours))

    def test_a_second_row_of_the_period_is_refused_by_the_database(self):
        """E4: two that make it at once: the second fails before any letter."""
        run = self._send()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.schedule.sudo()._make((run.date_from, run.date_to), {}, self.supervisor)

    def test_files(self):
        run = self._send().with_context(bin_size=False)
        self.assertTrue(base64.b64decode(run.pdf).startswith(b"%PDF"))
        book = load_workbook(io.BytesIO(base64.b64decode(run.xlsx)))
        self.assertEqual(book.sheetnames[0], "Показатели")
        self.assertEqual(book["Показатели"]["B4"].value, 2)
        level = [row for row in book["Показатели"].values if row[0] == "Уровень обслуживания"]
        self.assertEqual(level[0][1:], (1, "—", "—"))  # nothing to count is not 0 %

    def test_a_trial_goes_to_oneself_and_does_not_count(self):
        """E4: «Отправить пробный мне»."""
        with freeze_time(MORNING):
            self.schedule.action_trial()
        trial = self.schedule.sudo().run_ids
        self.assertTrue(trial.is_trial)
        self.assertEqual(trial.letter_ids.mapped("email_to"), ["chief@gov.example"])
        self.assertEqual(len(self._send() - trial), 1)

    def test_counted_with_the_rights_of_whoever_set_it_up(self):
        """A supervisor of another department does not mail out what he may not see."""
        self._works_in(self.supervisor, self.roads)
        self.assertEqual(self._numbers(self._send())["received"], [0, 0, 0])

    def test_whoever_changes_it_answers_for_it(self):
        by_administrator = self.schedule.with_user(self.administrator)
        by_administrator.write({"emails": "other@gov.example", "user_id": self.supervisor.id})
        self.assertEqual(self.schedule.user_id, self.administrator)

    def test_addresses(self):
        for vals in (
            {"emails": "не адрес"},
            {"emails": False, "recipient_ids": [Command.clear()]},
            {"recipient_ids": [Command.set(self.operator.ids)]},
        ):
            self.operator.email = False
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.schedule.write(vals)

    def test_roles(self):
        run = self._send()
        for user in (self.operator, self.officer, self.press, self.executor, self.approver):
            for record in (self.schedule, run, run.letter_ids[:1]):
                with self.assertRaises(AccessError, msg=user.login):
                    record.with_user(user).read(["display_name"])
        self.assertEqual(run.with_user(self.auditor).figures["period"], "month")
        for act in (
            lambda: self.schedule.with_user(self.auditor).action_trial(),
            lambda: self.schedule.with_user(self.auditor).write({"hour": 7}),
            lambda: run.with_user(self.supervisor).write({"figures": {}}),
            lambda: run.letter_ids.with_user(self.auditor).action_send_again(),
        ):
            with self.assertRaises(AccessError):
                act()
        self._works_in(self.supervisor, self.heat)
        self.schedule.with_user(self.administrator).hour = 8
        other = self.schedule.with_user(self.administrator).copy({"name": "Весь орган"})
        with self.assertRaises(AccessError):
            other.with_user(self.supervisor).read(["name"])

    def test_the_log_is_kept(self):
        run = self._send()
        with self.assertRaises(UserError):
            run.sudo().unlink()

    def test_sending_leaves_its_lines(self):
        run = self._send()
        events = self.env["hotline.journal"].search(
            [("model", "=", "hotline.report.run"), ("res_ref", "=", run.id)]
        )
        self.assertEqual(events.mapped("event"), ["report_queued", "report_queued"])
