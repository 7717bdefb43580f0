from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gov_hotline.models.reasons import ReasonNeededError

from .acts_common import ActsCommon
from .assignment_common import AssignmentCommon
from .common import ROLES, HotlineCommon
from .test_life_grounds import GroundCommon

REASON = "Решение руководителя в деле, письмо отправлено вчера"


@tagged("post_install", "-at_install")
class TestClosingRules(GroundCommon):
    """B3: what keeps a case open, each by a rule of the table."""

    def _decided(self, **vals):
        ticket = self._case_of("Вопрос", **vals)
        ticket.question_ids.outcome_id = self.supported
        return ticket

    def test_no_answer_names_the_rule_of_its_kind(self):
        """MAIN-30: article 10 is for appeals; a request names 8-FZ, a message no law."""
        for kind, article in (("appeal_59", "ст. 10"), ("request_8fz", "8-ФЗ")):
            with self.subTest(kind), self.assertRaisesRegex(UserError, article):
                self._decided(kind=kind).action_close()
        with self.assertRaises(UserError) as caught:
            self._decided(kind="message", origin="phone").action_close()
        self.assertNotIn("59-ФЗ", str(caught.exception))

    def test_own_part_of_the_head_is_answered(self):
        """MIG-20: forwarded to the interior body, our own part is answered all the same."""
        self.env.company.hotline_serves_head = True
        ticket = self._case_of("О нелегальном общежитии", migration_facts=True)
        self._resolve(ticket, self.other_body)
        with self.assertRaisesRegex(UserError, "ч. 1.1 ст. 12"), self.env.cr.savepoint():
            ticket.action_close()
        self._answer(ticket)
        self._close(ticket)
        self.assertTrue(ticket.is_final)

    def test_migration_elsewhere_is_forwarded(self):
        """MIG-20: a body that serves no head of a region owes no answer of its own."""
        ticket = self._case_of("О нелегальном общежитии", migration_facts=True)
        self._resolve(ticket, self.other_body | self._agency("Губернатор", kind="other_body"))
        self._close(ticket)
        self.assertEqual(ticket.state, "forwarded")

    def test_what_came_by_email_is_not_closed_unexplained(self):
        """HOWTO-3: a reason, or the notice; an archived term switches the rule off."""
        ticket = self._decided(kind="message", origin="email", applicant_email="a@example.com")
        self._answer(ticket, channel="email")
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            ticket.action_close()
        self._issue(ticket.notice_ids)
        ticket.action_close()
        self.assertFalse(ticket.override_ids)
        self.env.ref("gov_hotline.term_howto_3").active = False
        other = self._decided(kind="message", origin="email", applicant_email="a@example.com")
        self._answer(other, channel="email", outgoing_number="2")
        self._close(other)

    def test_late_without_its_cause(self):
        """LATE, practice 14: the cause is written down, or why not; the reason is kept once."""
        ticket = self._decided()
        self._answer(ticket)
        late = ticket.registered_on - timedelta(days=3)
        ticket.deadline_ids.sudo().filtered("is_main").write({"due_on": late})
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            ticket.action_close()
        ticket.action_override("LATE", REASON)
        ticket.action_close()
        self.assertEqual(ticket.override_ids.mapped("rule_code"), ["LATE"])

    def test_filed_again_names_the_earlier_appeal(self):
        """RESUB: a warning; the way out is the link, made in the dialog of the ground."""
        earlier = self._closed()
        ticket = self._case_of("Снова")
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            self._state(ticket.question_ids, "resubmitted")
        dialog = (
            self.env["hotline.ground.statement"]
            .with_user(self.officer)
            .create(
                {
                    "ticket_id": ticket.id,
                    "question_ids": ticket.question_ids.ids,
                    "ground_id": self._ground("resubmitted", ticket).id,
                    "earlier_case_id": earlier.id,
                }
            )
        )
        self.assertTrue(dialog.is_resubmission)
        dialog.action_state()
        self.assertEqual(ticket.repetition, "resubmission")
        self._answer(ticket, outgoing_number="9")
        ticket.question_ids.outcome_id = self.supported
        ticket.action_close()
        self.assertFalse(ticket.override_ids)

    def test_filed_again_with_the_switch_on(self):
        """RESUB, C5: made a block it is stated with the link alone."""
        self.env.ref("gov_hotline.rule_resub").with_user(self.administrator).strictness = "block"
        questions = self._case_of("Снова").question_ids.with_context(hotline_reason=REASON)
        with self.assertRaisesRegex(UserError, "ч. 7 ст. 11"):
            self._state(questions, "resubmitted")

    def test_who_is_complained_of_decides_nothing(self):
        """SELF-NO: nor states a ground, nor signs the notice of it."""
        official = self.env["res.partner"].create({"name": "Кузнецов В. А."})
        self.authority.partner_id = official
        ticket = self._case_of("Брань", complaint_against_id=official.id)
        with self.assertRaisesRegex(UserError, "ч. 6 ст. 8"), self.env.cr.savepoint():
            self._state(ticket.question_ids, "obscene", **self._decision())
        with self.assertRaisesRegex(UserError, "ч. 6 ст. 8"):
            self._issue(ticket._new_notice("registration"))


