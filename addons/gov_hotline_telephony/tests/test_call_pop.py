import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.addons.gov_hotline.tests.common import HotlineCommon

from ..models.hotline_call_pop import RING_OVER, RINGING


class PopCommon(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_role_user("operator", "press")

    @classmethod
    def _ringing(cls, phone="+79135550101", **vals):
        return cls.env["hotline.call"].create(
            {"phone": phone, "source": "pbx", "operator_id": False, "line_id": cls.line.id, **vals}
        )


@tagged("post_install", "-at_install")
class TestCallPop(PopCommon):
    def _sent(self):
        """Return [(channel, type, payload)] of what waits to be sent to browsers."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([])
        sent = [(one.channel, json.loads(one.message)) for one in messages]
        messages.unlink()
        return [
            (channel, message["type"], message["payload"])
            for channel, message in sent
            if message["type"].startswith("gov_hotline.")
        ]

    def _channel(self, user):
        return json_dump(channel_with_db(self.env.cr.dbname, user.partner_id))

    def _popped(self, call, user=None):
        self._sent()
        call._pop(user or self.operator)
        [(_channel, _type, payload)] = self._sent()
        return payload

    def test_sent_to_that_operator_alone(self):
        """E9: the message goes to the channel of the one whose phone rings."""
        call = self._ringing()
        self._sent()
        call._pop(self.operator)
        [(channel, kind, _payload)] = self._sent()
        self.assertEqual((channel, kind), (self._channel(self.operator), RINGING))
        self.assertEqual(call.operator_id, self.operator)

    def test_known_caller_with_open_cases(self):
        """E9: who calls and how many cases are open; no text, no number of a case."""
        self._registered()
        self._closed()
        payload = self._popped(self._ringing())
        self.assertEqual(
            payload["people"],
            [
                {
                    "id": self.citizen.id,
                    "name": "Иванова М. П.",
                    "address": "ул. Ленина, 15, кв. 3",
                    "open": 1,
                }
            ],
        )
        self.assertEqual(set(payload), {"call_id", "phone", "kind", "line", "people"})

    def test_several_people_on_the_number(self):
        """E9: all of them are named, nobody is chosen."""
        self.env["res.partner"].create(
            {
                "hotline_kind": "citizen",
                "surname": "Иванов",
                "given_name": "Пётр",
                "phone": "+79135550101",
            }
        )
        call = self._ringing()
        payload = self._popped(call)
        self.assertEqual(
            sorted(person["name"] for person in payload["people"]),
            ["Иванов П.", "Иванова М. П."],
        )
        self.assertFalse(call.partner_id)

    def test_number_of_nobody(self):
        """E9: a hidden number and a shared one never show a name."""
        self.assertEqual(self._popped(self._ringing(phone=False))["people"], [])
        self.env["hotline.phone"].create({"number": "+79135550101", "kind": "shared"})
        payload = self._popped(self._ringing())
        self.assertEqual((payload["kind"], payload["people"]), ("shared", []))

    def test_unknown_number(self):
        payload = self._popped(self._ringing(phone="+79995550000"))
        self.assertEqual((payload["people"], payload["kind"]), ([], "number"))
        self.assertEqual(payload["phone"], "+7 999 555-00-00")

    def test_rings_at_the_second_operator(self):
        """E9: not answered by the first one: the bar goes there, and comes here."""
        call = self._ringing()
        call._pop(self.operator)
        self._sent()
        call._pop(self.second)
        self.assertEqual(
            [(channel, kind) for channel, kind, _payload in self._sent()],
            [
                (self._channel(self.operator), RING_OVER),
                (self._channel(self.second), RINGING),
            ],
        )

    def test_answer_chooses_the_caller(self):
        """E9: the call opens with the person of the bar."""
        call = self._ringing()
        call._pop(self.operator)
        self._sent()
        action = call.with_user(self.operator).action_answer(self.citizen.id)
        self.assertEqual(call.partner_id, self.citizen)
        self.assertEqual(action["tag"], "gov_hotline.workplace")
        [(channel, kind, payload)] = self._sent()
        self.assertEqual((channel, kind), (self._channel(self.operator), RING_OVER))
        self.assertEqual(payload, {"call_id": call.id})

    def test_answer_without_a_person(self):
        call = self._ringing()
        call._pop(self.operator)
        call.with_user(self.operator).action_answer()
        self.assertFalse(call.partner_id)

    def test_only_its_operator_answers(self):
        call = self._ringing()
        call._pop(self.operator)
        for user in (self.second, self.officer, self.auditor, self.press):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                call.with_user(user).action_answer()

    def test_only_a_person_of_this_number(self):
        stranger = self.env["res.partner"].create(
            {"hotline_kind": "citizen", "surname": "Сидоров", "phone": "+79991110000"}
        )
        call = self._ringing()
        call._pop(self.operator)
        with self.assertRaises(UserError):
            call.with_user(self.operator).action_answer(stranger.id)

    def test_closed_call_is_not_opened(self):
        call = self._ringing()
        call._pop(self.operator)
        call.disposition_id = self.env.ref("gov_hotline.disposition_dropped")
        call.action_close()
        with self.assertRaises(UserError):
            call.with_user(self.operator).action_answer()

    def test_nothing_is_sent_to_one_who_may_not_see_calls(self):
        call = self._ringing()
        self._sent()
        with self.assertRaises(AccessError):
            call._pop(self.press)
        self.assertEqual(self._sent(), [])
