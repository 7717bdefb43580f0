from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import ROLES, HotlineCommon


@tagged("post_install", "-at_install")
class TestSettingsAdministrator(HotlineCommon):
    """The hotline's administrator sets the hotline, who is no administrator of the system."""

    def setUp(self):
        super().setUp()
        self.assertFalse(self.administrator.has_group("base.group_system"))
        self.settings = self.env["res.config.settings"].with_user(self.administrator)

    def test_the_form(self):
        """A1: the hotline's part alone; what was changed is saved, parameters and body."""
        view = self.settings.get_view(view_type="form")
        self.assertIn('name="gov_hotline"', view["arch"])
        self.assertEqual(view["arch"].count("<app "), 1)
        asked = self.settings.onchange({}, [], {"display_name": {}, "hotline_lock_minutes": {}})
        self.assertTrue(asked["value"]["display_name"])  # what the client asks beside the form's
        with Form(self.settings) as page:
            page.hotline_lock_minutes = 7
            page.hotline_draft_days = 12
            page.hotline_reminder_days = "5, 1"
            page.hotline_sms_provider = "http"
            page.hotline_sms_url = "https://sms.body.example"
        page.record.execute()
        self.assertEqual(self.operator._hotline_lock_seconds(), 7 * 60)
        self.assertEqual(self.env["helpdesk.ticket"]._draft_days(), 12)
        company = self.env.company
        self.assertEqual(company.hotline_reminder_days, "5, 1")
        self.assertEqual(company.hotline_sms_url, "https://sms.body.example")
        again = self.settings.create({})
        self.assertEqual((again.hotline_lock_minutes, again.hotline_draft_days), (7, 12))

    def test_its_limits_hold(self):
        """A1: the checks of the settings are for this administrator too."""
        with self.assertRaises(ValidationError):
            self.settings.create({"hotline_lock_minutes": 0})

    def test_nothing_else(self):
        """A1: by RPC neither another body, a group or module, nor the system's parameters."""
        other = self.env["res.company"].create({"name": "Чужой орган"})
        names = [n for n in self.settings._fields if n.startswith(("group_", "module_"))]
        self.assertTrue(names)
        for name in names:
            with self.assertRaises(AccessError):
                self.settings.create({name: True})
            made = self.settings.with_context(**{f"default_{name}": True}).create({})
            with self.assertRaises(AccessError):
                made.read([name])
            with self.assertRaises(AccessError):
                made.write({name: True})
            with self.assertRaises(AccessError):
                made.set_values()
        made = self.settings.create({"company_id": other.id, "hotline_closes_at": 17})
        self.assertEqual(made.company_id, self.env.company)
        self.assertFalse(set(names) & set(self.settings.fields_get()))
        for model in ("ir.config_parameter", "res.company"):
            self.assertFalse(self.env[model].with_user(self.administrator).has_access("write"))

    def test_other_roles(self):
        """A1: nobody else opens or sets it; the menu is the administrator's."""
        menu = self.env.ref("gov_hotline.menu_settings")
        for role in ROLES:
            user = getattr(self, role)
            seen = menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(seen, role == "administrator", role)
            if role != "administrator":
                with self.assertRaises(AccessError):
                    self.env["res.config.settings"].with_user(user).create({})
