from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import ROLES, HotlineCommon

READERS = {"officer", "administrator", "auditor"}


@tagged("post_install", "-at_install")
class TestIncomingMailRoles(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mail = cls.env["hotline.incoming.mail"]._create_by_act(
            {"company_id": cls.env.company.id, "raw_sha256": "0" * 64, "subject": "Ответ"}
        )

    def test_who_reads(self):
        """B4: incoming mail is read by officers and the auditor, by nobody else."""
        for role in ROLES:
            mail = self.mail.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.assertEqual(mail.has_access("read"), role in READERS)

    def test_nobody_changes_what_came(self):
        """B4: what came in is not changed, made or deleted by hand."""
        for role in sorted(READERS):
            mail = self.mail.with_user(getattr(self, role))
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    mail.write({"body": "другое"})
                with self.assertRaises(AccessError):
                    mail.unlink()
                with self.assertRaises(AccessError):
                    mail.create({"company_id": mail.company_id.id, "raw_sha256": "1" * 64})

    def test_menu(self):
        """B4: the menu stands where the role may read."""
        menu = self.env.ref("gov_hotline_channels.menu_incoming_mail")
        for role in ROLES:
            seen = self.env["ir.ui.menu"].with_user(getattr(self, role))._visible_menu_ids()
            with self.subTest(role=role):
                self.assertEqual(menu.id in seen, role in READERS)
