from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.bus.models.bus import channel_with_db, dispatch, hashable

# The module, not the class: a class imported here would run the whole suite of web again.
from odoo.addons.web.tests import test_js

from .test_call_pop import PopCommon

PAGE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id="


@tagged("post_install", "-at_install")
class TestCallPopBrowser(PopCommon, HttpCase):
    def test_real_message_reaches_that_operators_page(self):
        """E9: the server's message goes by a real websocket into an open page, to that one only."""
        call, other = self._ringing(), self._ringing(phone="+79991110000")
        self.env["res.partner"].create(
            {"hotline_kind": "citizen", "surname": "Сидоров", "phone": "+79991110000"}
        )
        methods = {
            "test_listens": lambda calls: bool(self._sockets(self.operator)),
            "test_ring": lambda calls: self._ring(calls.env, call, self.operator),
            "test_ring_other": lambda calls: self._ring(calls.env, other, self.second),
        }
        for name, method in methods.items():
            self.startPatcher(
                patch.object(self.env.registry["hotline.call"], name, method, create=True)
            )
        self.start_tour("/odoo", "hotline_call_pop", login=self.operator.login)
        self.assertEqual(call.partner_id, self.citizen)
        self.assertEqual(call.ticket_id.partner_id, self.citizen)
        self.assertNotEqual(call.ticket_id.state, "draft")

    def test_no_phone_for_other_roles(self):
        """E9: press and auditor have no telephone on any page; the server asks for none."""
        for user in (self.press, self.auditor):
            self.assertFalse(self._session(user).get("hotline_phone"))
            self.start_tour("/odoo", "hotline_no_phone", login=user.login)
        has_handset = "hotline.handset" in self.env
        self.assertEqual(bool(self._session(self.operator).get("hotline_phone")), has_handset)

    def _session(self, user):
        """Return what a page of `user` opens with."""
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info", {})

    def _ring(self, env, call, user):
        """Do what the PBX's connector does, and wake the websockets as a commit would."""
        call.with_env(env(su=True))._pop(user.with_env(env(su=True)))
        env.cr.precommit.run()
        for socket in self._sockets(user):
            socket.trigger_notification_dispatching()

    def _sockets(self, user):
        channel = hashable(channel_with_db(self.env.cr.dbname, user.partner_id))
        return list(dispatch._channels_to_ws.get(channel, ()))

    def test_hoot(self):
        """E9: the bar: one person, several, nobody; Enter, hiding, focus."""
        suite = test_js.HOOTCommon._generate_hash(self, "@gov_hotline_telephony")
        self.browser_js(
            PAGE + suite,
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
