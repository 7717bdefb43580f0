from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.gov_hotline.models.reasons import ReasonNeededError

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestComplaint(HotlineCommon):
    """B3: SELF-NO, article 8 part 6, practice 1."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Partner = cls.env["res.partner"]
        body = {"hotline_kind": "agency", "is_company": True}
        cls.ministry = Partner.create({"name": "Министерство", **body})
        cls.office = Partner.create(
            {"name": "Управление", "hotline_higher_id": cls.ministry.id, **body}
        )
        cls.branch = Partner.create({"name": "Филиал", "hotline_higher_id": cls.office.id, **body})
        cls.clerk = Partner.create(
            {"name": "Сидоров", "hotline_kind": "agency", "parent_id": cls.office.id}
        )
        cls.ticket = cls._registered(complaint_against_id=cls.office.id).with_user(cls.officer)

    def _found(self, who, role="addressee"):
        return [
            (one.rule, one.blocks)
            for one in self.ticket._applied(self.ticket._self_no_problems(who, role))
        ]

    def test_who_may_not_consider(self):
        """B3: the body and its people are a block, those under it a warning, others pass."""
        self.assertEqual(self._found(self.office), [("SELF-NO", True)])
        self.assertEqual(self._found(self.clerk, "executor"), [("SELF-NO", True)])
        self.assertEqual(self._found(self.branch), [("SELF-SUB", False)])
        self.assertEqual(self._found(self.ministry | self.agency), [])
        with self.assertRaisesRegex(UserError, "Министерство"):
            self.ticket._enforce(self.ticket._self_no_problems(self.office))

    def test_a_user_of_ours(self):
        """B3: the official complained of is refused by the login too."""
        self.ticket.complaint_against_id = self.approver.partner_id
        self.assertEqual(self._found(self.approver, "approver"), [("SELF-NO", True)])
        self.assertEqual(self._found(self.officer, "approver"), [])

    def test_the_higher_body_is_proposed_first(self):
        """B3: practice 1: allowed and proposed first; the one complained of is not proposed."""
        questions = self.ticket.question_ids
        questions[0].competent_body_id = self.office
        questions.create({"ticket_id": self.ticket.id, "text": "б"}).competent_body_id = self.agency
        self.assertEqual(self.ticket._proposed_addressees().ids, [self.ministry.id, self.agency.id])
        self.assertIn("Министерство", self.ticket.complaint_hint)
        self.ticket.complaint_against_id = self.ministry
        self.assertNotIn("Управление", self.ticket.complaint_hint)

    def test_nobody_complained_of(self):
        self.ticket.complaint_against_id = False
        self.assertEqual(self._found(self.office), [])
        self.assertFalse(self.ticket.complaint_hint)

    def test_no_body_over_itself(self):
        with self.assertRaises(ValidationError):
            self.ministry.hotline_higher_id = self.branch

    def test_a_cycle_in_the_data_ends(self):
        """Bad data imported past the constraint does not hang the act."""
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET hotline_higher_id = %s WHERE id = %s",
            (self.branch.id, self.ministry.id),
        )
        self.env.invalidate_all()
        self.assertEqual(self._found(self.agency), [])
        self.assertTrue(self.ticket._proposed_addressees())


@tagged("post_install", "-at_install")
class TestAnswerRules(HotlineCommon):
    """B3: ANS-SIGN, ANS-FORM and SELF-NO when an answer is given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.today = cls.ticket.registered_on
        cls.head = cls.env["hotline.authority"].create(
            {"name": "Кузнецов В. А.", "position": "Начальник", "user_id": cls.approver.id}
        )

    def test_signed_by_authority(self):
        answer = self._answer(self.ticket, authority_id=self.head.id)
        self.assertRecordValues(
            answer,
            [
                {
                    "state": "given",
                    "signer_name": "Кузнецов В. А.",
                    "signer_authority": "Начальник",
                    "signed_on": self.today,
                }
            ],
        )

    def test_an_authority_that_ended_or_has_no_right(self):
        """B3: ANS-SIGN: blocked whoever asks and with whatever reason."""
        for vals in (
            {"valid_to": self.today - timedelta(days=1)},
            {"may_sign": False, "may_resolve": True},
        ):
            self.head.write(vals)
            ticket = self.ticket.with_context(hotline_reason="Начальник в отпуске")
            with self.subTest(vals), self.assertRaises(UserError), self.env.cr.savepoint():
                self._answer(ticket, authority_id=self.head.id)

    def test_a_typed_name_beside_a_directory(self):
        """B3: where the body keeps a directory, a name past it wants a written reason."""
        self.ticket.question_ids.outcome_id = self.supported
        answer = (
            self.env["hotline.answer"]
            .with_user(self.officer)
            .create(
                {
                    "ticket_id": self.ticket.id,
                    "text": "Отопление восстановлено.",
                    "outgoing_number": "15-04/1",
                    "outgoing_date": self.today,
                    "signer_name": "Неизвестный",
                }
            )
        )
        with self.assertRaises(ReasonNeededError):
            answer.action_give()
        answer.with_context(hotline_reason="Подписал заместитель губернатора").action_give()
        self.assertEqual(answer.state, "given")
        self.assertEqual(self.ticket.override_ids.rule_code, "SIGN-AUTH")

    def test_not_by_whom_the_complaint_is_about(self):
        """B3: the signer is the one complained of: block."""
        self.ticket.complaint_against_id = self.approver.partner_id
        with self.assertRaises(UserError):
            self._answer(self.ticket, authority_id=self.head.id)

    def test_no_address_for_the_road(self):
        """B3: ANS-FORM blocks, the way out names another road."""
        for channel in ("email", "portal"):
            with self.subTest(channel), self.assertRaises(UserError), self.env.cr.savepoint():
                self._answer(self.ticket, channel=channel, authority_id=self.head.id)

    def test_the_road_proposed_is_the_one_it_came(self):
        """B3: paper is answered by post, an electronic appeal electronically."""
        Answer = self.env["hotline.answer"].with_user(self.officer)
        text = {"text": "Ответ"}
        self.assertEqual(Answer.create({"ticket_id": self.ticket.id, **text}).channel, "post")
        site = self._registered(
            kind="message", origin="site", applicant_email="a@example.com", partner_id=False
        )
        self.assertEqual(Answer.create({"ticket_id": site.id, **text}).channel, "email")
        call = self._registered(
            kind="message", origin="phone", applicant_address=False, applicant_phone="89135550101"
        )
        self.assertEqual(Answer.create({"ticket_id": call.id, **text}).channel, "phone")
