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

    def test_a_figure_opens_what_it_counts(self):
        """D9: «of them closed» opens those closed, not the whole group."""
        self._registered()
        closed = self._registered().with_user(self.officer)
        self._answer(closed)
        closed.question_ids.outcome_id = self.supported
        closed.action_close()
        self.start_tour(
            "/odoo/action-gov_hotline_reports.hotline_report_case_action",
            "hotline_report_measure",
            login=self.auditor.login,
        )
