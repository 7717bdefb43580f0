from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.gov_hotline.domain.problems import BLOCK, WARN, Problem
from odoo.addons.gov_hotline.domain.strictness import key
from odoo.addons.gov_hotline.models.reasons import ReasonNeededError

from .common import ROLES, HotlineCommon

REASON = "Адресат указан прокуратурой"


@tagged("post_install", "-at_install")
class TestEnforce(HotlineCommon):
    """B3: blocks and warnings of the rule table, strictness by practice 13."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.warning = Problem("no_addressee", "ч. 4 ст. 8 59-ФЗ", WARN, rule="COPY-7")
        cls.copy_7 = cls.env.ref("gov_hotline.rule_copy_7")
        cls.fwd_7 = cls.env.ref("gov_hotline.rule_fwd_7")

    def test_a_block_names_article_and_way_out(self):
        """B3: all blocks in one message, each with its article and the way out."""
        blocks = [
            Problem("no_signer", "ч. 3 ст. 10 59-ФЗ", rule="ANS-SIGN", way_out="choose_signer"),
            Problem("no_text", "ч. 3 ст. 8 59-ФЗ", rule="FWD-7", way_out="write_text"),
        ]
        with self.assertRaises(UserError) as caught:
            self.ticket.with_context(hotline_reason=REASON, lang="ru_RU")._enforce(blocks)
        for words in ("ст. 10", "ч. 3 ст. 8", "Полномочия"):
            self.assertIn(words, str(caught.exception))
        self.assertFalse(self.ticket.override_ids)

    def test_a_warning_asks_a_reason(self):
        """B3: a remembered rule stops the act until a reason is written."""
        with self.assertRaises(ReasonNeededError) as caught:
            self.ticket._enforce([self.warning])
        self.assertIn("ч. 4 ст. 8", str(caught.exception))
        self.assertEqual(len(caught.exception.context["hotline_warnings"]), 1)

    def _pair(self):
        """Return two warnings of two rules."""
        return [self.warning, Problem("refused", "ч. 1 ст. 9 59-ФЗ", WARN, rule="ACCEPT")]

    def test_each_warning_has_its_own_reason(self):
        """B3: two warnings of one act: two reasons, each recorded with the warning's words."""
        reasons = {key(one): f"{REASON}: {one.rule}" for one in self._pair()}
        half = dict(list(reasons.items())[:1])
        with self.assertRaises(ReasonNeededError):
            self.ticket.with_context(hotline_reasons=half)._enforce(self._pair())
        self.ticket.with_context(hotline_reasons=reasons)._enforce(self._pair())
        found = {one.rule_code: one.reason for one in self.ticket.override_ids}
        self.assertEqual(found, {"COPY-7": f"{REASON}: COPY-7", "ACCEPT": f"{REASON}: ACCEPT"})
        self.assertTrue(all("ст." in one.warning for one in self.ticket.override_ids))
        self.ticket._enforce(self._pair())

    def test_one_rule_two_warnings(self):
        """B3: a reason for one subordinate is none for another."""
        one, two = (
            Problem("self_sub_signer", "ст. 8", WARN, (), "SELF-SUB", "", {"who": who})
            for who in ("Орлов", "Ветров")
        )
        self.ticket.with_context(hotline_reason=REASON)._enforce([one])
        with self.assertRaises(ReasonNeededError) as caught:
            self.ticket._enforce([one, two])
        ((_key, words),) = caught.exception.context["hotline_warnings"]
        self.assertIn("Ветров", words)
        self.ticket.action_override("SELF-SUB", REASON)
        self.ticket._enforce([one, two])

    def test_a_reason_is_recorded_with_the_act(self):
        self.ticket.with_context(hotline_reason=REASON)._enforce([self.warning], "x.y,1")
        override = self.ticket.override_ids
        self.assertRecordValues(
            override,
            [
                {
                    "rule_code": "COPY-7",
                    "reason": REASON,
                    "subject": "x.y,1",
                    "user_id": self.officer.id,
                }
            ],
        )
        self.ticket._enforce([self.warning], "x.y,1")
        with self.assertRaises(ReasonNeededError):
            self.ticket._enforce([self.warning], "x.y,2")
        line = self.env["hotline.journal"].search([("event", "=", "override")], limit=1)
        self.assertEqual((line.res_ref, line.user_ref), (self.ticket.id, self.officer.id))
        self.assertNotIn(REASON, line.payload)

    def test_a_dot_is_no_reason(self):
        for reason in ("", ".", "         ."):
            with self.subTest(reason), self.assertRaises(UserError), self.env.cr.savepoint():
                self.ticket.with_context(hotline_reason=reason)._enforce([self.warning])

    def test_who_may_depart(self):
        """B3: the officer and the administrator; the operator and the readers may not."""
        for role in ROLES:
            ticket = self.ticket.with_user(getattr(self, role))
            act = ticket.action_override
            if role in ("officer", "administrator"):
                act("COPY-7", REASON, f"x,{role}")
                continue
            with self.subTest(role), self.assertRaises(AccessError):
                act("COPY-7", REASON)
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.operator).with_context(hotline_reason=REASON)._enforce(
                [self.warning]
            )

    def test_a_block_is_not_departed_from(self):
        for code in ("FWD-7", "NO-SUCH-RULE"):
            with self.subTest(code), self.assertRaises(UserError):
                self.ticket.action_override(code, REASON)

    def test_a_switch_makes_a_warning_a_block_and_back(self):
        """B3, C5: practice 13: a remembered rule becomes a block by a setting."""
        rule = self.copy_7.with_user(self.administrator)
        rule.strictness = BLOCK
        self.assertTrue(rule.is_tightened)
        with self.assertRaises(UserError):
            self.ticket.with_context(hotline_reason=REASON)._enforce([self.warning])
        self.assertIn("ч. 4 ст. 8", self.ticket._why_blocked([self.warning]))
        rule.strictness = WARN
        self.assertFalse(self.ticket._why_blocked([self.warning]))
        self.ticket.with_context(hotline_reason=REASON)._enforce([self.warning])
        events = self.env["hotline.journal"].search([("event", "=", "rule_strictness")])
        self.assertEqual(len(events), 2)

    def test_a_read_block_is_not_weakened(self):
        """B3: practice 13: what the law says plainly stays a block."""
        rule = self.fwd_7.with_user(self.administrator)
        with self.assertRaises(ValidationError):
            rule.strictness = WARN
        for vals in ({"shipped": WARN}, {"source": "practice"}, {"active": False}):
            with self.subTest(vals), self.assertRaises(AccessError):
                rule.write(vals)
        with self.assertRaises(AccessError):
            rule.unlink()
        self.assertEqual(self.fwd_7.strictness, BLOCK)

    def test_rules_are_the_administrators(self):
        for role in ROLES:
            rule = self.copy_7.with_user(getattr(self, role))
            may = role == "administrator"
            self.assertEqual(rule.has_access("write"), may, role)
            self.assertEqual(rule.has_access("read"), may or role == "auditor", role)

    def test_every_rule_has_article_and_way_out(self):
        """B3: each row of the table says which article and what to do instead."""
        for rule in self.env["hotline.rule"].search([]):
            self.assertTrue(rule.article and rule.way_out, rule.code)

    def test_a_departure_is_never_rewritten(self):
        self.ticket.with_context(hotline_reason=REASON)._enforce([self.warning])
        override = self.ticket.override_ids.sudo()
        with self.assertRaises(UserError):
            override.reason = "Совсем другая причина"
        with self.assertRaises(UserError):
            override.unlink()
        for role in ROLES:
            Override = self.env["hotline.override"].with_user(getattr(self, role))
            reads = role in ("officer", "administrator", "supervisor", "auditor")
            self.assertEqual(Override.has_access("read"), reads, role)
            self.assertFalse(Override.has_access("create"), role)

    def test_registration_follows_the_switch(self):
        """B3: a warning of intake is shown and kept; made a block it stops the registration."""
        draft = self._draft(applicant_given_name=False)
        self.assertTrue(draft.action_register()["warnings"])
        self.env.ref("gov_hotline.rule_req_w").with_user(self.administrator).strictness = BLOCK
        with self.assertRaisesRegex(UserError, "ст. 7"):
            self._draft(applicant_given_name=False).action_register()
        with self.assertRaises(UserError):
            self._draft(applicant_given_name=False).with_context(
                hotline_reason=REASON
            ).action_register()
