from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.bus.models.bus import channel_with_db, dispatch, hashable

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestPhoneBrowser(PhoneCommon, HttpCase):
    def test_line_dialling_and_pause(self):
        """E9: on the line, a double click is one call, «busy» by a real message, a pause."""
        methods = {
            "test_listens": lambda calls: bool(self._sockets()),
            "test_busy": lambda calls: self._busy(calls.env),
        }
        for name, method in methods.items():
            self.startPatcher(
                patch.object(self.env.registry["hotline.call"], name, method, create=True)
            )
        self.start_tour("/odoo/hotline-workplace", "hotline_phone", login=self.operator.login)
        [asked] = self.env["hotline.pbx.command"].search([("kind", "=", "originate")])
        self.assertRecordValues(asked, [{"user_id": self.operator.id, "state": "failed"}])
        self.assertEqual(asked.call_id.phone, "+79135550177")
        now = self.env["hotline.operator.state"]._current(self.operator)
        self.assertEqual(now.state, "paused")
        self.assertTrue(now.reason_id)

    def _busy(self, env):
        """Do what the connector does when the citizen's line is busy; wake the page."""
        env = env(su=True)
        env["hotline.pbx.command"].search([("kind", "=", "originate")])._finish("failed", "busy")
        env.cr.precommit.run()
        for socket in self._sockets():
            socket.trigger_notification_dispatching()

    def _sockets(self):
        channel = hashable(channel_with_db(self.env.cr.dbname, self.operator.partner_id))
        return list(dispatch._channels_to_ws.get(channel, ()))
