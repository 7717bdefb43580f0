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
                    "started_at": started,
                }
            )
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
