from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import ROLES, HotlineCommon


class AssignmentCommon(HotlineCommon):
    """Agencies of each kind, executors of each sort, helpers for one resolution."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._hotline_today()
        cls.env.company.email = "post@gov.example"
        cls.department = cls._agency("Управление ЖКХ", executor=cls.executor)
        cls.portal_user = cls._portal_user("portal_a", cls.agency)
        cls.other_portal = cls._portal_user("portal_b", cls._agency("Водоканал"))
        cls.by_letter = cls._agency("Дорожная служба")
        cls.other_body = cls._agency("Прокуратура", kind="other_body")

    @classmethod
    def _agency(cls, name, kind="own", executor=None):
        vals = {
            "name": name,
            "hotline_kind": "agency",
            "is_company": True,
            "hotline_addressee_kind": kind,
            "hotline_executor_id": executor and executor.id,
        }
        return cls.env["res.partner"].create(vals)

    @classmethod
    def _portal_user(cls, login, agency):
        user = new_test_user(cls.env, login=login, groups="base.group_portal", lang="ru_RU")
        user.partner_id.parent_id = agency
        return user

    @classmethod
    def _case(cls, **vals):
        return cls._registered(**vals).with_user(cls.officer)

    @classmethod
    def _resolve(cls, case, partners, **vals):
        """Send one resolution to `partners` as the officer; return the assignments."""
        before = case.assignment_ids
        dialog = cls.env["hotline.resolution"].with_user(cls.officer)
        dialog = dialog.with_context(**case.action_resolution()["context"])
        dialog.create({"addressee_ids": [(6, 0, partners.ids)], **vals}).action_sign_and_send()
        return case.assignment_ids - before

    @classmethod
    def _act(cls, assignment, act, user=None, **vals):
        """Do an act by its dialog as `user` (the officer)."""
        opened = getattr(assignment.with_user(user or cls.officer), f"action_open_{act}")()
        dialog = cls.env["hotline.assignment.act"].with_user(user or cls.officer)
        return dialog.with_context(**opened["context"]).create(vals).action_apply()

    @classmethod
    def _answered(cls, assignment, user=None, **vals):
        cls._act(assignment, "answer", user, **{"text": "Тепло дано.", **vals})
        return assignment


@tagged("post_install", "-at_install")
class TestResolution(AssignmentCommon):
    def test_one_addressee(self):
        """B3: one dialog signs and sends; the default date is due − 5 working days."""
        case = self._case()
        assignment = self._resolve(case, self.department)
        main = case.deadline_ids.filtered("is_main")
        self.assertRecordValues(
            assignment,
            [
                {
                    "state": "sent",
                    "sent_on": self.today,
                    "control_on": main._executor_date(),
                    "executor_user_id": self.executor.id,
                    "addressee_kind": "own",
                    "role": "main",
                    "answer_by": "us",
                    "pd_mode": "full",
                    "question_ids": case.question_ids.ids,
                }
            ],
        )

    def test_ten_addressees_in_one_step(self):
        """C1: one main, the others help; forwardings and requests stand beside."""
        agencies = self.env["res.partner"].concat(
            *(self._agency(f"Ведомство {n}") for n in range(9)), self.other_body
        )
        assignments = self._resolve(self._case(), agencies)
        self.assertEqual(len(assignments), 10)
        self.assertEqual(set(assignments.mapped("state")), {"sent"})
        own = assignments.filtered(lambda one: one.addressee_kind == "own")
        self.assertEqual(own.mapped("role").count("main"), 1)

    def test_queries_of_ten(self):
        """C1: each addressee more costs a bounded number of queries."""
        few, many = (
            self.env["res.partner"].concat(*(self._agency(f"В {n}/{count}") for n in range(count)))
            for count in (2, 10)
        )
        warm, first, second = self._case(), self._case(), self._case()
        self._resolve(warm, few)
        two = self._queries(first, few)
        ten = self._queries(second, many)
        self.assertLessEqual((ten - two) / 8, 6)

    def _queries(self, case, partners):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._resolve(case, partners)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_dialog_proposes(self):
        """B3: three clicks: who usually executes the topic is proposed, text and date are there."""
        self._resolve(self._case(), self.department)
        case = self._case()
        opened = case.action_resolution()
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        form = Form(dialog.with_context(**opened["context"]))
        self.assertIn(self.department, form.proposed_ids[:])
        self.assertTrue(form.text)
        self.assertTrue(form.control_on)
        form.picked_ids.add(self.department)
        form.addressee_ids.add(self.by_letter)
        self.assertEqual(len(form.line_ids), 2)
        form.save().action_sign_and_send()
        self.assertEqual(set(case.assignment_ids.mapped("role")), {"main", "co"})

    def test_competent_body_is_proposed_first(self):
        """B3: the competent body of a question comes before the last used ones."""
        self._resolve(self._case(), self.department)
        case = self._case()
        case.question_ids.competent_body_id = self.by_letter
        self.assertEqual(case._usual_executors()[:1], self.by_letter)

    def test_who_gives_a_resolution(self):
        """B4: officers and administrators only, by dialog and by RPC."""
        case = self._registered()
        for role in set(ROLES) - {"officer", "administrator"}:
            user = getattr(self, role)
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    case.with_user(user).action_resolution()
                with self.assertRaises(AccessError):
                    case.with_user(user).action_send_resolution()
                with self.assertRaises(AccessError):
                    self.env["hotline.assignment"].with_user(user).create(
                        {"ticket_id": case.id, "partner_id": self.agency.id}
                    )

    def test_no_resolution_before_registration_or_after_the_end(self):
        """REG-3: refused in words; a closed case takes no assignment."""
        draft = self._draft(self.officer)
        with self.assertRaisesRegex(UserError, "8"):
            draft.action_resolution()
        closed = self._closed()
        with self.assertRaises(UserError):
            closed.action_resolution()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            closed.assignment_ids.create({"ticket_id": closed.id, "partner_id": self.agency.id})

    def test_control_date_is_not_after_the_due_date(self):
        """C1: refused with the limit in words; nothing is half sent."""
        case = self._case()
        late = case.due_on + timedelta(days=1)
        limit = case.due_on.strftime("%d.%m.%Y")
        with self.assertRaisesRegex(UserError, limit), self.env.cr.savepoint():
            self._resolve(case, self.department | self.agency, control_on=late)
        self.assertFalse(case.assignment_ids)
        self._resolve(case, self.department, control_on=case.due_on)

    def test_a_part_has_its_parents_limit(self):
        """C1: a part of an assignment is due not later than its parent."""
        case = self._case()
        parent = self._resolve(case, self.department)
        context = parent.action_sub_assignment()["context"]
        dialog = self.env["hotline.resolution"].with_user(self.officer).with_context(**context)
        late = dialog.create(
            {
                "control_on": parent.control_on + timedelta(days=1),
                "line_ids": [(0, 0, {"partner_id": self.by_letter.id, "role": "co"})],
            }
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            late.action_sign_and_send()
        late.control_on = parent.control_on
        late.action_sign_and_send()
        part = case.assignment_ids - parent
        self.assertEqual(part.parent_id, parent)
        with self.assertRaisesRegex(UserError, "Дорожная"):
            self._answered(parent).action_accept()

    def test_the_one_complained_of_is_no_addressee(self):
        """SELF-NO: art. 8 p. 6, in every kind of addressee."""
        case = self._case(complaint_against_id=self.agency.id)
        with self.assertRaisesRegex(UserError, "ст. 8"):
            self._resolve(case, self.agency)
        self.assertNotIn(self.agency, case._usual_executors())

    def test_foreign_questions_and_files_are_refused(self):
        """C1: an assignment holds questions and files of its own case only."""
        case, other = self._case(), self._case()
        Assignment = self.env["hotline.assignment"].with_user(self.officer)
        file = self.env["ir.attachment"].create(
            {"name": "x.txt", "raw": b"x", "res_model": "helpdesk.ticket", "res_id": other.id}
        )
        for vals in (
            {"question_ids": [(6, 0, other.question_ids.ids)]},
            {"file_ids": [(6, 0, file.ids)]},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                Assignment.create({"ticket_id": case.id, "partner_id": self.agency.id, **vals})

    def test_state_is_set_by_acts_only(self):
        """B4: no role writes state, dates or reasons over RPC."""
        assignment = self._resolve(self._case(), self.department)
        for role in ROLES:
            user = getattr(self, role)
            for vals in ({"state": "accepted"}, {"control_on": "2031-01-01"}, {"text": "x"}):
                with self.subTest(role=role, vals=vals), self.assertRaises(UserError):
                    assignment.with_user(user).write(vals)
        smuggled = (
            self.env["hotline.assignment"]
            .with_user(self.officer)
            .create(
                {
                    "ticket_id": assignment.ticket_id.id,
                    "partner_id": self.by_letter.id,
                    "state": "accepted",
                }
            )
        )
        self.assertEqual(smuggled.state, "draft")

    def test_every_act_is_journalled(self):
        """X5: sending, answer, acceptance, withdrawal: each leaves its line in words."""
        case = self._case()
        first = self._resolve(case, self.department)
        second = self._resolve(
            case, self.by_letter, line_ids=[(0, 0, {"partner_id": self.by_letter.id, "role": "co"})]
        )
        self._answered(first).with_user(self.officer).action_accept()
        self._act(second, "withdraw", text="Ответ уже получен")
        lines = self.env["hotline.journal"].search(
            [("res_ref", "=", case.id), ("event", "=like", "assignment_%")], order="id"
        )
        events = ["send", "send", "answer", "accept", "withdraw"]
        self.assertEqual(lines.mapped("event"), [f"assignment_{event}" for event in events])
        words = lines.with_context(lang="ru_RU").mapped("event_text")
        self.assertFalse([word for word in words if word.startswith("assignment")])

    def test_resolution_is_the_next_step(self):
        """B3: one primary button: resolution first, then what the case waits for."""
        case = self._case()
        primary = [act["method"] for act in case.acts if act.get("primary")]
        self.assertEqual(primary, ["action_resolution"])


@tagged("post_install", "-at_install")
class TestAssignmentLife(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case()
        cls.assignment = cls._resolve(cls.case, cls.department)

    def test_partial_then_final(self):
        """C1: a part leaves it open, the final answer waits for acceptance."""
        self._answered(self.assignment, self.executor, is_final=False, text="Начали работы.")
        self.assertEqual(self.assignment.state, "sent")
        self._answered(self.assignment, self.executor)
        self.assertEqual(self.assignment.state, "answered")
        self.assertEqual(len(self.assignment.answer_ids), 2)
        self.assignment.action_accept()
        self.assertRecordValues(self.assignment, [{"state": "accepted", "closed_on": self.today}])

    def test_answer_on_paper_is_entered_by_the_officer(self):
        """B3: an executor with an address only: number, date, signer, how it came."""
        letter = self._resolve(self._case(), self.by_letter)
        self.assertFalse(letter.executor_user_id)
        self._answered(
            letter,
            came_by="paper",
            outgoing_number="15-04/7",
            outgoing_date=self.today,
            signer_name="Петров П. П.",
        )
        self.assertRecordValues(
            letter.answer_ids,
            [{"came_by": "paper", "outgoing_number": "15-04/7", "author_id": self.officer.id}],
        )

    def test_return_for_completion(self):
        """B3: the answer goes back with words, the control date stands."""
        self._answered(self.assignment, self.executor)
        control = self.assignment.control_on
        with self.assertRaises(UserError):
            self.assignment.action_redo(" ")
        self._act(self.assignment, "redo", text="Нет акта осмотра")
        self.assertRecordValues(
            self.assignment,
            [{"state": "sent", "redo_reason": "Нет акта осмотра", "control_on": control}],
        )

    def test_not_ours(self):
        """C1: returned with a reason; the officer agrees and the next resolution opens."""
        self._act(self.assignment, "not_ours", self.executor, text="Дом не наш")
        self.assertEqual(self.assignment.state, "returned")
        action = self.assignment.action_agree_return()
        self.assertEqual(action["res_model"], "hotline.resolution")
        self.assertEqual(action["context"]["default_question_ids"], self.case.question_ids.ids)
        self.assertEqual(self.assignment.state, "withdrawn")
        again = self._resolve(self.case, self.by_letter)
        self.assertEqual(again.role, "main")

    def test_not_ours_is_refused_by_the_officer(self):
        self._act(self.assignment, "not_ours", self.executor, text="Дом не наш")
        self._act(self.assignment, "insist", text="Дом в вашем управлении с 2024 года")
        self.assertEqual(self.assignment.state, "sent")

    def test_not_ours_only_within_a_working_day(self):
        """C1: after that the executor answers or calls the officer; the officer may still."""
        self._set_sent(self.today - timedelta(days=20))
        with self.assertRaisesRegex(UserError, "20"):
            self._act(self.assignment, "not_ours", self.executor, text="Дом не наш")
        self._act(self.assignment, "not_ours", text="Сообщили по телефону")
        self.assertEqual(self.assignment.state, "returned")

    def _set_sent(self, day):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hotline_assignment SET sent_on = %s WHERE id = %s", (day, self.assignment.id)
        )
        self.assignment.invalidate_recordset()

    def test_time_is_asked_and_given(self):
        """C1: up to the limit of the case, with a reason, decided by the officer."""
        until = self.case.due_on
        with self.assertRaises(UserError):
            late = until + timedelta(days=1)
            self._act(self.assignment, "ask_time", self.executor, until=late, text="Экспертиза")
        self._act(self.assignment, "ask_time", self.executor, until=until, text="Экспертиза")
        self.assertEqual(self.assignment.ask_state, "asked")
        with self.assertRaises(UserError):
            self._act(self.assignment, "ask_time", self.executor, until=until, text="Ещё")
        self.assignment.action_give_time()
        self.assertRecordValues(self.assignment, [{"ask_state": "given", "control_on": until}])

    def test_time_is_refused(self):
        control = self.assignment.control_on
        self._act(self.assignment, "ask_time", self.executor, until=self.case.due_on, text="Надо")
        self._act(self.assignment, "refuse_time", text="Срок обращения не продлён")
        self.assertRecordValues(
            self.assignment, [{"ask_state": "refused", "control_on": control, "state": "sent"}]
        )

    def test_withdrawal_takes_its_parts_along(self):
        """C1: with a reason; parts given further are withdrawn too."""
        part = self.case.assignment_ids.create(
            {
                "ticket_id": self.case.id,
                "partner_id": self.by_letter.id,
                "parent_id": self.assignment.id,
                "role": "co",
                "control_on": self.assignment.control_on,
            }
        )
        self.case.action_send_resolution()
        with self.assertRaises(UserError):
            self.assignment.action_withdraw("")
        self.assignment.action_withdraw("Вопрос снят")
        self.assertEqual((self.assignment | part).mapped("state"), ["withdrawn"] * 2)

    def test_answers_are_never_changed(self):
        """B9: no role changes or deletes an executor's answer or takes off its file."""
        file = (
            self.env["ir.attachment"]
            .with_user(self.executor)
            .create({"name": "Акт.pdf", "raw": b"x"})
        )
        self._answered(self.assignment, self.executor, file_ids=[(6, 0, file.ids)])
        answer = self.assignment.answer_ids
        self.assertEqual((file.res_model, file.res_id), (answer._name, answer.id))
        for role in ROLES:
            own = answer.with_user(getattr(self, role))
            with self.subTest(role=role):
                with self.assertRaises(UserError):
                    own.write({"text": "x"})
                with self.assertRaises(UserError):
                    own.unlink()
                with self.assertRaises(AccessError):
                    file.with_user(getattr(self, role)).write({"raw": b"y"})

    def test_open_assignments_are_a_problem_of_closing(self):
        """X2: while somebody is to answer the case is not closed; their names are told."""
        case = self.case
        codes = [problem.code for problem in case._closing_problems()]
        self.assertIn("assignments_open", codes)
        self._answered(self.assignment).action_accept()
        codes = [problem.code for problem in case._closing_problems()]
        self.assertNotIn("assignments_open", codes)

    def test_ledger(self):
        """X2: addressees and answers in one table; grey acts tell why."""
        self._answered(self.assignment, self.executor)
        [group] = self.case.with_context(lang="ru_RU").ledger
        [row] = group["rows"]
        self.assertEqual(row["addressee"], "Управление ЖКХ")
        self.assertEqual(row["answers"][0]["text"], "Тепло дано.")
        acts = {act["method"]: act for act in row["acts"]}
        self.assertFalse(acts["action_accept"]["blocked"])
        self.assertIn("action_open_redo", acts)
        reader = self.case.with_user(self.auditor).ledger
        self.assertFalse(reader[0]["rows"][0]["acts"])

    def test_ledger_names_questions_without_an_addressee(self):
        """X2: a question that nobody has is shown under the others."""
        self.env["hotline.question"].with_user(self.officer).create(
            {"ticket_id": self.case.id, "text": "Перерасчёт"}
        )
        groups = self.case.with_context(lang="ru_RU").ledger
        self.assertEqual(len(groups), 2)
        self.assertIn("Перерасчёт", groups[1]["question"])

    def test_list_filters(self):
        """B8: awaiting, overdue, today, in three days, asking for time: found by the filters."""
        Assignment = self.env["hotline.assignment"].with_user(self.officer)
        mine = [("id", "=", self.assignment.id)]
        calendar = self.env["hotline.day"]._calendar(self.env.company)
        third = calendar.add_working_days(self.today, 3)
        for day, found in (
            (self.today - timedelta(days=1), {"is_overdue", "is_waiting"}),
            (self.today, {"is_due_today", "is_due_soon", "is_waiting"}),
            (third, {"is_due_soon", "is_waiting"}),
            (calendar.add_working_days(third, 1), {"is_waiting"}),
        ):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE hotline_assignment SET control_on = %s WHERE id = %s",
                (day, self.assignment.id),
            )
            self.env.invalidate_all()
            for name in ("is_overdue", "is_due_today", "is_due_soon", "is_waiting"):
                with self.subTest(day=day, name=name):
                    hit = Assignment.search([*mine, (name, "=", True)])
                    self.assertEqual(bool(hit), name in found)
                    self.assertEqual(self.assignment[name], name in found)

    def test_a_page_of_eighty(self):
        """B8: the officer's list costs no more queries for eighty than for ten."""
        agencies = self.env["res.partner"].concat(
            *(self._agency(f"Ведомство {n}") for n in range(80))
        )
        self._resolve(self._case(), agencies)
        view = {name: {} for name in (
            "case_number", "questions_text", "control_on", "due_text", "due_level", "ask_state",
            "state",
        )}  # fmt: skip
        view["partner_id"] = {"fields": {"display_name": {}}}
        Assignment = self.env["hotline.assignment"].with_user(self.officer)

        def read(limit):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = Assignment.web_search_read([("is_waiting", "=", True)], view, limit=limit)
            self.assertEqual(len(page["records"]), limit)
            return self.env.cr.sql_log_count - before

        read(10)
        ten = read(10)
        self.assertLessEqual(read(80), ten)

    def test_day_of_an_assignment(self):
        """B3: dates are the body's."""
        self.assertEqual(self.assignment.sent_on, fields.Date.to_date(self.today))
