import json
import socket
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessDenied, ValidationError
from odoo.tests import tagged

from ..models.closed_perimeter import CRONS, ENDPOINTS, NOWHERE, PROVIDERS, SMS_ACTIONS
from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestClosedPerimeter(HotlineCommon):
    """Nothing the body enters goes to Odoo's servers."""

    def _crons(self):
        found = [self.env.ref(xmlid, raise_if_not_found=False) for xmlid in CRONS]
        return self.env["ir.cron"].union(*[cron for cron in found if cron])

    def test_installed_closed(self):
        """After installation the jobs are off and the addresses lead nowhere."""
        self.assertTrue(self._crons())
        self.assertFalse(self._crons().filtered("active"))
        parameters = self.env["ir.config_parameter"].sudo()
        self.assertEqual({parameters.get_param(key) for key in ENDPOINTS}, {NOWHERE})

    def test_update_closes_again(self):
        """What was opened since is closed by an update; the body's own gateway stays."""
        self._crons().active = True
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("sms.endpoint", "https://sms.body.example")
        parameters.set_param("iap.endpoint", False)
        self.env["ir.cron"]._hotline_close_perimeter()
        self.assertFalse(self._crons().filtered("active"))
        self.assertEqual(parameters.get_param("sms.endpoint"), "https://sms.body.example")
        self.assertEqual(parameters.get_param("iap.endpoint"), NOWHERE)

    def test_nobody_is_called(self):
        """Neither the report to the publisher nor a typed name opens a connection."""
        with patch("requests.Session.request", side_effect=AssertionError("called out")):
            self.env["publisher_warranty.contract"].update_notification(cron_mode=False)
            found = (
                self.env["res.partner"].with_user(self.operator).autocomplete_by_name("Мария", 0)
            )
        self.assertEqual(found, [])

    def test_nothing_goes_out(self):
        """C4: cards made and looked up, the administrator's sign-in and settings: no connection.

        iap, iap_mail, partner_autocomplete, sms, snailmail and web_unsplash install themselves.
        """
        refused = AssertionError("called out")
        accounts = self.env["iap.account"].search_count([])
        admin = self.env.ref("base.user_admin")
        with (
            patch.object(socket.socket, "connect", side_effect=refused),
            patch.object(socket, "getaddrinfo", side_effect=refused),
            patch("requests.Session.request", side_effect=refused),
        ):
            for user in (self.operator, self.administrator, admin):
                partners = self.env["res.partner"].with_user(user)
                partners.create({"name": "ООО «Теплосеть»", "is_company": True,
                                 "vat": "7707083893", "website": "https://teploset.example",
                                 "hotline_kind": "agency"})  # fmt: skip
                partners.create({"surname": "Кузнецова", "hotline_kind": "citizen",
                                 "phone": "+79135550177", "email": "k@z.example"})  # fmt: skip
                self.assertEqual(partners.autocomplete_by_name("Тепло", 0), [])
                self.assertEqual(partners.autocomplete_by_vat("7707083893", 0), [])
                self.assertFalse(partners.enrich_by_duns("1"))
            body = self.env["res.company"].with_user(admin).create({"name": "Орган"})
            (body | self.env.company).with_user(admin).iap_enrich_auto()
            self.env["res.config.settings"].with_user(admin).create({}).read()
            self.env.flush_all()
        self.assertEqual(self.env["iap.account"].search_count([]), accounts)

    def test_no_sms_button(self):
        """Our views put no button of Odoo's cloud beside a telephone."""
        names = ("hotline_call", "hotline_task", "res_partner", "helpdesk_ticket")
        views = self.env["ir.ui.view"].search(
            [("model", "in", [n.replace("_", ".", 1) for n in names])]
        )
        own = views.filtered(lambda view: (view.xml_id or "").startswith("gov_hotline."))
        phones = [
            node
            for view in own
            for node in etree.fromstring(view.arch).iter("field")
            if node.get("widget") == "phone"
        ]
        self.assertTrue(phones)
        for node in phones:
            self.assertIn("'enable_sms': false", node.get("options") or "")

    def test_no_sms_among_the_actions_of_a_contact(self):
        """A citizen's name and number do not go to Odoo's SMS service by a menu of Odoo's own."""
        bindings = self.env["ir.actions.actions"].with_user(self.operator).get_bindings
        offered = {one.get("xml_id") or one["name"] for one in bindings("res.partner")["action"]}
        self.assertFalse(offered & {*SMS_ACTIONS, "Send SMS", "Отправить SMS"})
        self.env.ref(SMS_ACTIONS[0]).binding_model_id = self.env.ref("base.model_res_partner")
        self.env["ir.cron"]._hotline_close_perimeter()
        self.assertFalse(self.env.ref(SMS_ACTIONS[0]).binding_model_id)

    def test_apps_for_the_system_administrator_only(self):
        """base_install_request shows the menu to all staff; the operator does not see it."""
        menu, menus = self.env.ref("base.menu_management"), self.env["ir.ui.menu"]
        self.assertNotIn(menu.id, menus.with_user(self.operator)._visible_menu_ids())
        admin = self.env.ref("base.user_admin")
        self.assertIn(menu.id, menus.with_user(admin)._visible_menu_ids())

    def _foreign(self):
        found = [self.env.ref(xmlid, raise_if_not_found=False) for xmlid in PROVIDERS]
        return self.env["auth.oauth.provider"].union(*[one for one in found if one])

    def test_no_foreign_accounts(self):
        """A4: accounts of Odoo, Google, Facebook, Microsoft are off; an update closes again."""
        self.assertEqual(len(self._foreign()), len(PROVIDERS))
        self.assertFalse(self._foreign().filtered("enabled"))
        self._foreign().write({"enabled": True, "client_id": "x"})
        own = self.env.ref("auth_oauth.provider_google")
        own.auth_endpoint = "https://gateway.body.example/auth"
        self.env["ir.cron"]._hotline_close_perimeter()
        self.assertEqual(self._foreign().filtered("enabled"), own)

    def test_disabled_provider_is_never_called(self):
        """A4: `state` may name any provider; only an enabled one is asked."""
        calls = AssertionError("called out")
        state = {"state": json.dumps({"d": self.env.cr.dbname, "p": 1, "k": "x"})}
        ids = [*self._foreign().ids, 999_999, "1", None]
        with patch("requests.Session.request", side_effect=calls):
            for provider in ids:
                with self.subTest(provider=provider), self.assertRaises(AccessDenied):
                    self.env["res.users"].auth_oauth(provider, {**state, "access_token": "x"})

    def test_an_identifying_provider_is_complete(self):
        """A4, practice 12: the flag needs OpenID Connect with a code, an issuer and the keys."""
        vals = {"hotline_identifies": True, "flow": "id_token_code", "client_id": "x"}
        with self.assertRaises(ValidationError):
            self._foreign()[0].write(vals)
