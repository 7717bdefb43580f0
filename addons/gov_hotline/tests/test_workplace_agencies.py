from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestWorkplaceAgencies(HotlineCommon):
    def _shown(self, **vals):
        self.agency.write(vals)
        workplace = (
            self.env["hotline.workplace"].with_user(self.operator).with_context(lang="en_US")
        )
        agencies = workplace.get_state()["agencies"]
        return next(agency for agency in agencies if agency["id"] == self.agency.id)

    @freeze_time("2026-11-23 10:30:00")  # Monday, 13:30 in Moscow
    def test_open_now(self):
        """The directory says whose question it is, the telephone, and whether it is open now."""
        shown = self._shown(
            phone="84951234567", hotline_competence="отопление", hotline_opens=8, hotline_closes=20
        )
        self.assertEqual(shown["competence"], "отопление")
        self.assertEqual(shown["phone"], "+7 495 123-45-67")
        self.assertEqual((shown["is_open"], shown["hours"]), (True, "till 20:00"))

    @freeze_time("2026-11-23 18:00:00")  # 21:00 in Moscow
    def test_closed_by_the_body_clock(self):
        shown = self._shown(hotline_opens=8.5, hotline_closes=20)
        self.assertEqual((shown["is_open"], shown["hours"]), (False, "8:30–20:00"))

    @freeze_time("2026-11-22 10:00:00")  # Sunday
    def test_closed_on_a_day_off(self):
        self.assertFalse(self._shown(hotline_opens=8, hotline_closes=20)["is_open"])
        self.assertTrue(self._shown(hotline_opens=0, hotline_closes=24)["is_open"])

    def test_hours_not_known(self):
        shown = self._shown()
        self.assertEqual((shown["is_open"], shown["hours"]), (None, ""))

    def test_hours_that_cannot_be(self):
        with self.assertRaises(ValidationError):
            self.agency.write({"hotline_opens": 20, "hotline_closes": 8})
