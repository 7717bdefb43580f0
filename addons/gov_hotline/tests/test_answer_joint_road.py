from lxml import etree

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..domain import approval
from .test_answer_joint import JointCommon


@tagged("post_install", "-at_install")
class TestAnswerJointRoad(JointCommon):
    """The way of every letter is asked about; who reads sees the letter, not its names."""

    def test_the_road_of_every_letter(self):
        """B3: ANS-FORM: paper answered by e-mail wants a written reason for each letter."""
        for case in (self.first, self.second):
            case.sudo().applicant_email = "same@example.test"
        lead = self._joint(self.second)
        letter = lead.companion_ids
        letter.channel = "email"
        self.assertIn("почт", letter.with_context(lang="ru_RU").lacking)
        warned = self._warned(lead.action_give)
        self.assertEqual(len(warned), 1)
        self.assertIn(self.second.number, *warned.values())
        lead.channel = "email"
        both = self._warned(lead.action_give)
        self.assertEqual(len(both), 2)
        reasons = {key: f"Заявитель просил письмо на почту: {n}" for n, key in enumerate(both)}
        for pair in reasons.items():  # one applicant's wish is no reason for the other's letter
            self._warned(lead.with_context(hotline_reasons=dict([pair])).action_give)
        wizard = self.env["hotline.reason.wizard"].with_user(self.officer)
        wizard = wizard.create(
            {
                "res_model": lead._name,
                "res_ids": f"[{lead.id}]",
                "method": "action_give",
                "line_ids": [
                    Command.create({"key": key, "warning": both[key], "reason": reasons[key]})
                    for key in both
                ],
            }
        )
        wizard.action_confirm()
        self.assertEqual({lead.state, letter.state}, {approval.GIVEN})
        first, second = lead.ticket_id, letter.ticket_id  # as the officer
        for case, answer in ((first, lead), (second, letter)):
            self.assertRecordValues(
                case.override_ids,
                [{"rule_code": "ANS-FORM", "subject": f"hotline.answer,{answer.id}"}],
            )
        self.assertNotEqual(first.override_ids.reason, second.override_ids.reason)

    def test_a_written_appeal_is_not_told_the_answer(self):
        """B3: ANS-FORM: no reason lets one letter of several be told by telephone."""
        lead = self._joint()
        lead.companion_ids[0].channel = "phone"
        reasoned = lead.with_context(hotline_reason="Заявитель просил позвонить")
        self._refused(reasoned.action_give, lead.companion_ids[0].case_number)
        self.assertEqual(set((lead | lead.companion_ids).mapped("state")), {approval.DRAFT})

    def test_sending_asks_for_every_letter(self):
        """B3: ANS-FORM: asked before approval too, and not twice."""
        self.route.active = True
        self.second.sudo().applicant_email = "same@example.test"
        lead = self._joint()
        letter = lead.companion_ids.filtered(lambda one: one.ticket_id == self.second)
        letter.channel = "email"
        warned = self._warned(lead.action_send_for_approval)
        self.assertIn(self.second.number, *warned.values())
        reasons = dict.fromkeys(warned, "Заявитель просил письмо на почту")
        lead.with_context(hotline_reasons=reasons).action_send_for_approval()
        self.assertEqual(lead.state, approval.APPROVAL)
        self.assertEqual(letter.ticket_id.override_ids.rule_code, "ANS-FORM")
        self.assertFalse(letter._without_reason(letter._road_problems()))

    def test_who_sees_the_names_in_braces(self):
        """The officer writes the common text; whoever approves reads the letter itself."""
        lead = self._joint()
        for role, is_author in (("officer", True), ("approver", False)):
            with self.subTest(role):
                self.env.invalidate_all()
                form = Form(lead.with_user(getattr(self, role)))
                self.assertEqual(form._get_modifier("text", "invisible"), is_author)
                self.assertEqual(form._get_modifier("common_text", "invisible"), not is_author)

    def test_one_button_for_numbers(self):
        """A joint answer numbers all its letters by the button of its own."""
        view = (
            self.env["hotline.answer"]
            .with_user(self.officer)
            .get_view(self.env.ref("gov_hotline.hotline_answer_view_form").id, "form")
        )
        tree = etree.fromstring(view["arch"])
        shown = {
            state: [
                button.get("string")
                for button in tree.xpath("//button[@name='action_number']")
                if not self._is_hidden(button, state)
            ]
            for state in (True, False)
        }
        self.assertEqual([len(shown[True]), len(shown[False])], [1, 1])
        self.assertNotEqual(shown[True], shown[False])

    def _is_hidden(self, node, is_joint):
        facts = {"is_joint": is_joint, "state": "draft", "can_edit": True}
        facts |= {"outgoing_number": False, "lead_id": False}
        chain = [node, *node.iterancestors()]
        return any(safe_eval(one.get("invisible") or "False", facts) for one in chain)
