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

    def test_closed_by_the_body_clock(self):
        """The operator says at once when somebody will be there again."""
        said = {
            "2026-11-23 04:00:00": "closed, opens at 8:30",  # Monday, 7:00 in Moscow
            "2026-11-23 18:00:00": "closed, opens tomorrow at 8:30",  # 21:00 in Moscow
            "2026-11-27 18:00:00": "closed, opens on 30.11",  # Friday evening
        }
        for moment, hours in said.items():
            with self.subTest(moment), freeze_time(moment):
                shown = self._shown(hotline_opens=8.5, hotline_closes=20)
                self.assertFalse(shown["is_open"])
                self.assertTrue(shown["hours"].startswith(hours), shown["hours"])
                self.assertTrue(shown["hours"].endswith("at 8:30"))

    @freeze_time("2026-11-22 10:00:00")  # Sunday
    def test_closed_on_a_day_off(self):
        shown = self._shown(hotline_opens=8, hotline_closes=20)
        self.assertEqual(
            (shown["is_open"], shown["hours"]), (False, "closed, opens tomorrow at 8:00")
        )
        self.assertTrue(self._shown(hotline_opens=0, hotline_closes=24)["is_open"])

    def test_hours_not_known(self):
        shown = self._shown()
        self.assertEqual((shown["is_open"], shown["hours"]), (None, ""))

    def test_hours_that_cannot_be(self):
        with self.assertRaises(ValidationError):
            self.agency.write({"hotline_opens": 20, "hotline_closes": 8})
