from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .step_common import StepCommon


@tagged("post_install", "-at_install")
class TestStepEscalation(StepCommon):
    """B8: overdue is seen by one more person the longer it lasts; one digest a morning."""

    def _digest(self, user, day):
        domain = [("user_id", "=", user.id), ("day", "=", day)]
        return self.env["hotline.outbox.digest"].search(domain)

    def _late(self, case, days):
        """Return the day on which `case` is `days` working days late."""
        return self.calendar.add_working_days(case.due_on, days)

    def _levels(self, case):
        domain = [("ticket_id", "=", case.id), ("sweep", "=", "late")]
        return sorted(self.env["hotline.step.mark"].search(domain).mapped("mark"))

    def test_levels(self):
        """B8: the officer on the last day, the head of the department, the head; once each."""
        case = self._in_charge()
        seen = []
        for days in (0, 1, 2, 3, 4):
            day = self._late(case, days) if days else case.due_on
            self._run_alone("escalation", day=day)
            seen.append(self._levels(case))
        self.assertEqual(seen, [[1], [1, 2], [1, 2], [1, 2, 3], [1, 2, 3]])
        self.assertIn("Просрочено", self._told(case).summary)
        events = self.env["hotline.journal"].search(
            [("model", "=", case._name), ("res_ref", "=", case.id), ("event", "=", "escalated")]
        )
        self.assertEqual(len(events), 3)

    def test_whom_it_is_told(self):
        """B8: without heads the supervisors and the approvers; with heads these alone."""
        case = self._in_charge()
        self._run_alone("escalation", "digest", day=self._late(case, 1))
        self.assertEqual(self._digest(self.supervisor, self._late(case, 1)).escalated, 1)
        self.assertEqual(self._digest(self.approver, self._late(case, 1)).escalated, 0)
        self._run_alone("escalation", "digest", day=self._late(case, 3))
        self.assertEqual(self._digest(self.approver, self._late(case, 3)).escalated, 1)

    def test_late_from_the_start(self):
        """B8: of a case that was late before the steps first ran no level is left out."""
        case = self._in_charge()
        day = self._late(case, 3)
        self._run_alone("escalation", "digest", day=day)
        for user in (self.supervisor, self.approver):
            self.assertEqual(self._digest(user, day).escalated, 1, user.name)
        self.assertEqual(self._told(case).user_id, self.officer)

    def test_heads(self):
        """B8: the department's head and the body's head take the place of the roles."""
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Отдел", "hotline_head_id": self.administrator.id}
        )
        self.company.hotline_head_id = self.approver
        case = self._in_charge()
        case.sudo().team_id = team
        day = self._late(case, 1)
        self._run_alone("escalation", "digest", day=day)
        self.assertEqual(self._digest(self.administrator, day).escalated, 1)
        self.assertEqual(self._digest(self.supervisor, day).escalated, 0)

    def _escalated(self, case):
        return self._told(case, "gov_hotline.mail_activity_type_escalation")

    def test_heads_have_an_activity_each(self):
        """B8: at a head's own level the case is in the head's bell, once, with who is in charge."""
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Отдел", "hotline_head_id": self.administrator.id,
             "user_ids": [(4, self.officer.id)]}
        )  # fmt: skip
        self.company.hotline_head_id = self.approver
        case = self._in_charge()
        case.sudo().team_id = team
        self._run_alone("escalation", day=case.due_on)
        self.assertFalse(self._escalated(case))
        seen = []
        for days in (1, 2, 3, 4):
            self._run_alone("escalation", day=self._late(case, days))
            seen.append(self._escalated(case).user_id)
        both = self.administrator | self.approver
        self.assertEqual(seen, [self.administrator] * 2 + [both] * 2)
        self.assertEqual(len(self._escalated(case)), 2)
        for told in self._escalated(case):
            self.assertIn("Просрочено с", told.summary)
            self.assertIn(self.officer.name, told.summary)
        self.assertFalse(self.env["mail.mail"].search([("model", "=", case._name)]))
        self.assertNotIn(self.approver.partner_id, case.sudo().message_partner_ids)

    def test_without_heads_those_of_the_role(self):
        """B8: no head is named: supervisors at the second level, approvers at the third."""
        case = self._in_charge()
        self._run_alone("escalation", day=self._late(case, 1))
        self.assertIn(self.supervisor, self._escalated(case).user_id)
        self.assertNotIn(self.approver, self._escalated(case).user_id)
        self._run_alone("escalation", day=self._late(case, 3))
        self.assertIn(self.approver, self._escalated(case).user_id)

    def test_who_may_not_read_the_case_is_not_told(self):
        """B4: a head without a role of the hotline gets no activity with the case's name."""
        self.company.hotline_head_id = self.executor
        case = self._in_charge()
        self._run_alone("escalation", day=self._late(case, 3))
        self.assertNotIn(self.executor, self._escalated(case).user_id)

    def test_heads_activities_go_by_themselves(self):
        """B8: extended, answered or moved: what is overdue no more is in nobody's bell."""
        met, moved, left = self._in_charge(), self._in_charge(), self._in_charge()
        day = self._late(met, 3)
        self._run_alone("escalation", day=day)
        with patch.object(type(self.company), "_hotline_today", lambda one: day):
            clocks = met.sudo().deadline_ids.filtered(lambda one: not one.met_on)
            met._meet_deadlines(clocks, day)
            main = moved.sudo().deadline_ids.filtered(lambda one: not one.met_on)
            main.write({"due_on": day + timedelta(days=20)})
        self.assertFalse(self._escalated(met))
        self.assertFalse(self._escalated(moved))
        self.assertTrue(self._escalated(left))
        self.env.flush_all()
        self.env.cr.execute(  # by another road: the morning sees it all the same
            "UPDATE hotline_deadline SET due_on = %s WHERE ticket_id = %s",
            (day + timedelta(days=20), left.id),
        )
        self._run_alone("escalation", day=day + timedelta(days=1))
        self.assertFalse(self._escalated(left))

    def test_heads_are_told_by_sets(self):
        """A5: thirty late cases cost about as many queries as three: by far not one a case."""
        counts = []
        for count in (3, 30):
            cases = self.env["helpdesk.ticket"].union(*(self._in_charge() for _n in range(count)))
            cases = cases.sudo()
            clocks = {clock.ticket_id: clock for clock in cases.deadline_ids}
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cases._tell_heads(self.company, clocks, dict.fromkeys(cases, 3))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 13)

    def test_levels_of_the_settings(self):
        """B8: a level set to 0 is not told."""
        self.company.write(
            {"hotline_escalation_officer": False, "hotline_escalation_department": 0,
             "hotline_escalation_head": 2}
        )  # fmt: skip
        case = self._in_charge()
        self._run_alone("escalation", "digest", day=self._late(case, 1))
        self.assertEqual(self._levels(case), [])
        self._run_alone("escalation", "digest", day=self._late(case, 2))
        self.assertEqual(self._levels(case), [3])

    def test_digest_counts(self):
        """B8: «сегодня ждём ответов: N», what is due today, in three days, overdue: own ones."""
        case, other = self._in_charge(), self._case()
        other.sudo().user_id = self.administrator
        self._resolve(case, self.by_letter)
        self._resolve(other, self.by_letter)
        self._run_alone("escalation", "digest", day=case.due_on)
        mine = self._digest(self.officer, case.due_on)
        self.assertRecordValues(
            mine, [{"awaited": 1, "due_today": 1, "overdue": 0, "scope": "own"}]
        )
        theirs = self._digest(self.supervisor, case.due_on)
        self.assertRecordValues(theirs, [{"awaited": 2, "due_today": 2, "scope": "all"}])
        (bell,) = mine.activity_ids
        self.assertRegex(bell.summary, "^Сегодня ждём ответов: 1")
        shown = mine.with_user(self.officer)
        with patch.object(type(self.company), "_hotline_today", lambda one: case.due_on):
            self.assertEqual(self._opened(shown.action_open_today()), case)
            self.assertEqual(self._opened(shown.action_open_awaited()), case)
            self.assertFalse(self._opened(shown.action_open_overdue()))

    def test_digest_counts_what_the_desk_counts(self):
        """B8: two executors of one appeal are one row: of the digest, of its link, of the desk."""
        case = self._in_charge()
        self._resolve(case, self.department | self.by_letter)
        self._run_alone("escalation", "digest", day=case.due_on)
        mine = self._digest(self.officer, case.due_on).with_user(self.officer)
        Desk = self.env["helpdesk.ticket"].with_user(self.officer)
        with patch.object(type(self.company), "_hotline_today", lambda one: case.due_on):
            desk = Desk.desk_counts([("user_id", "=", self.officer.id)])
            opened = self._opened(mine.action_open_awaited())
        self.assertEqual(len(case.assignment_ids), 2)
        self.assertEqual((mine.awaited, desk["waiting"], opened), (1, 1, case))
        for counted, name in (("due_today", "today"), ("due_soon", "soon")):
            self.assertEqual(mine[counted], desk[name], name)

    def test_escalated_opens_what_it_counts(self):
        """B8: the approver is told of the third level alone; the link opens these, no others."""
        older, newer = self._in_charge(), self._in_charge()
        day = self._late(older, 3)
        newer.sudo().deadline_ids.write({"due_on": self._late(older, 2)})
        self._run_alone("escalation", "digest", day=day)
        for user, cases in ((self.approver, older), (self.supervisor, older | newer)):
            digest = self._digest(user, day).with_user(user)
            action = digest.action_open_escalated()
            found = self.env["helpdesk.ticket"].with_user(user).search(action["domain"])
            self.assertEqual((digest.escalated, found), (len(cases), cases), user.login)

    def test_bell_opens_the_newest_digest(self):
        """B8: one digest a morning: the bell opens it, with no list of one row before it."""
        case = self._in_charge()
        self._run_alone("escalation", "digest", day=case.due_on)
        Digest = self.env["hotline.outbox.digest"].with_user(self.officer)
        action = Digest.action_open_newest()
        self.assertEqual(action["res_id"], self._digest(self.officer, case.due_on).id)
        self.assertEqual(action["views"], [(False, "form")])

    def _opened(self, action):
        model = self.env[action["res_model"]].with_user(self.officer)
        return model.search(action["domain"])

    def test_one_digest_a_person(self):
        """B8: letters that did not leave and what burns are one digest, one line in the bell."""
        case = self._in_charge()
        day = case.due_on
        self._run_alone("escalation", "digest", day=day)
        self.assertEqual(len(self._digest(self.officer, day)), 1)
        bells = self.env["mail.activity"].search(
            [("user_id", "=", self.officer.id), ("res_model", "=", "hotline.outbox.digest")]
        )
        self.assertEqual(len(bells), 1)
        self._run_alone("escalation", "digest", day=day + timedelta(days=1))
        self.assertFalse(bells.exists().filtered("active"))
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "hotline.outbox.digest")]))

    def test_nothing_to_tell(self):
        """B8: whoever has nothing to do gets no digest."""
        self._run_alone("digest")
        self.assertFalse(self._digest(self.officer, self.today))

    def test_auditor_gets_the_control_mark(self):
        """X5: the journal's last head is in the auditor's digest."""
        self._registered()
        with self.enter_registry_test_mode():
            self.env.ref("gov_hotline.cron_make_journal_head").method_direct_trigger()
        head = self.env["hotline.journal.head"].search([], limit=1)
        self._run_alone("digest")
        self.assertIn(head.seal_hash, self._digest(self.auditor, self.today).head_text)

    def test_supervisor_sees_what_did_not_run(self):
        """B8: a step that did not go well is in the supervisor's digest."""
        self.env["hotline.step.run"]._begin(self._step("forwarding"), self.company, "partly", False)
        self._run("reminders", "escalation", "drafts", "digest")
        digest = self._digest(self.supervisor, self.today)
        self.assertIn(self._step("forwarding").with_context(lang="ru_RU").name, digest.steps_text)

    def test_a_digest_is_its_users_alone(self):
        case = self._in_charge()
        self._run_alone("escalation", "digest", day=case.due_on)
        mine = self._digest(self.officer, case.due_on)
        mine.with_user(self.officer).read(["overdue", "due_today"])
        for user in (self.supervisor, self.operator, self.executor, self.press, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine.with_user(user).action_open_today()

    def test_settings(self):
        """B8: the administrator sets levels and days on the settings page."""
        with Form(self.env["res.config.settings"]) as page:
            page.hotline_escalation_department = 2
            page.hotline_reminder_days = "7, 2"
        page.save().execute()
        self.assertEqual(self.company._escalation_days(), (0, 2, 3))
        self.assertEqual(self.company.hotline_reminder_days, "7, 2")