@tagged("post_install", "-at_install")
class TestSignerRules(ActsCommon):
    """SIGN-AUTH and SELF-NO: who signs."""

    def _typed(self, **vals):
        ticket = self._case()
        ticket.question_ids.outcome_id = self.supported
        values = {
            "ticket_id": ticket.id,
            "text": "Отопление восстановлено.",
            "outgoing_number": "15-04/1",
            "outgoing_date": ticket.registered_on,
            "signer_name": "Неизвестный И. И.",
        }
        return self.env["hotline.answer"].with_user(self.officer).create({**values, **vals})

    def test_a_typed_name_without_any_directory(self):
        """SIGN-AUTH: warned of from the first answer on, the reason stays in the case."""
        self.head.active = False
        answer = self._typed()
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            answer.action_give()
        answer.with_context(hotline_reason=REASON).action_give()
        self.assertEqual(answer.state, "given")
        self.assertEqual(answer.ticket_id.override_ids.rule_code, "SIGN-AUTH")

    def test_a_typed_name_with_the_switch_on(self):
        """SIGN-AUTH, C5: a block by the body's setting, whatever the reason."""
        rule = self.env.ref("gov_hotline.rule_sign_auth").with_user(self.administrator)
        rule.strictness = "block"
        answer = self._typed()
        with self.assertRaisesRegex(UserError, "ст. 10") as caught:
            answer.with_context(hotline_reason=REASON).action_give()
        self.assertNotIsInstance(caught.exception, ReasonNeededError)

    def test_a_typed_name_of_the_directory(self):
        """SIGN-AUTH: typed as it stands in the directory it is that authority's."""
        answer = self._typed(signer_name=self.head.name)
        answer.action_give()
        self.assertFalse(answer.ticket_id.override_ids)

    def test_a_subordinate_extends_with_a_reason(self):
        """SELF-SUB: the hierarchy counts for an extension too; the reason is kept."""
        body = self.env["res.partner"].create(
            {"name": "Министерство", "hotline_kind": "agency", "is_company": True}
        )
        self.approver.partner_id.hotline_higher_id = body
        ticket = self._case(complaint_against_id=body.id)
        one = self._extension(ticket)
        one.action_propose()
        sign = one.with_user(self.approver)
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            sign.action_sign()
        sign.with_context(hotline_reason=REASON).action_sign()
        self.assertEqual(one.state, "decided")
        self.assertIn("SELF-SUB", ticket.override_ids.mapped("rule_code"))

    def test_the_window_asks_for_each_warning(self):
        """B3: two warnings, two reasons; what is met later is added to the same window."""
        body = self.env["res.partner"].create({"name": "Министерство", "is_company": True})
        self.head.partner_id.hotline_higher_id = body
        answer = self._typed(authority_id=self.head.id)
        answer.ticket_id.complaint_against_id = body
        self.env.ref("gov_hotline.rule_ans_sign")
        with self.assertRaises(ReasonNeededError) as caught, self.env.cr.savepoint():
            answer.action_give()
        warnings = caught.exception.context["hotline_warnings"]
        wizard = self.env["hotline.reason.wizard"].with_user(self.officer)
        lines = [(0, 0, {"key": key, "warning": words}) for key, words in warnings]
        vals = {"res_model": answer._name, "res_ids": f"[{answer.id}]", "method": "action_give"}
        with self.assertRaises(UserError):
            wizard.create({**vals, "line_ids": lines}).action_confirm()
        other = wizard.create(
            {**vals, "line_ids": [(0, 0, {"key": "другое", "warning": "x", "reason": REASON})]}
        )
        again = other.action_confirm()
        self.assertEqual((again["res_model"], again["res_id"]), (other._name, other.id))
        self.assertEqual(answer.state, "draft")
        other.line_ids[-1].reason = REASON
        other.action_confirm()
        self.assertEqual(answer.state, "given")
        self.assertRecordValues(
            answer.ticket_id.override_ids,
            [{"rule_code": "SELF-SUB", "reason": REASON, "warning": warnings[0][1]}],
        )


