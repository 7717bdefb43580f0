from odoo.tests import HttpCase, tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon


@tagged("post_install", "-at_install")
class TestReportTour(HotlineCommon, HttpCase):
    def test_pivot_opens_the_appeals(self):
        """D9: a total of the pivot opens the list of its appeals; no button that is refused."""
        self._registered()
        self.start_tour(
            "/odoo/action-gov_hotline_reports.hotline_report_case_action",
            "hotline_report_pivot",
            login=self.supervisor.login,
        )

    def test_who_may_export_has_the_button(self):
        """Point 8: the table may be carried off by those alone who may export."""
        self._registered()
        self.supervisor.group_ids += self.env.ref("base.group_allow_export")
        self.start_tour(
            "/odoo/action-gov_hotline_reports.hotline_report_case_action",
            "hotline_report_download",
            login=self.supervisor.login,
        )
