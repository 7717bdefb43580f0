from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon


@tagged("post_install", "-at_install")
class TestMenu(HotlineCommon):
    def test_the_approvers_bar_is_not_overfull(self):
        """B4: the knowledge base of an approver stands among the directories, not under «＋»."""
        section = self.env.ref("gov_hotline_kb.menu_knowledge").id
        entry = self.env.ref("gov_hotline_kb.menu_knowledge_directory").id
        for role in ("operator", "officer", "supervisor", "executor", "auditor", "press"):
            self.assertIn(section, self._menus(role), role)
            self.assertNotIn(entry, self._menus(role), role)
        self.assertNotIn(section, self._menus("approver"))
        self.assertIn(entry, self._menus("approver"))

    def test_knowledge_stays_on_the_bar(self):
        """A2: on a full bar reports and directories go under «＋» before the knowledge base."""
        section = self.env.ref("gov_hotline_kb.menu_knowledge")
        for name in ("menu_reports", "menu_directories", "menu_configuration"):
            self.assertLess(section.sequence, self.env.ref(f"gov_hotline.{name}").sequence)

    def _menus(self, role):
        return self.env["ir.ui.menu"].with_user(getattr(self, role))._visible_menu_ids()
