from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon
from .common import ROLES


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

    def test_a_question_tells_its_executors_answer_and_outcome(self):
        """X2: question → executor, date, state → answer, for every reader of the case."""
        other = (
            self.env["hotline.question"]
            .with_user(self.officer)
            .create({"ticket_id": self.case.id, "text": "Перерасчёт"})
        )
        question = self.case.question_ids - other
        line = {"partner_id": self.by_letter.id, "question_ids": [(6, 0, other.ids)]}
        withdrawn = self._resolve(self.case, self.by_letter.browse(), line_ids=[(0, 0, line)])
        self._act(withdrawn, "withdraw", text="Ошибка адресата")
        for reader in (self.operator, self.auditor, self.approver):
            lines = question.with_user(reader).with_context(lang="ru_RU").executors
            with self.subTest(reader=reader.login):
                self.assertEqual([line["name"] for line in lines], ["Управление ЖКХ"])
                self.assertEqual(lines[0]["person"], self.executor.name)
                day = self.assignment.control_on.strftime("%d.%m.%Y")
                self.assertEqual(lines[0]["words"], f"ждём ответа до {day}")
        self.assertFalse(other.executors)
        with self.assertRaises(AccessError):
            question.with_user(self.executor).read(["executors"])

    def test_an_executors_own_answer_stands_in_the_line_of_its_question(self):
        """C1: number and date of an answer given by the executor; nothing before we took it."""
        case = self._case()
        line = {"partner_id": self.department.id, "answer_by": "executor"}
        given = self._resolve(case, self.department.browse(), line_ids=[(0, 0, line)])
        file = self.env["ir.attachment"].with_user(self.officer)
        file = file.create({"name": "ответ.pdf", "raw": b"1"})
        own = {
            "outgoing_number": "15-7", "outgoing_date": self.today, "signer_name": "Серов А. А.",
            "file_ids": [(6, 0, file.ids)],
        }  # fmt: skip
        self._answered(given, **own)
        self.assertFalse(case.question_ids.answer_words)
        given.with_user(self.officer).action_accept()
        words = case.with_user(self.auditor).question_ids.answer_words
        self.assertTrue(words.startswith("15-7"), words)

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
