from odoo.exceptions import AccessError
from odoo.tests import tagged

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestHandsetLook(PhoneCommon):
    """What the telephone of the screen opens with."""

    def test_look(self):
        self._telephone("120", kind="common", name="Зал")
        call = self._talk(partner_id=self.citizen.id)
        self._talk(self.second)
        seen = self._handset().look()
        self.assertEqual(seen["pbx"], {"online": True, "words": "На связи"})
        self.assertEqual(seen["extension"]["number"], "101")
        self.assertEqual([one["number"] for one in seen["extensions"]], ["101", "120"])
        self.assertEqual(seen["presence"]["state"], "offline")
        self.assertIn("Обед", [one["name"] for one in seen["reasons"]])
        self.assertEqual(seen["call"]["call_id"], call.id)
        self.assertEqual(
            {name: seen["call"][name] for name in ("phone", "who", "phase", "may", "consult")},
            {
                "phone": "+7 913 555-01-01",
                "who": "Иванова М. П.",
                "phase": "talking",
                "may": ["hold", "transfer", "hangup"],
                "consult": False,
            },
        )

    def test_a_page_opened_in_the_wrap_up(self):
        """C2: after F5 the strip still says whose card is to be finished; nobody else's."""
        call = self._talk(partner_id=self.citizen.id)
        call.write({"phase": "over", "fate": "answered"})
        states = self.env["hotline.operator.state"].sudo()
        states.create(
            {
                "user_id": self.operator.id,
                "state": "wrap_up",
                "since": "2026-11-22 10:00:00",
                "call_id": call.id,
                "company_id": self.env.company.id,
            }
        )
        seen = self._handset().look()
        self.assertFalse(seen["call"])
        self.assertEqual(
            seen["last"],
            {"call_id": call.id, "phone": "+7 913 555-01-01", "who": "Иванова М. П."},
        )
        self.assertFalse(self._handset(self.second).look()["last"])

    def test_what_rings_now_and_what_the_bus_has_told(self):
        """E9: a page that opens shows what rings at its operator now, and no call that is over."""
        gone = self._rings("over", ended_at="2026-11-22 10:00:00")
        self._rings("ringing", user=self.second)
        call = self._rings("ringing")
        self.operator._bus_send("gov_hotline.call_ringing", {"call_id": gone.id})
        self.env.cr.precommit.run()
        last = self.env["bus.bus"].search([], order="id desc", limit=1)
        seen = self._handset().look()
        self.assertEqual([one["call_id"] for one in seen["ringing"]], [call.id])
        self.assertEqual(seen["ringing"][0]["people"][0]["name"], "Иванова М. П.")
        self.assertEqual(seen["heard"], last.id)
        call.leg_ids.ended_at = "2026-11-22 10:00:10"
        self.assertEqual(self._handset().look()["ringing"], [])

    def _rings(self, phase, user=None, **vals):
        user = user or self.operator
        call = self._talk(user, phase=phase, answered_at=False, direction="in", **vals)
        leg = call.leg_ids.filtered(lambda one: one.role == "operator")
        leg.write({"user_id": user.id, "rang_at": "2026-11-22 10:00:00", "answered_at": False})
        return call

    def test_queue(self):
        for number, started in ((1, "2026-11-22 10:00:00"), (2, "2026-11-22 09:58:00")):
            self.env["hotline.call"].create(
                {
                    "phone": "+79135550101",
                    "source": "pbx",
                    "operator_id": False,
                    "pbx_id": self.pbx.id,
                    "linkedid": f"q.{number}",
                    "queue_id": self.queue.id,
                    "phase": "waiting",
                    "started_at": "2026-11-22 09:50:00",
                    "queued_at": started,
                }
            )
        self.env["hotline.call"].create(
            {"phone": "+79135550101", "source": "pbx", "phase": "waiting", "queued_at": False}
        )  # still in the menu
        queue = self._handset().look()["queue"]
        self.assertEqual((queue["waiting"], queue["longest_since"]), (2, "2026-11-22 09:58:00"))

    def test_without_a_telephone(self):
        seen = self._handset(self.officer).look()
        self.assertFalse(seen["extension"])
        self.assertEqual(seen["extensions"], [])
        self.assertFalse(seen["call"])

    def test_no_connection(self):
        self.pbx.sudo().state = "offline"
        self.assertEqual(
            self._handset().look()["pbx"], {"online": False, "words": "Нет связи с АТС"}
        )

    def test_roles(self):
        for user in (self.press, self.executor, self.auditor, self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._handset(user).look()
