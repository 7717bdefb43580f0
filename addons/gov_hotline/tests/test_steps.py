import importlib.util
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..domain import steps
from .common import ROLES
from .step_common import StepCommon

BROKEN = "Ошибка для проверки"
LOG = "odoo.addons.gov_hotline.models.hotline_step_work"


@tagged("post_install", "-at_install")
class TestSteps(StepCommon):
    """The ordered steps: one after the other, once a day, one failing case stops no other."""

    def test_all_in_order(self):
        """B8: each morning every step runs once, the next one after the one before."""
        self._run()
        self.assertEqual(self._runs(), dict.fromkeys(steps.ORDER, "done"))
        crons = self.Step.search([]).cron_id.sorted("priority")
        codes = [code.split('"')[1] for code in crons.mapped("code")]
        self.assertEqual(codes, list(steps.ORDER))

    def test_a_step_waits_for_the_one_before(self):
        """B8: out of order nothing starts; the screen says for what it waits."""
        self._run("forwarding")
        self.assertEqual(self._runs(), {"forwarding": "waiting"})
        step = self._step("forwarding").with_user(self.supervisor)
        name = self._step("registration").with_context(lang="ru_RU").name
        self.assertIn(name, step.why)
        self._step("registration").start_hour = 0  # at whatever hour of the day this runs
        first = self._step("registration").with_user(self.supervisor)
        self.assertRegex(first.why, r"\d\d:\d\d")  # nothing stands against it: when it starts
        self._run("registration", "forwarding")
        self.assertEqual(self._runs(), {"registration": "done", "forwarding": "done"})
        self.assertFalse(self._record("forwarding").why)
        first.invalidate_recordset(["why"])
        self.assertFalse(first.why)

    def test_a_step_switched_off_is_passed_over(self):
        self._step("registration").is_on = False
        self._run("registration", "forwarding")
        self.assertEqual(self._runs(), {"forwarding": "done"})

    def test_not_before_its_hour(self):
        """B8: at five in the morning of the body nothing runs; the digest waits for 08:30."""
        self._run(hour=5)
        self.assertFalse(self._runs())
        self._run(hour=8)
        self.assertNotIn("digest", self._runs())

    def test_twice_a_day_is_once(self):
        """B8: a second run of the day reminds nobody again, not even when it is asked for."""
        case = self._in_charge()
        self._resolve(case, self.by_letter)
        day = self._before(case.assignment_ids.control_on, 3)
        self._run(day=day)
        before = self._count(case)
        self._run(day=day)
        for code in steps.ORDER:
            self._record(code, day).state = "queued"
        self._run(day=day)
        self.assertEqual(self._count(case), before)
        self.assertEqual(self._runs(day), dict.fromkeys(steps.ORDER, "done"))

    def _count(self, case):
        """Return how much was told of `case` and to whom."""
        return (
            len(self._letters(case)),
            len(self._told(case)),
            self.env["hotline.step.mark"].search_count([("ticket_id", "=", case.id)]),
            self.env["hotline.outbox.digest"].search_count([("user_id", "=", self.officer.id)]),
        )

    @mute_logger(LOG)
    def test_a_failing_case_is_isolated(self):
        """B8: one case fails: the others are told, it is shown, the next step starts."""
        bad, good = self._in_charge(), self._in_charge()
        day = self._before(good.due_on, 3)
        with self._break("long_terms", only=bad):
            self._run(day=day)
        run = self._record("reminders", day)
        self.assertRecordValues(run, [{"state": "partly", "failed_count": 1}])
        self.assertEqual(run.failure_ids.ticket_id.id, bad.id)
        self.assertIn("ValueError", run.failure_ids.words)
        self.assertTrue(self._told(good))
        self.assertFalse(self._told(bad))
        self.assertEqual(self._runs(day)["digest"], "done")
        self._repeat(run, day)
        self.assertTrue(self._told(bad))
        self.assertEqual(len(self._told(good)), 1)

    def _repeat(self, run, day):
        """Press «Repeat» as the supervisor, run the scheduled action it asks for."""
        with patch.object(type(self.company), "_hotline_today", lambda company: day):
            run.with_user(self.supervisor).action_repeat()
        self.assertEqual(run.state, "queued")
        self._run("reminders", day=day)
        self.assertRecordValues(run, [{"state": "done", "failed_count": 0, "starts": 2}])
        self.assertFalse(run.failure_ids)

    @mute_logger(LOG)
    def test_a_failing_step_stops_the_next_ones(self):
        """B8: a step that breaks off says why; the next one does not start and says so too."""
        model = type(self.Step)

        def broken(step, company, after, limit):
            raise UserError(step.env._("Nothing has run yet"))

        with patch.object(model, "_find_late", broken):
            self._run()
        self.assertEqual(
            self._runs(),
            {"registration": "done", "forwarding": "done", "reminders": "done",
             "escalation": "failed", "drafts": "waiting", "digest": "waiting"},
        )  # fmt: skip
        self.assertTrue(self._record("escalation").why)
        self._run()
        self.assertEqual(set(self._runs().values()), {"done"})
        self.assertEqual(self._record("escalation").starts, 2)

    def _broken_escalation(self):
        def broken(step, company, after, limit):
            raise UserError(BROKEN)

        return patch.object(type(self.Step), "_find_late", broken)

    @mute_logger(LOG)
    def test_the_digest_waits_no_longer_than_it_is_told_to(self):
        """B8: a step keeps breaking: an hour past its time the digest leaves without it, and says
        on top which step did not end and why."""
        case = self._in_charge()
        day = case.due_on
        with self._broken_escalation():
            self._run(day=day, hour=9)
            self.assertEqual(self._runs(day)["digest"], "waiting")
            self.assertFalse(self._digest(self.officer, day))
            self._run(day=day, hour=10)
        self.assertEqual(self._runs(day)["digest"], "done")
        self.assertEqual(self._runs(day)["drafts"], "waiting")
        mine = self._digest(self.officer, day)
        self.assertEqual(mine.due_today, 1)
        name = self._step("escalation").with_context(lang="ru_RU").name
        for word in (name, BROKEN):
            self.assertIn(word, mine.unfinished_text)
        self._run(day=day, hour=11)
        self.assertEqual(set(self._runs(day).values()), {"done"})
        self.assertEqual(self._digest(self.officer, day), mine)

    @mute_logger(LOG)
    def test_patience_is_a_setting(self):
        """B8: 0 minutes: the digest waits for the others all day."""
        self.company.hotline_digest_patience = 0
        with self._broken_escalation():
            self._run(hour=20)
        self.assertEqual(self._runs()["digest"], "waiting")
        self.company.hotline_digest_patience = 600
        day = self.today + timedelta(days=1)
        with self._broken_escalation():
            self._run(day=day, hour=7)
            self._run(day=day, hour=18)
            self.assertEqual(self._runs(day)["digest"], "waiting")
            self._run(day=day, hour=19)
        self.assertEqual(self._runs(day)["digest"], "done")

    @mute_logger(LOG)
    def test_patience_is_counted_from_a_late_beginning(self):
        """B8: the server started at four: the digest waits an hour from then, not from 08:30."""
        self._in_charge()
        self._run("digest", hour=16)
        self.assertEqual(self._runs()["digest"], "waiting")
        with self._broken_escalation():
            self._run(hour=16)
            self.assertEqual(self._runs()["digest"], "waiting")
            self._run(hour=17)
        self.assertEqual(self._runs()["digest"], "done")

    @mute_logger(LOG)
    def test_the_digest_waits_for_what_runs_now(self):
        """B8: past its hour too: a step that runs this moment is waited for."""
        case = self._in_charge()
        day, key = case.due_on, self._step("escalation")._lock_key(self.company)
        with self._broken_escalation():
            self._run(day=day, hour=9)
        with closing(db_connect(self.env.cr.dbname).cursor()) as other:
            other.execute("SELECT pg_advisory_lock(%s, %s)", key)
            self._run("digest", day=day, hour=11)
            self.assertEqual(self._runs(day)["digest"], "waiting")
            other.execute("SELECT pg_advisory_unlock(%s, %s)", key)  # the pool keeps connections
        self._run("digest", day=day, hour=11)
        self.assertEqual(self._runs(day)["digest"], "done")

    def test_a_digest_in_time_says_nothing_of_steps(self):
        """B8: where every step has ended there is nothing on top."""
        case = self._in_charge()
        self._run(day=case.due_on)
        self.assertFalse(self._digest(self.officer, case.due_on).unfinished_text)

    @mute_logger(LOG)
    def test_the_administrator_is_told_of_a_broken_step(self):
        """B8: one activity however often it breaks, in words; it goes with the step's success."""
        with self._broken_escalation():
            self._run("registration", "forwarding", "reminders", "escalation")
            self._run("escalation", hour=10)
        (alarm,) = self._alarms(self.administrator)
        name = self._step("escalation").with_context(lang="ru_RU").name
        self.assertIn(name, alarm.summary)
        self.assertIn(BROKEN, alarm.summary)
        self.assertIn("/odoo/hotline-steps/", alarm.note)
        self.assertFalse(self._alarms(self.supervisor))
        with self._broken_escalation():
            self._run(day=self.today + timedelta(days=1), hour=9)
        self.assertEqual(len(self._alarms(self.administrator)), 1)
        self._run("escalation", day=self.today + timedelta(days=1), hour=10)
        self.assertFalse(self._alarms(self.administrator))

    @mute_logger(LOG)
    def test_the_administrators_digest(self):
        """B8: what did not go well is in the administrator's digest too."""
        with self._broken_escalation():
            self._run(hour=10)
            self._run(hour=11)
        digest = self._digest(self.administrator, self.today)
        self.assertIn(BROKEN, digest.steps_text)
        digest.with_user(self.administrator).read(["steps_text"])
        self.assertEqual(
            digest.with_user(self.administrator).action_open_steps()["res_model"], "hotline.step"
        )

    def _alarms(self, user):
        kind = self.env.ref("gov_hotline.mail_activity_type_step")
        domain = [("activity_type_id", "=", kind.id), ("user_id", "=", user.id)]
        return self.env["mail.activity"].search(domain)

    def _digest(self, user, day):
        domain = [("user_id", "=", user.id), ("day", "=", day)]
        return self.env["hotline.outbox.digest"].search(domain)

    def test_what_broke_off_goes_on(self):
        """B8: a run that was killed in the middle is taken up: nothing is told twice."""
        cases = [self._in_charge() for _n in range(3)]
        day = self._before(cases[0].due_on, 3)
        work = "odoo.addons.gov_hotline.models.hotline_step_work.BATCH"

        def killed(step, done=0, remaining=None):
            step.env.flush_all()
            if done:
                raise SystemExit  # the process is gone after its first batch
            return 1

        self._run("registration", "forwarding", day=day)
        with (
            patch(work, 1),
            patch.object(type(self.Step), "_commit", killed),
            patch.object(type(self.company), "_hotline_today", lambda company: day),
            patch.object(type(self.Step), "_is_time", lambda step, company: True),
            suppress(SystemExit),  # assertRaises would roll back what is committed
        ):
            self._step("reminders")._run_for(self.company)
        self.assertRecordValues(
            self._record("reminders", day), [{"state": "running", "done_count": 1}]
        )
        self._run("reminders", day=day)
        run = self._record("reminders", day)
        self.assertRecordValues(run, [{"state": "done", "done_count": 3, "starts": 2}])
        self.assertEqual([len(self._told(case)) for case in cases], [1, 1, 1])

    def test_locked_is_left_alone(self):
        """B8: while another process runs the step, this one does nothing."""
        with patch.object(type(self.Step), "_lock", lambda step, company: False):
            self._run("registration")
        self.assertFalse(self._runs())

    def test_queries_do_not_grow_with_the_cases(self):
        """A5: thirty cases are told with as many finding queries as three."""
        cases = [self._in_charge() for _n in range(30)]
        day = self._before(cases[0].due_on, 3)
        company = self.company
        with patch.object(type(company), "_hotline_today", lambda one: day):
            self.env.flush_all()
            with self.assertQueryCount(2):
                items = self.Step._find_long_terms(company, 0, 500)
        self.assertEqual(len(items), 30)

    def test_who_reads_and_starts(self):
        """B8: supervisor and administrator start a step, the auditor reads, nobody else opens."""
        self._run()
        step, run = self._step("registration"), self._record("registration")
        for role in ROLES:
            user = getattr(self, role)
            with self.subTest(role=role):
                if role in ("supervisor", "administrator", "auditor"):
                    step.with_user(user).read(["name", "today_state", "why", "done_count"])
                    run.with_user(user).read(["state"])
                else:
                    with self.assertRaises(AccessError):
                        step.with_user(user).read(["name"])
                if role in ("supervisor", "administrator"):
                    step.with_user(user).action_run_now()
                else:
                    with self.assertRaises(AccessError):
                        step.with_user(user).action_run_now()

    def test_set_up(self):
        """B8: the administrator sets hour and switch, nothing else; the supervisor nothing."""
        step = self._step("digest")
        step.with_user(self.administrator).write({"start_hour": 9.0, "is_on": False})
        with self.assertRaises(AccessError):
            step.with_user(self.administrator).write({"code": "drafts"})
        with self.assertRaises(AccessError):
            step.with_user(self.supervisor).write({"is_on": True})
        with self.assertRaises(UserError):
            step.with_user(self.supervisor).action_run_now()

    def test_by_hand_waits_for_the_one_before_too(self):
        with self.assertRaisesRegex(UserError, self._step("registration").name):
            self._step("forwarding").with_user(self.supervisor).action_run_now()

    def test_bodies_have_their_own_mornings(self):
        """B8: each body by its own clock: at seven in Moscow it is eleven in Krasnoyarsk."""
        self.company.sudo().hotline_tz = "Europe/Moscow"
        other = self.env["res.company"].create({"name": "Сибирь", "hotline_tz": "Asia/Krasnoyarsk"})
        self._run("registration", hour=5)
        found = self.env["hotline.step.run"].search([("day", "=", self.today)])
        self.assertEqual(found.company_id, other)


