from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestBaseTierValidationRepairs(HotlineCommon):
    """Faults of base_tier_validation that we close."""

    def test_reviews_are_not_public(self):
        """Without our access lines visitors and citizens read who approves what, and comments."""
        citizen = new_test_user(self.env, login="citizen_tier", groups="base.group_portal")
        for user in (self.env.ref("base.public_user"), citizen):
            for model in ("tier.review", "tier.definition"):
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_reviews_of_answers_change_by_acts_alone(self):
        """Without our guard any employee approves any step by writing or deleting its review."""
        plain = new_test_user(self.env, login="plain_tier", groups="base.group_user")
        vals = {"model": "hotline.answer", "res_id": 1, "status": "approved"}
        other = self.env["tier.review"].with_user(plain).create({"model": "x.y", "res_id": 1})
        for user in (plain, self.officer, self.approver, self.administrator):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env["tier.review"].with_user(user).create(vals)
                with self.assertRaises(AccessError):
                    other.with_user(user).write(vals)
        self.env.cr.execute(
            "UPDATE tier_review SET model = 'hotline.answer' WHERE id = %s", [other.id]
        )
        other.invalidate_recordset()
        self.assertFalse(other.with_user(plain).has_access("read"))
        self.assertTrue(other.with_user(self.approver).has_access("read"))
        for user in (self.officer, self.administrator):
            with self.assertRaises(AccessError):
                other.with_user(user).status = "approved"
            with self.assertRaises(AccessError):
                other.with_user(user).unlink()
