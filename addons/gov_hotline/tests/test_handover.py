from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..domain import handover as rules
from .approval_common import ApprovalCommon
from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestHandover(AssignmentCommon, ApprovalCommon):
    """B3, B4: everything one colleague has in hand goes to another, and comes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._colleague("officer", "colleague")
        cls.second = cls._colleague("executor", "second_executor")
        cls.case = cls._case(appeal_text="Холодно в подъезде.")
        cls.case.user_id = cls.officer

    @classmethod
    def _colleague(cls, role, login):
        user = cls._new_role_user(role).copy({"login": login, "name": login})
        return user.with_user(cls.env.user)

    def _handover(self, source=None, target=None, **vals):
        return self.env["hotline.handover"].with_user(self.supervisor).create(
            {
                "from_user_id": (source or self.officer).id,
                "to_user_id": (target or self.colleague).id,
                "valid_to": self.today + timedelta(days=14),
                "basis": "№ 14-к",
                **vals,
            }
        )  # fmt: skip

    def _done(self, *args, **vals):
        handover = self._handover(*args, **vals)
        handover.action_hand_over()
        return handover

    def _line(self, handover, kind):
        return handover.line_ids.filtered(lambda line: line.kind == kind)

    def test_its_name(self):
        """E6: from whom to whom; a new one, of nobody yet, is no bare arrow."""
        names = f"{self.officer.name} → {self.colleague.name}"
        self.assertEqual(self._handover().display_name, names)
        self.assertNotIn("→", self.env["hotline.handover"].new({}).display_name)

    def test_cases_go_and_come_back(self):
        """The list first, then the cases; after the leave the same way back."""
        handover = self._handover()
        handover.action_collect()
        line = self._line(handover, "case")
        self.assertRecordValues(
            line, [{"number": self.case.number, "state": "listed", "to_user_id": self.colleague.id}]
        )
        self.assertEqual(self.case.user_id, self.officer)
        self.assertFalse(handover.has_reasons, "no empty column «why not»")
        handover.action_hand_over()
        self.assertEqual((self.case.user_id, handover.state), (self.colleague, "on"))
        handover.action_return()
        self.assertEqual((self.case.user_id, handover.state), (self.officer, "returned"))
        self.assertEqual(line.state, "returned")

    def test_closed_cases_stay(self):
        """B4: a closed case is locked, it goes to nobody."""
        self.route.active = False
        self._answer(self.case)
        self.case.action_close()
        handover = self._handover()
        with self.assertRaises(UserError):
            handover.action_hand_over()
        self.assertFalse(handover.line_ids)

    def test_complained_of_takes_nothing(self):
        """59-FZ, art. 8, p. 6: whom the complaint is about does not consider it; others go."""
        other = self._case(appeal_text="Грубит инспектор.")
        other.write(
            {"user_id": self.officer.id, "complaint_against_id": self.colleague.partner_id.id}
        )
        handover = self._done()
        self.assertEqual((other.user_id, self.case.user_id), (self.officer, self.colleague))
        refused = handover.line_ids.filtered(lambda line: line.state == "refused")
        self.assertEqual(refused.res_ref, other.id)
        self.assertIn(self.colleague.name, refused.words)

    def test_target_without_the_role(self):
        """A case does not go to an executor; the list says why before anything is done."""
        handover = self._handover(target=self.second)
        handover.action_collect()
        self.assertEqual(self._line(handover, "case").state, "refused")
        self.assertTrue(self._line(handover, "case").words)
        self.assertTrue(handover.has_reasons)

    def test_assignments(self):
        """What was sent to an executor goes to another one, who then answers it."""
        sent = self._resolve(self.case, self.department)
        handover = self._done(source=self.executor, target=self.second)
        self.assertEqual(sent.executor_user_id, self.second)
        self._answered(sent, self.second)
        handover.action_return()
        line = self._line(handover, "assignment")
        self.assertEqual((line.state, sent.executor_user_id), ("kept", self.second))

    def test_tasks(self):
        """Tasks go with the trace of whose they were; done ones stay."""
        Task = self.env["hotline.task"].with_user(self.officer)
        task, done = Task.create([{"name": "Перезвонить"}, {"name": "Сделано", "kind": "todo"}])
        done.action_done()
        self._done()
        self.assertEqual((task.user_id, task.taken_from_id), (self.colleague, self.officer))
        self.assertEqual(done.user_id, self.officer)

    def test_approvals_go_by_substitution(self):
        """E6: the substitute approves «за …» while the approver is away, not after the return."""
        answer = self._prepared()
        answer.action_send_for_approval()
        handover = self._done(source=self.lawyer, target=self.deputy)
        self.assertEqual(self._line(handover, "approval").state, "handed")
        self.assertTrue(answer.with_user(self.deputy).awaits_me)
        self.assertEqual(handover.substitute_id.valid_to, handover.valid_to)
        handover.action_return()
        self.env.invalidate_all()
        self.assertFalse(answer.with_user(self.deputy).awaits_me)

    def test_routes_of_a_dismissed_one_are_named(self):
        """E6: a route that names whoever leaves for good is shown to be changed."""
        handover = self._handover(self.lawyer, self.deputy, kind="for_good", valid_to=False)
        handover.action_collect()
        line = self._line(handover, "route")
        self.assertRecordValues(line, [{"state": "refused", "about": self.route.name}])

    def test_heads_of_departments(self):
        """Each case to the head of its own department; without a head it stays, with the reason."""
        team = self.env["helpdesk.ticket.team"].create(
            {
                "name": "Отдел ЖКХ",
                "user_id": self.colleague.id,
                "user_ids": (self.officer | self.colleague).ids,
            }
        )
        other = self._case(appeal_text="Нет воды.")
        self.case.team_id = team
        other.team_id = team.copy({"name": "Без начальника", "user_id": False})
        (self.case | other).user_id = self.officer
        handover = self._done(to_kind="heads", to_user_id=False)
        self.assertEqual((self.case.user_id, other.user_id), (self.colleague, self.officer))
        handover = self._handover(source=self.colleague, target=self.officer, team_ids=team.ids)
        handover.action_collect()
        self.assertEqual(self._line(handover, "case").res_ref, self.case.id)

    def test_plan_and_return_by_itself(self):
        """A leave of next week begins on its day and ends after its last one, by itself."""
        first = self.today + timedelta(days=7)
        handover = self._handover(valid_from=first)
        handover.action_hand_over()
        self.assertEqual((handover.state, self.case.user_id), ("planned", self.officer))
        Handover = self.env["hotline.handover"]
        for day, state, owner in (
            (first - timedelta(days=1), "planned", self.officer),
            (first, "on", self.colleague),
            (handover.valid_to, "on", self.colleague),
            (handover.valid_to + timedelta(days=1), "returned", self.officer),
        ):
            with patch.object(type(self.env.company), "_hotline_today", lambda _body, d=day: d):
                Handover._cron_hand_over()
                Handover._cron_hand_over()  # twice a day is once
            self.assertEqual((handover.state, self.case.user_id), (state, owner), day)

    def test_long_lists_go_in_parts(self):
        """Over the limit the rest is handed over by a job, part by part, each matter once."""
        cases = self.case
        for number in range(3):
            cases |= self._case(appeal_text=f"Дело {number}")
        cases.user_id = self.officer
        with patch.object(rules, "AT_ONCE", 2):
            handover = self._done()
            self.assertEqual((handover.state, self.case.user_id), ("running", self.officer))
            handover.sudo()._run_part(self.supervisor.id)
            self.assertEqual(len(cases.filtered(lambda one: one.user_id == self.colleague)), 2)
            handover.action_continue()  # where a job broke off: nothing is handed over twice
            handover.sudo()._run_part(self.supervisor.id)
        self.assertEqual(handover.state, "on")
        self.assertEqual(cases.user_id, self.colleague)
        line = self.env["hotline.journal"].search(
            [("event", "=", "case_handed_over"), ("res_ref", "=", self.case.id)]
        )
        self.assertEqual((len(line), line.user_ref), (1, self.supervisor.id))
        with patch.object(rules, "AT_ONCE", 2):
            handover.action_return()
            self.assertEqual((handover.state, cases.user_id), ("returning", self.colleague))
            handover.sudo()._run_part(self.supervisor.id)
            handover.sudo()._run_part(self.supervisor.id)
        self.assertEqual((handover.state, cases.user_id), ("returned", self.officer))

    def test_list_is_bounded(self):
        """The list costs as many questions for ten cases as for three, but for its rows."""
        for number in range(2):
            self._case(appeal_text=f"Дело {number}").user_id = self.officer
        counts = []
        for _round in range(2):
            handover = self._handover()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            handover.action_collect()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            for number in range(7):
                self._case(appeal_text=f"Ещё {number}").user_id = self.officer
        self.assertLessEqual(counts[1], counts[0] + 7)

    def test_one_failing_case_stops_no_other(self):
        """What fails is told in words; the rest is handed over."""
        bad = self._case(appeal_text="Сбой")
        bad.user_id = self.officer
        refusal = "Сломалось"
        Line = type(self.env["hotline.handover.line"])
        move = Line._move_case

        def failing(line, case, *users):
            if case == bad:
                raise UserError(refusal)
            return move(line, case, *users)

        with patch.object(Line, "_move_case", failing):
            handover = self._done()
        self.assertEqual((bad.user_id, self.case.user_id), (self.officer, self.colleague))
        refused = handover.line_ids.filtered(lambda line: line.state == "refused")
        self.assertEqual((refused.res_ref, refused.words), (bad.id, refusal))

    def test_journal_and_the_new_one_is_told(self):
        """X5: a line for each matter; the new one has one activity with the count and the list."""
        handover = self._done()
        lines = self.env["hotline.journal"].search([("event", "=", "case_handed_over")])
        self.assertEqual(lines.user_ref, self.supervisor.id)
        self.assertNotIn(lines[0].with_context(lang="ru_RU").event_text, ("case_handed_over", ""))
        self.assertNotIn(self.officer.name, lines.payload)
        told = handover.activity_ids
        self.assertEqual(told.user_id, self.colleague)
        self.assertEqual(handover.with_user(self.colleague).line_ids.number, self.case.number)
        told.with_user(self.colleague).action_done()

    def test_roles(self):
        """A supervisor and an administrator hand over; nobody else, nobody by a back door."""
        for user in (self.officer, self.operator, self.executor, self.approver, self.auditor,
                     self.press):  # fmt: skip
            with self.subTest(role=user.login), self.assertRaises(AccessError):
                self.env["hotline.handover"].with_user(user).create(
                    {"from_user_id": self.officer.id, "to_user_id": self.colleague.id,
                     "kind": "for_good"}
                )  # fmt: skip
        handover = self._done()
        for user in (self.colleague, self.auditor):
            with self.subTest(role=user.login), self.assertRaises(AccessError):
                handover.with_user(user).action_return()
        with self.assertRaises(AccessError):
            self._handover().write({"state": "done"})
        with self.assertRaises(UserError):
            handover.write({"to_user_id": self.supervisor.id})
        stranger = self._colleague("officer", "stranger")
        self.assertFalse(self.env["hotline.handover"].with_user(stranger).search([]))
        admin = self._handover(source=self.colleague, target=self.officer)
        admin.with_user(self.administrator).action_hand_over()
        self.assertEqual(self.case.user_id, self.officer)
