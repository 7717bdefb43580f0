from odoo.tests import tagged

from .common import ROLES, HotlineCommon


@tagged("post_install", "-at_install")
class TestMenuBar(HotlineCommon):
    def test_order_of_the_bar(self):
        """B4: the bar has one order for all roles; an auditor's first screen is the journal."""
        order = self.env["ir.ui.menu"].search([("parent_id", "=", self._root().id)]).ids
        for role in ROLES:
            bar = self._bar(getattr(self, role))
            with self.subTest(role=role):
                self.assertEqual(bar.ids, [one for one in order if one in bar.ids])
        self.assertEqual(self._bar(self.auditor)[0], self.env.ref("gov_hotline.menu_audit"))
        sequences = self.env["ir.ui.menu"].browse(order).mapped("sequence")
        self.assertEqual(len(sequences), len(set(sequences)), "two sections share a place")

    def _root(self):
        return self.env.ref("gov_hotline.menu_root")

    def _bar(self, user):
        """Return the sections of the main menu that `user` sees, in the bar's order."""
        ids = set(self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
        return self._root().child_id.filtered(lambda menu: menu.id in ids).sorted("sequence")
