from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestWorkplaceTours(HotlineCommon, HttpCase):
    """The operator's work in a browser."""

    def _tour(self, name, page="hotline-workplace"):
        self.start_tour(f"/odoo/{page}", name, login=self.operator.login)

    def _last_call(self):
        return self.env["hotline.call"].search([("operator_id", "=", self.operator.id)], limit=1)

    def test_consultation(self):
        """A1, B6, D2: the caller is known by the number; consultation closed in two clicks."""
        self._tour("hotline_workplace_consultation")
        self.assertRecordValues(
            self._last_call(),
            [
                {
                    "state": "closed",
                    "group": "consultation",
                    "partner_id": self.citizen.id,
                    "question": "Когда дадут тепло?",
                    "result": "До 1 октября.",
                }
            ],
        )

    def test_message(self):
        """A1, A4: a new citizen's message is registered; number and code are shown, then closed."""
        self._tour("hotline_workplace_message")
        call = self._last_call()
        self.assertRecordValues(
            call.ticket_id,
            [
                {
                    "state": "in_work",
                    "kind": "message",
                    "applicant_name": "Новикова Анна",
                    "topic_id": self.topic.id,
                }
            ],
        )
        self.assertEqual(call.partner_id.hotline_phone_ids.number, "+79135550177")
        self.assertEqual(call.state, "closed")

    def test_several_people(self):
        """D2: several people on a number; nobody is chosen until the operator does."""
        neighbour = self.env["res.partner"].create(
            {
                "hotline_kind": "citizen",
                "surname": "Сидоров",
                "given_name": "Пётр",
                "phone": "8 913 555-01-01",
            }
        )
        self._tour("hotline_workplace_choose")
        self.assertEqual(self._last_call().partner_id, neighbour)

    def test_status(self):
        """A3: the status is told from the open cases in two clicks."""
        ticket = self._registered()
        self._tour("hotline_workplace_status")
        self.assertEqual(self._last_call().ticket_id, ticket)
        self.assertEqual(self._last_call().state, "closed")

    def test_status_by_the_callers_words(self):
        """A3, practice 22: asked from the menu, the address asked again, told, the call closed."""
        ticket = self._registered(received_at=fields.Datetime.now())
        self._tour("hotline_workplace_status_words", "hotline-status")
        self.assertEqual(self._last_call().ticket_id, ticket)
        self.assertEqual(self._last_call().state, "closed")

    def test_reload(self):
        """C2: nothing typed is lost by leaving or reloading; the talk goes on."""
        self._tour("hotline_workplace_reload")
        self.assertRecordValues(
            self._last_call(), [{"state": "open", "question": "Нет воды второй день"}]
        )

    def test_emergency(self):
        """By keyboard: a slip is taken back, the right one transferred; both leave their trace."""
        self._tour("hotline_workplace_emergency")
        call = self._last_call()
        self.assertIn("112", call.result)
        self.assertEqual(call.partner_id, self.citizen)
        self.assertEqual(call.alarm_ids.mapped("state"), ["raised", "undone"])
        self.assertTrue(call.hold_recording)
