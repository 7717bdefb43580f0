from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.addons.gov_hotline.models.hotline_live import LIVE

from .common_calls import CallsCommon, abandoned, dialled, over, ringing, talking, waiting


@tagged("post_install", "-at_install")
class TestLiveLists(CallsCommon):
    """B6: the supervisor's lists of who waits and who is on the line read themselves anew."""

    def _told(self):
        """Return [(channel, model)] of what was told to the lists."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([("message", "like", LIVE)], order="id")
        found = [(one.channel, one.message.partition('"model":')[2]) for one in messages]
        messages.unlink()
        return [(channel, words.partition('"')[2].partition('"')[0]) for channel, words in found]

    def _channel(self, company):
        return json_dump(channel_with_db(self.env.cr.dbname, (company, LIVE)))

    def _changes(self, *calls):
        self._write(*calls)
        return [model for _channel, model in self._told()]

    def test_the_queue_tells_when_it_changes(self):
        """Once a batch, to the body of the line."""
        self._told()
        self._write(waiting(), waiting(linkedid="2.1"))
        body = self.line.company_id or self.env.company
        self.assertEqual(self._told(), [(self._channel(body), "hotline.call")])
        self.assertEqual(self._changes(waiting()), [])
        self.assertIn("hotline.call", self._changes(ringing()))
        self.assertIn("hotline.call", self._changes(talking()))
        self.assertNotIn("hotline.call", self._changes(over()))
        self.assertIn("hotline.call", self._changes(abandoned(linkedid="2.1")))
        self.assertNotIn("hotline.call", self._changes(dialled()))

    def test_the_operators_tell_when_one_changes(self):
        self._told()
        states = self.env["hotline.operator.state"]
        for event in ("sign_in", "pause"):
            states._happened(self.operator, event)
        body = self.pbx.company_id
        self.assertEqual(self._told(), [(self._channel(body), "hotline.operator.state")])
        states._happened(self.operator, "pause")
        self.assertEqual(self._told(), [])

    def _heard_by(self, user, *asked):
        session = SimpleNamespace(uid=user.id)
        with patch(
            "odoo.addons.bus.models.ir_websocket.wsrequest", SimpleNamespace(session=session)
        ):
            heard = self.env["ir.websocket"].with_user(user)._build_bus_channel_list([*asked])
        pairs = [one for one in heard if isinstance(one, tuple)]  # a record alone is another's
        return [one for one in pairs if isinstance(one[-1], str) and one[-1] == LIVE]

    def test_rights_are_asked_when_a_page_subscribes(self):
        """The supervisor and the auditor, of their bodies; a name of the channel opens no door."""
        elsewhere = self.env["res.company"].create({"name": "Другой орган"})
        for user in (self.supervisor, self.auditor):
            heard = self._heard_by(user, LIVE)
            self.assertIn((user.company_id, LIVE), heard)
            self.assertNotIn((elsewhere, LIVE), heard)
            self.assertNotIn((user.company_id, LIVE), self._heard_by(user))
        for user in (self.operator, self.executor, self.press, self.administrator):
            heard = self._heard_by(user, LIVE)
            with self.subTest(user=user.login):
                self.assertFalse(heard)
