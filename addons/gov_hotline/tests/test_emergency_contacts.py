from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .workplace_common import WorkplaceCommon

PHONE = "+7 913 555-01-01"


@tagged("post_install", "-at_install")
class TestEmergencyContacts(WorkplaceCommon):
    """B4: the alarm of a call opens telephone and address to its supervisor, with a line of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.user_admin").lang = "ru_RU"
        started = cls._start()
        cls.call = cls.env["hotline.call"].browse(started["id"])
        cls.place = cls._place()
        cls.call.object_id = cls.place

    @classmethod
    def _place(cls):
        kind = cls.env["hotline.object.kind"].search([], limit=1)
        return cls.env["hotline.object"].create({"name": "Энергетиков, 77б", "kind_id": kind.id})

    def _press(self):
        card = self.env.ref("gov_hotline.script_card_threat")
        shown = self.workplace.press_emergency(self.call.id, card.id)
        return self.env["hotline.alarm"].browse(shown["emergency"]["id"])

    def _contacts(self, user=None):
        return self.call.with_user(user or self.supervisor).alarm_contacts()

    def _looks(self):
        return self.env["hotline.sight"].search(
            [("model", "=", "hotline.call"), ("res_ref", "=", self.call.id), ("kind", "=", "alarm")]
        )

    def test_with_an_alarm(self):
        """Telephone whole and address at once; who saw them, and why, stays noted."""
        self._press()
        told = self._contacts()
        self.assertEqual(told, {"phone": PHONE, "address": self.place.address})
        self.assertTrue(told["address"])
        self.assertEqual(self._looks().mapped("user_ref"), [self.supervisor.id])

    def test_without_an_alarm(self):
        """Nothing and no line: neither before it nor after a slip."""
        self.assertFalse(self._contacts())
        self.workplace.undo_emergency(self._press().id)
        self.assertFalse(self._contacts())
        self.assertFalse(self._looks())

    def test_of_a_day_ago(self):
        alarm = self._press()
        alarm.raised_at = fields.Datetime.now() - timedelta(hours=25)
        self.assertFalse(self._contacts())
        self.assertFalse(self._looks())

    def test_taken_by_another(self):
        """Whoever takes it goes on seeing it; the others no longer."""
        other = self._new_role_user("supervisor", "auditor")
        self._press().with_user(self.supervisor).action_take()
        self.assertTrue(self._contacts())
        self.assertFalse(self._contacts(other))

    def test_a_button_that_alarms_nobody(self):
        self.env.ref("gov_hotline.script_card_threat").alarm = False
        self._press()
        self.assertFalse(self._contacts())

    def test_never_to_others(self):
        """Neither the auditor nor any role but the supervisor's; nor one of another body."""
        self._press()
        stranger = self._supervisor_elsewhere()
        others = [self.auditor, self.approver, self.executor, self.press, self.operator]
        for user in (*others, stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._contacts(user)
        self.assertFalse(self._looks())
        with self.assertRaises(AccessError):
            self.call.with_user(self.supervisor).read(["phone"])

    def test_the_screen(self):
        """The call asks for them on the supervisor's screen alone."""
        for role, there in (("supervisor", True), ("auditor", False), ("operator", False)):
            self.env.invalidate_all()
            Call = self.env["hotline.call"].with_user(getattr(self, role))
            arch = Call.get_view(view_type="form")["arch"]
            self.assertEqual("hotline_alarm_contacts" in arch, there, role)
