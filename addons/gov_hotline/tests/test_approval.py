from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.reasons import ReasonNeededError
from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCommon):
    def test_two_steps_then_given(self):
        """E6: sent, approved by the lawyer and then by the head, given; each act is journalled."""
        answer = self._sent()
        self.assertEqual(answer.state, "approval")
        answer.with_user(self.lawyer).action_approve()
        self.assertEqual(answer.state, "approval")
        answer.with_user(self.head).action_approve()
        self.assertEqual(answer.state, "approved")
        answer.write(self.SCAN)
        answer.action_give()
        self.assertEqual(answer.state, "given")
        self.assertEqual(
            self._events(answer),
            ["approval_sent", "approval_approved", "approval_approved", "answer_approved"],
        )
        self.assertEqual(
            answer.approval_ids.mapped("user_name"),
            [self.officer.name, self.lawyer.name, self.head.name],
        )

    def test_not_given_before_its_route(self):
        """E6: an answer with a route is not given from the draft or from the middle of it."""
        answer = self._prepared()
        with self.assertRaises(UserError):
            answer.action_give()
        answer.action_send_for_approval()
        with self.assertRaises(UserError):
            answer.action_give()
        answer.with_user(self.lawyer).action_approve()
        with self.assertRaises(UserError):
            answer.action_give()

    def test_no_route_is_as_ever(self):
        """Without a route the draft is given at once and cannot be sent to nobody."""
        self.route.active = False
        answer = self._prepared()
        with self.assertRaises(UserError):
            answer.action_send_for_approval()
        answer.action_give()
        self.assertEqual(answer.state, "given")
        self.assertTrue(answer.content_hash)

    def test_sent_back_with_a_reason(self):
        """E6: a refusal has words, returns to the author and is kept; then a new round."""
        answer = self._sent()
        for reason in ("", "нет"):
            with self.assertRaises(UserError):
                answer.with_user(self.lawyer).action_refuse(reason)
        asked = answer.with_user(self.lawyer).action_ask_refusal()
        window = self.env[asked["res_model"]].with_user(self.lawyer)
        window = window.with_context(**asked["context"])
        window.create({"reason": "Назовите статью жилищного кодекса"}).action_refuse()
        self.assertRecordValues(
            answer, [{"state": "draft", "refusal": "Назовите статью жилищного кодекса"}]
        )
        self.assertFalse(answer.review_ids)
        answer.text = "Отопление восстановлено, ст. 161 ЖК РФ."
        answer.action_send_for_approval()
        self.assertRecordValues(answer, [{"approval_round": 2, "refusal": False}])
        self.assertEqual(answer.approval_ids.mapped("decision"), ["sent", "refused", "sent"])

    def test_sent_back_is_seen_on_the_case(self):
        """E6: the case shows the reason to its officer; the next step is to rework the answer."""
        answer = self._sent()
        ticket = answer.ticket_id
        self.assertFalse(ticket.with_user(self.officer).sent_back_words)
        answer.with_user(self.lawyer).action_refuse("Назовите статью жилищного кодекса")
        seen = ticket.with_user(self.officer)
        self.assertIn("Назовите статью жилищного кодекса", seen.sent_back_words)
        [primary] = [act for act in seen.acts if act.get("primary")]
        self.assertEqual(primary["method"], "action_answer")
        self.assertEqual(seen.action_answer()["res_id"], answer.id)
        self.env.invalidate_all()
        self.assertFalse(ticket.with_user(self.operator).sent_back_words)

    def test_a_blank_is_not_sent_for_approval(self):
        """E6: a place left blank is seen in the check-list and stops before the first approver."""
        answer = self._prepared(text="Отопление восстановлено ________.")
        signs = {sign.code: sign.level for sign in answer._checklist()}
        self.assertEqual(signs["blank"], "bad")
        with self.assertRaises(UserError):
            answer.action_send_for_approval()
        answer.text = "Отопление восстановлено 20 ноября."
        answer.action_send_for_approval()
        self.assertEqual(answer.state, "approval")

    def test_any_change_voids(self):
        """E6: text, way, files and their bytes: the approval lapses, step or whole."""
        file = self._file()
        changes = (
            lambda answer: answer.write({"text": "Отопления не будет."}),
            lambda answer: answer.write({"channel": "hand"}),
            lambda answer: answer.write({"attachment_ids": [Command.link(self._file("b.pdf").id)]}),
            lambda answer: answer.attachment_ids.write({"raw": b"%PDF-1.4 two"}),
            lambda answer: answer.attachment_ids.write({"name": "другой.pdf"}),
            lambda answer: answer.attachment_ids.unlink(),
        )
        for number, change in enumerate(changes):
            with self.subTest(number):
                file = self._file()
                answer = self._approved(attachment_ids=[Command.link(file.id)])
                change(answer)
                self.assertEqual(answer.state, "draft")
                self.assertFalse(answer.review_ids)
                self.assertEqual(answer.approval_ids[-1].decision, "voided")
                with self.assertRaises(UserError):
                    answer.action_give()

    def test_what_is_not_content_voids_nothing(self):
        """Number, date and signer are set after the approval; the same text is no change."""
        answer = self._approved()
        answer.write({"outgoing_number": "15-04/2", "text": "Отопление восстановлено.\r\n"})
        self.assertEqual(answer.state, "approved")

    def test_giving_compares_again(self):
        """E6: changed past the form (the case's address, the bytes in the table): not given."""
        answer = self._approved()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET applicant_address = 'ул. Мира, 1' WHERE id = %s",
            (answer.ticket_id.id,),
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            answer.action_give()
        answer.action_take_back()
        self.assertEqual(answer.state, "draft")

    def test_in_its_turn_and_by_its_people(self):
        """E6: neither the second step before the first, nor a stranger, nor twice."""
        answer = self._sent()
        for user in (self.head, self.deputy, self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                answer.with_user(user).action_approve()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                answer.with_user(user).action_refuse("Не по форме, исправьте")
        for user in (self.officer, self.operator, self.auditor, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                answer.with_user(user).action_approve()
        answer.with_user(self.lawyer).action_approve()
        with self.assertRaises(AccessError):
            answer.with_user(self.lawyer).action_approve()

    def test_only_who_answers_edits(self):
        """C3: the form's fields open by the reader's own role, whoever computed them before."""
        answer = self._prepared()
        for user in (
            self.officer,
            self.administrator,
            self.approver,
            self.supervisor,
            self.auditor,
        ):
            self.env.invalidate_all()
            with self.subTest(user.login):
                is_officer = user in (self.officer, self.administrator)
                self.assertEqual(answer.with_user(user).can_edit, is_officer)

    def test_only_an_officer_sends_and_takes_back(self):
        answer = self._prepared()
        for user in (self.operator, self.head, self.auditor):
            with self.assertRaises(AccessError):
                answer.with_user(user).action_send_for_approval()
        answer.action_send_for_approval()
        for user in (self.operator, self.lawyer, self.auditor):
            with self.assertRaises(AccessError):
                answer.with_user(user).action_take_back()

    def test_doors_of_the_library_are_our_acts(self):
        """E6: its public methods, its comment window and plain writes change nothing."""
        answer = self._sent()
        for user in (self.head, self.officer, self.operator):
            mine = answer.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    mine.validate_tier()
                with self.assertRaises(AccessError):
                    mine.write({"state": "approved"})
                with self.assertRaises(AccessError):
                    mine.write({"validation_status": "validated"})
                review = answer.review_ids[-1].with_user(user)
                comment = self.env["comment.wizard"].with_user(user)
                wizard = comment.create(
                    {
                        "res_model": "hotline.answer",
                        "res_id": answer.id,
                        "review_ids": [Command.set(review.ids)],
                        "validate_reject": "validate",
                        "comment": "ок",
                    }
                )
                with self.assertRaises(AccessError):
                    wizard.add_comment()
                with self.assertRaises(AccessError):
                    review.write({"status": "approved"})
        for user in (self.lawyer, self.operator):
            with self.assertRaises(AccessError):
                answer.with_user(user).restart_validation()
        self.assertEqual(answer.review_ids.mapped("status"), ["pending", "waiting"])

    def test_author_does_not_approve_the_own_answer(self):
        """Four eyes: an officer who is an approver too waits for somebody else."""
        both = self._new_role_user("officer", "approver")
        self._route([both], topic_ids=[], sequence=1)
        answer = self._prepared().with_user(both)
        with self.assertRaises(UserError):
            answer.action_send_for_approval()

    def test_the_one_complained_of_never_approves(self):
        """SELF-NO: neither as a step of the route nor for another (59-FZ, art. 8, p. 6)."""
        ticket = self._registered()
        ticket.with_user(self.officer).complaint_against_id = self.head.partner_id
        answer = self._prepared(ticket)
        with self.assertRaises(UserError):
            answer.action_send_for_approval()
        ticket.with_user(self.officer).complaint_against_id = self.deputy.partner_id
        self._stands_for(self.deputy, self.lawyer)
        answer.action_send_for_approval()
        with self.assertRaises(UserError):
            answer.with_user(self.deputy).action_approve()
        answer.with_user(self.lawyer).action_approve()

    def test_substitute(self):
        """E6: a substitute approves in his days, the sheet says for whom."""
        answer = self._sent()
        today = self.env.company._hotline_today()
        other = self._stands_for(self.deputy, self.lawyer, valid_from=today + timedelta(days=1))
        with self.assertRaises(AccessError):
            answer.with_user(self.deputy).action_approve()
        other.valid_from = today
        self.assertTrue(answer.with_user(self.deputy).awaits_me)
        answer.with_user(self.deputy).action_approve()
        line = answer.approval_ids[-1].with_context(lang="ru_RU")
        self.assertEqual(line.who, f"{self.deputy.name} за {self.lawyer.name}")
        self.assertEqual(answer.review_ids[0].hotline_for_id, self.lawyer)
        with self.assertRaises(AccessError):
            answer.with_user(self.deputy).action_approve()

    def _stands_for(self, substitute, user, **vals):
        values = {"user_id": user.id, "substitute_id": substitute.id, **vals}
        return self.env["hotline.substitute"].with_user(self.administrator).create(values)

    def test_substitute_is_an_approver(self):
        for who, whom in ((self.officer, self.head), (self.head, self.head)):
            with self.assertRaises(ValidationError):
                self._stands_for(who, whom)

    def test_list_of_what_waits_for_me(self):
        """The list shows the own steps that are on and those of whom one stands for."""
        answer = self._sent()
        mine = [("awaits_me", "=", True)]

        def found(user):
            return self.env["hotline.answer"].with_user(user).search(mine)

        self.assertEqual(found(self.lawyer), answer)
        self.assertFalse(found(self.head))
        self._stands_for(self.deputy, self.lawyer)
        self.assertEqual(found(self.deputy), answer)
        answer.with_user(self.lawyer).action_approve()
        self.assertFalse(found(self.lawyer) | found(self.deputy))
        self.assertEqual(found(self.head), answer)

    def test_foreign_data_needs_a_reason(self):
        """PD-FOREIGN: a stranger's name in the answer passes with a written reason only."""
        answer = self._prepared(text="Сосед Сидоров П. И. предупреждён.")
        self.assertIn("Сидоров П. И.", answer.checklist_html)
        with self.assertRaises(ReasonNeededError):
            answer.action_send_for_approval()
        answer.with_context(
            hotline_reason="Сосед дал письменное согласие"
        ).action_send_for_approval()
        self.assertEqual(answer.state, "approval")
        for user in (self.lawyer, self.head):
            answer.with_user(user).action_approve()
        answer.write(self.SCAN)
        answer.action_give()
        self.assertEqual(answer.state, "given")

    def test_answer_in_approval_keeps_the_case_open(self):
        """B4: a case with an answer that is not given is not closed."""
        answer = self._sent()
        ticket = answer.ticket_id.with_user(self.officer)
        self.assertIn("draft_answer", [one.code for one in ticket._closing_problems()])
        self.assertEqual(ticket.action_answer()["res_id"], answer.id)


@tagged("post_install", "-at_install")
class TestApprovalRoute(ApprovalCommon):
    def _chosen(self, ticket):
        return self.env["hotline.approval.route"]._for_ticket(ticket)

    def test_topic_with_its_branch(self):
        """E6: a route of a topic holds for everything below it."""
        below = self.env["hotline.topic"].create(
            {"code": "9999.0001.1", "name": "Радиаторы", "level": 3, "parent_id": self.topic.id}
        )
        other = self.env["hotline.topic"].create({"code": "9998", "name": "Дороги", "level": 2})
        self.assertEqual(self._chosen(self._registered(topic_id=below.id)), self.route)
        self.assertFalse(self._chosen(self._registered(topic_id=other.id)))

    def test_agency_and_kind(self):
        """E6: by the executor of an assignment and by the kind; the order decides."""
        self.route.kind = "request_8fz"
        agency = self._route([self.head], name="Теплосеть", agency_ids=self.agency.ids)
        ticket = self._registered()
        self.assertFalse(self._chosen(ticket))
        ticket.question_ids.with_user(self.officer).competent_body_id = self.agency
        self.assertEqual(self._chosen(ticket), agency)

    def test_role_and_official_as_approvers(self):
        """E6: a step is a person, a role or the official of the answer."""
        signer = self.env["hotline.authority"].create(
            {"user_id": self.head.id, "position": "Начальник", "name": "Кузнецов В. А."}
        )
        self.route.with_user(self.administrator).step_ids = [
            Command.clear(),
            Command.create(
                {
                    "name": "Канцелярия",
                    "review_type": "group",
                    "reviewer_group_id": self.env.ref("gov_hotline.group_approver").id,
                    "sequence": 1,
                }
            ),
            Command.create(
                {
                    "name": "Подписант",
                    "review_type": "field",
                    "hotline_official": "signer_user_id",
                    "sequence": 2,
                }
            ),
        ]
        answer = self._prepared(authority_id=signer.id)
        answer.action_send_for_approval()
        answer.with_user(self.deputy).action_approve()
        self.assertEqual(answer.review_ids[1].reviewer_ids, self.head)
        answer.with_user(self.head).action_approve()
        self.assertEqual(answer.state, "approved")
        nobody = self._prepared()
        with self.assertRaises(UserError):
            nobody.action_send_for_approval()

    def test_who_keeps_routes(self):
        """Administrators keep routes and substitutes; others only read them."""
        for user in (self.officer, self.head, self.auditor):
            for model in ("hotline.approval.route", "hotline.substitute", "tier.definition"):
                for operation in ("write", "create", "unlink"):
                    found = self.env[model].with_user(user).has_access(operation)
                    self.assertFalse(found, (user.login, model, operation))
        steps = self.env["tier.definition"].with_user(self.administrator)
        with self.assertRaises(AccessError):
            steps.create({"name": "x", "reviewer_id": self.head.id})

    def test_an_approver_has_the_role(self):
        for user in (self.officer, self.env["res.users"]):
            with self.assertRaises(ValidationError):
                self._route([user] if user else [self.env["res.users"].new({"name": "x"})])

    def test_the_sheet_is_nobodys_to_write(self):
        for user in (self.officer, self.head, self.administrator):
            for operation in ("write", "create", "unlink"):
                found = self.env["hotline.approval"].with_user(user).has_access(operation)
                self.assertFalse(found, (user.login, operation))
