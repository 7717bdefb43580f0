import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.addons.gov_hotline.tests.common import HotlineCommon

from ..models.hotline_call_pop import RING_OVER, RINGING

QUERIES = 30


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

    def _place(self, number):
        kind = self.env.ref("gov_hotline.object_kind_house")
        return self.env["hotline.object"].create({"kind_id": kind.id, "name": number})

    def _account(self, number, **vals):
        return self.env["hotline.account"].create(
            {"number": number, "provider_id": self.agency.id, "holder_id": self.citizen.id, **vals}
        )

    def test_known_caller_with_open_cases(self):
        """E9: who calls, open cases in words, accounts, objects; no text of a case."""
        ticket = self._registered(appeal_text="Тайна")
        self._closed()
        self._draft()
        place = self._place("15")
        self._account("4410-0093", object_id=place.id)
        self._account("4410-0001", state="closed")
        payload = self._popped(self._ringing())
        self.assertEqual(
            payload["people"],
            [
                {
                    "id": self.citizen.id,
                    "name": "Иванова М. П.",
                    "address": "ул. Ленина, 15, кв. 3",
                    "open": 1,
                    "cases": [{"number": ticket.number, "state": self._state(ticket)}],
                    "accounts": ["4410-0093"],
                    "objects": [place.address],
                }
            ],
        )
        self.assertEqual(set(payload), {"call_id", "phone", "kind", "line", "people"})
        self.assertNotIn("Тайна", json.dumps(payload, ensure_ascii=False))

    def _state(self, ticket):
        mine = ticket.with_user(self.operator).with_context(lang="ru_RU")
        return dict(mine._fields["state"]._description_selection(mine.env))[ticket.state]

    def test_at_most_three_of_each(self):
        """E9: the message stays small: three cases, accounts, objects; the count tells the rest."""
        for number in range(4):
            self._registered()
            self._account(f"44{number}", object_id=self._place(f"15{number}").id)
        [person] = self._popped(self._ringing())["people"]
        self.assertEqual(person["open"], 4)
        for name in ("cases", "accounts", "objects"):
            self.assertEqual(len(person[name]), 3, name)

    def test_the_look_is_noted(self):
        """E9: the operator saw this citizen's cases: «who looked» says so; of a list nothing."""
        self._popped(self._ringing())
        self.env.flush_all()
        seen = [("model", "=", "res.partner"), ("res_ref", "=", self.citizen.id)]
        [look] = self.env["hotline.sight"].sudo().search(seen)
        self.assertEqual((look.user_ref, look.kind), (self.operator.id, "opened"))

    def test_queries_of_a_pop(self):
        """E9: one message, the same few queries however many cases and accounts she has."""
        for number in range(5):
            self._registered()
            self._account(f"44{number}", object_id=self._place(f"15{number}").id)
        self._popped(self._ringing())  # what every request needs is read already
        call = self._ringing()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES):
            call._pop(self.operator)

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
        for person in payload["people"]:
            self.assertEqual(set(person), {"id", "name", "address", "open"})

    def test_number_of_nobody(self):
        """E9: a hidden number and a shared one never show a name."""
        self.assertEqual(self._popped(self._ringing(phone=False))["people"], [])
        special = self.env["hotline.phone"].create({"number": "+79135550101", "kind": "shared"})
        for kind in ("shared", "service", "vip"):
            special.kind = kind
            payload = self._popped(self._ringing())
            with self.subTest(kind=kind):
                self.assertEqual((payload["kind"], payload["people"]), (kind, []))

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
        self.assertEqual(action["params"], {"call_id": call.id})
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
        """E9: names go to operators alone; an auditor reads calls but answers none."""
        call = self._ringing()
        self._sent()
        for user in (self.press, self.auditor, self.executor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                call._pop(user)
        self.assertEqual(self._sent(), [])
        self.assertFalse(call.operator_id)
