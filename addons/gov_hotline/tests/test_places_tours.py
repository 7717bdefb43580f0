from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestPlacesTours(ObjectsCommon, HttpCase):
    """Object, account and readings on the operator's screen, in a browser."""

    def _tour(self, name):
        self.start_tour("/odoo/hotline-workplace", name, login=self.operator.login)
        return self.env["hotline.call"].search([("operator_id", "=", self.operator.id)], limit=1)

    def test_readings(self):
        """E2, D8: known by the number; a reading less than before is taken with its reason."""
        before = self.env.company._hotline_today() - timedelta(days=30)
        self.account._submit_readings([{"meter": self.meter.id, "value": 100, "on": before}])
        call = self._tour("hotline_workplace_place")
        self.assertEqual((call.object_id, call.account_id), (self.flat, self.account))
        self.assertRecordValues(
            self.meter.last_reading_id,
            [{"value": 5, "confirmed_reason": "replaced", "call_id": call.id}],
        )

    def test_address(self):
        """E2: by the address alone: object, its only account, the name of its holder."""
        self.account.write({"holder_id": False, "holder_name": "Петров Пётр Ильич"})
        call = self._tour("hotline_workplace_address")
        self.assertFalse(call.object_id)
