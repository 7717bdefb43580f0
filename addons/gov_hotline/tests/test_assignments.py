from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .assignment_common import AssignmentCommon
from .common import ROLES


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
        events = ["send", "mail_card", "send", "answer", "accept", "withdraw"]
        self.assertEqual(lines.mapped("event"), [f"assignment_{event}" for event in events])
        words = lines.with_context(lang="ru_RU").mapped("event_text")
        self.assertFalse([word for word in words if word.startswith("assignment")])

    def test_resolution_is_the_next_step(self):
        """B3: one primary button: resolution first, then what the case waits for."""
        case = self._case()
        primary = [act["method"] for act in case.acts if act.get("primary")]
        self.assertEqual(primary, ["action_resolution"])
