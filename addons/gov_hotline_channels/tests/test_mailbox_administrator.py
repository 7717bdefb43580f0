from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gov_hotline.tests.common import ROLES
from odoo.addons.mail.models.fetchmail import FetchmailServer

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestMailboxAdministrator(IncomingCommon):
    """E1: the hotline's administrator connects its mailboxes, nobody else's, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env.ref("gov_hotline_channels.fetchmail_server_action")
        cls.model = cls.env.ref("gov_hotline_channels.model_hotline_incoming_mail")

    def _servers(self, user):
        context = {"default_object_id": self.model.id, "default_is_ssl": True,
                   "default_port": 993, "lang": "ru_RU"}  # fmt: skip
        return self.env["fetchmail.server"].with_user(user).with_context(**context)

    def _filled(self, user=None):
        view = "gov_hotline_channels.fetchmail_server_view_form_mailbox"
        with Form(self._servers(user or self.administrator), view=view) as page:
            page.name = "Ящик линии"
            page.server = "mail.body.example"
            page.user = "line@body.example"
            page.password = "secret"
        return page.record

    def test_the_list_opens(self):
        """E1: what the menu asks for is asked with this role's rights."""
        box = self._filled()
        action = self.action.sudo()._get_action_dict()
        domain = safe_eval(action["domain"], {"uid": self.administrator.id})
        self.env.invalidate_all()
        found = self._servers(self.administrator).web_search_read(domain, {"name": {}})
        self.assertEqual([row["id"] for row in found["records"]], box.ids)

    def test_connected(self):
        """E1: filled in, checked, fetched, switched off, deleted, by this role."""
        box = self._filled()
        self.assertEqual((box.server_type, box.port, box.state), ("imap", 993, "draft"))
        self.assertTrue(box.hotline_is_mailbox)
        with Form(box, view="gov_hotline_channels.fetchmail_server_view_form_mailbox") as page:
            page.hotline_protocol = "pop"
        self.assertEqual((box.server_type, box.port), ("pop", 995))
        with patch.object(FetchmailServer, "_connect__", lambda *args, **kwargs: None):
            box.button_confirm_login()
        self.assertEqual(box.state, "done")
        box.set_draft()
        box.unlink()

    def test_a_failed_check(self):
        """E1: in Russian, with what to look at."""
        box = self._filled()

        def refused(*args, **kwargs):
            raise ConnectionRefusedError(111, "Connection refused")

        with (
            patch.object(FetchmailServer, "_connect__", refused),
            self.assertRaises(UserError) as told,
        ):
            box.button_confirm_login()
        self.assertIn("Сервер не отвечает", str(told.exception))
        self.assertNotRegex(str(told.exception), "[A-Za-z]{3}")

    def test_the_words(self):
        """E1: both states in one gender; no Gmail, Outlook, local script, no record to create."""
        box = self._filled()
        states = dict(box._fields["hotline_state"]._description_selection(box.env))
        self.assertEqual((states["draft"], states["done"]), ("Не подтверждён", "Подтверждён"))
        view = self.env.ref("gov_hotline_channels.fetchmail_server_view_form_mailbox")
        arch = box.get_view(view.id, "form")["arch"]
        self.assertNotIn('name="server_type"', arch)
        for kind in ("gmail", "outlook", "local"):
            if kind in box._fields["server_type"].get_values(self.env):
                with self.assertRaises(UserError):
                    box.write({"server_type": kind})

    def test_what_is_not_the_hotlines(self):
        """E1: another server's password is not read, a mailbox does not become something else."""
        own = self._filled()
        partner = self.env["ir.model"]._get("res.partner")
        other = self.env["fetchmail.server"].create(
            {"name": "Чужой", "server_type": "imap", "server": "x", "port": 1, "user": "u",
             "password": "p", "object_id": partner.id}
        )  # fmt: skip
        servers = self._servers(self.administrator)
        self.assertEqual(servers.search([]) & (own | other), own)
        with self.assertRaises(AccessError):
            other.with_user(self.administrator).read(["password"])
        with self.assertRaises(AccessError):
            own.write({"object_id": partner.id})

    def test_other_roles(self):
        """E1: neither read nor made by any other role; the menu is the administrator's."""
        box = self._filled()
        menu = self.env.ref("gov_hotline_channels.menu_mailboxes")
        for role in ROLES:
            user = getattr(self, role)
            visible = menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(visible, role == "administrator", role)
            if role != "administrator":
                with self.assertRaises(AccessError):
                    box.with_user(user).read(["password"])
                with self.assertRaises(AccessError):
                    self._servers(user).create({"name": "x"})