@tagged("post_install", "-at_install")
class TestForwardingRules(AssignmentCommon):
    """CONF and ASK-RES: what an organisation is told, what another body owes us."""

    def test_an_organisation_is_not_told_of_the_citizen(self):
        """CONF: blocked without consent; without personal data, or with the tick, it goes."""
        company = self._agency("УК «Уют»", kind="organisation")
        for vals, passes in (
            ({"pd_mode": "full"}, False),
            ({"pd_mode": "link_only"}, False),
            ({"pd_mode": "full", "pd_consent": True}, True),
            ({"pd_mode": "no_personal_data"}, True),
        ):
            case = self._case()
            line = {"partner_id": company.id, "addressee_kind": "organisation", **vals}
            with self.subTest(vals):
                if passes:
                    self._resolve(case, company, line_ids=[(0, 0, line)])
                    self.assertEqual(case.assignment_ids.state, "sent")
                    continue
                with self.assertRaisesRegex(UserError, "ст. 6"), self.env.cr.savepoint():
                    self._resolve(case, company, line_ids=[(0, 0, line)])

    def _late(self, **vals):
        """Return a forwarding whose control date has passed."""
        case = self._case()
        letter = self._resolve(case, self.other_body, **vals)
        letter.sudo()._set(control_on=self.today - timedelta(days=4))
        return letter

    def test_an_overdue_result_is_seen(self):
        """ASK-RES: in the list of assignments, red, until it comes; nobody waits for others."""
        letter, other = self._late(ask_result=True), self._late()
        Assignment = self.env["hotline.assignment"].with_user(self.officer)
        for name in ("is_result_overdue", "is_waiting", "is_overdue"):
            found = Assignment.search([(name, "=", True), ("id", "in", (letter | other).ids)])
            self.assertEqual(found, letter, name)
        row = letter.with_user(self.officer).with_context(lang="ru_RU")
        self.assertRecordValues(row, [{"due_level": "danger", "is_result_overdue": True}])
        self.assertIn("результат", row.due_text.lower())
        self.assertFalse(other.due_text)
        self.assertIn("action_result_came", [act["method"] for act in row.acts])

    def test_closing_with_an_overdue_result(self):
        """ASK-RES: a warning with a reason."""
        case = self._late(ask_result=True).ticket_id.with_user(self.officer)
        self._let_leave(case)
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            case.action_close()
        case.with_context(hotline_reason=REASON).action_close()
        self.assertEqual(case.override_ids.rule_code, "ASK-RES")

    def test_the_result_comes_after_closing(self):
        """ASK-RES, practice 15: noted by the officer alone, also when the case has ended."""
        letter = self._late(ask_result=True)
        letter.ticket_id.with_user(self.officer).with_context(hotline_reason=REASON).action_close()
        for role in set(ROLES) - {"officer", "administrator"}:
            with self.subTest(role), self.assertRaises(AccessError):
                letter.with_user(getattr(self, role)).action_result_came()
        letter.with_user(self.officer).action_result_came()
        self.env.flush_all()
        self.assertRecordValues(
            letter, [{"result_on": self.today, "is_result_overdue": False, "is_waiting": False}]
        )
        with self.assertRaises(UserError):
            letter.with_user(self.officer).action_result_came()
        line = self.env["hotline.journal"].search([], limit=1, order="id desc")
        self.assertEqual(line.event, "assignment_result_came")


@tagged("post_install", "-at_install")
class TestFirstTurn(HotlineCommon):
    def setUp(self):
        super().setUp()
        noon = fields.Datetime.now().replace(hour=9, minute=0)  # of one day all of them are
        frozen = freeze_time(noon)
        frozen.start()
        self.addCleanup(frozen.stop)

    def _book(self, minutes, **vals):
        at = fields.Datetime.now() + timedelta(minutes=minutes)
        values = {
            "held_at": at,
            "duration": 0.1,
            "official_name": "Кузнецов В. А., глава",
            "partner_id": self.citizen.id,
            "content": "Светофор",
            "document_kind": "passport",
            "document_checked": True,
            "result": "oral",
            "oral_agreed": True,
            "oral_answer": "Разъяснено.",
        }
        Reception = self.env["hotline.reception"].with_user(self.operator)
        return Reception.create({**values, **vals}).with_user(self.officer)

    def test_first_turn_is_not_passed_over(self):
        """RCP-PRI (art. 13 p. 7): who has come with the right waits: a written reason."""
        hero = {"category_id": self.env.ref("gov_hotline.reception_category_heroes").id}
        first, other = self._book(-2, **hero), self._book(-20)
        self._book(-30).action_hold()  # the hour has come, the hero has not
        first.with_user(self.operator).has_come = True
        with self.assertRaisesRegex(UserError, "ч. 7 ст. 13"), self.env.cr.savepoint():
            other.action_hold()
        other.departure_reason = "Герой попросил принять его позже"
        other.action_hold()
        first.action_hold()
        self._book(-40).action_hold()