@tagged("post_install", "-at_install")
class TestStepMarks(StepCommon):
    def test_a_moved_date_is_told_anew(self):
        """B8: after an extension the reminders begin again before the new date."""
        case = self._in_charge()
        self._run(day=self._before(case.due_on, 3))
        marks = self.env["hotline.step.mark"]
        self.assertEqual(marks.search_count([("ticket_id", "=", case.id)]), 1)
        later = case.due_on + timedelta(days=30)
        main = case.sudo().deadline_ids.filtered(lambda one: one.is_main)
        main.due_on = self.calendar.previous_working(later)
        self._run(day=self._before(main.due_on, 5))
        self.assertEqual(marks.search_count([("ticket_id", "=", case.id)]), 2)


@tagged("post_install", "-at_install")
class TestStepsMigration(StepCommon):
    """An update to 19.0.1.4.0: two former scheduled actions give way to the steps."""

    def _migrate(self):
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.4.0" / "post-steps.py"
        spec = importlib.util.spec_from_file_location("post_steps", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()

    def test_one_digest_a_person(self):
        """B8: the former lists of the outbox and reminders of approval do not run beside it."""
        former = self._step("digest").cron_id.copy()
        names = {"module": "gov_hotline", "model": "ir.cron", "res_id": former.id}
        self.env["ir.model.data"].create({"name": "cron_outbox_digest", **names})
        kind = self.env.ref("gov_hotline.mail_activity_type_outbox")
        kind.name = "Did not leave"
        self.env.flush_all()
        self._migrate()
        self.assertFalse(former.exists())
        self.assertEqual(kind.with_context(lang="ru_RU").name, "Сводка на утро")
        self._migrate()
