from odoo.tests import HttpCase, tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon


@tagged("post_install", "-at_install")
class TestReportTour(HotlineCommon, HttpCase):
    def test_pivot_opens_the_appeals(self):
        """D9: a total of the pivot opens the list of its appeals."""
        self._registered()
        self.start_tour(
            "/odoo/action-gov_hotline_reports.hotline_report_case_action",
            "hotline_report_pivot",
            login=self.supervisor.login,
        )
