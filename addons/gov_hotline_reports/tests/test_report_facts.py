from odoo import fields
from odoo.tests import tagged

from ..hooks import uninstall_hook
from ..models import case_facts_sql
from .report_common import ReportCommon

KEPT = f"SELECT * FROM {case_facts_sql.FACTS}"
DIFFERENT = f"""
    SELECT count(*) FROM (
        (({KEPT}) EXCEPT ({case_facts_sql.LIVE}))
        UNION ALL (({case_facts_sql.LIVE}) EXCEPT ({KEPT}))
    ) one
"""


@tagged("post_install", "-at_install")
class TestReportFacts(ReportCommon):
    """What the analysis of appeals keeps is what the appeals are, at any moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(team_id=cls.heat.id, object_id=cls.flat.id)
        cls._renew()

    @classmethod
    def _renew(cls):
        cls.env.flush_all()
        cls.env["hotline.report.case"]._cron_renew()

    def _changed(self):
        """Return the appeals noted as changed."""
        self.env.flush_all()
        self.env.cr.execute(f"SELECT ticket_id FROM {case_facts_sql.CHANGED}")
        return {ticket_id for (ticket_id,) in self.env.cr.fetchall()}

    def _different(self):
        self.env.flush_all()
        self.env.cr.execute(DIFFERENT)
        return self.env.cr.fetchone()[0]

    def _row(self, name):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["hotline.report.case"].search([("id", "=", self.case.id)])[name]

    def test_renewed_is_what_the_appeals_are(self):
        self._resolve(self.case, self.by_letter)
        self._registered()
        self.assertGreater(self._different(), 0)
        self.assertIn(self.case.id, self._changed())
        self._renew()
        self.assertEqual((self._different(), self._changed()), (0, set()))

    def test_a_change_counts_before_it_is_renewed(self):
        """In the same transaction, not only after the scheduled action."""
        self.assertFalse(self._row("agency_id"))
        self._resolve(self.case, self.by_letter)
        self.assertEqual(self._row("agency_id"), self.by_letter)
        before = fields.Date.to_date("2026-11-05")
        self.case.deadline_ids.filtered("is_main").sudo().write({"met_on": before})
        self.assertEqual(self._row("answered_on"), before)
        self._renew()
        self.assertEqual(self._row("answered_on"), before)

    def test_an_archived_or_deleted_appeal_is_gone(self):
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET active = FALSE WHERE id = %s", self.case.ids
        )
        self.assertFalse(self._row("id"))
        self._renew()
        self.assertEqual(self._different(), 0)
        draft = self._draft()
        self.env.flush_all()
        draft.sudo().unlink()
        self._renew()
        self.assertEqual(self._different(), 0)

    def test_what_no_figure_is_made_of_notes_nothing(self):
        self.case.sudo().write({"applicant_phone": "+79135550199"})
        self.case.deadline_ids.sudo().write({"is_preliminary": True})
        self.assertEqual(self._changed(), set())

    def test_all_counted_anew(self):
        """After rows that no trigger has seen."""
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET received_on = '2020-01-01' WHERE id = %s", (self.case.id,)
        )
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.assertEqual(self._changed(), set())
        self.assertGreater(self._different(), 0)
        self.env["hotline.report.case"]._refill()
        self.assertEqual(self._different(), 0)

    def test_a_page_of_figures_asks_a_bounded_number_of_questions(self):
        """The two dozen counts of the trend are two of them, whatever the number of appeals."""
        pages = self.env["hotline.report.dashboard"].with_user(self.auditor)
        for page, most in (("head", 86), ("supervisor", 94)):
            pages.look(page, "month")
            with self.assertQueryCount(most):
                pages.look(page, "month")

    def test_the_day_of_a_call_is_looked_for_by_its_moment(self):
        """The index of the moment serves; the day is the body's still."""
        call = self._talk()
        late = self._talk(started_at="2026-11-20 21:30:00")  # past midnight in Moscow
        self.env.flush_all()
        calls = self.env["hotline.report.call"].with_user(self.auditor)
        ours = [("call_id", "in", (call | late).ids)]
        for condition, found in (
            (("day", "=", "2026-11-20"), call), (("day", "=", "2026-11-21"), late),
            (("day", ">", "2026-11-20"), late), (("day", "<", "2026-11-21"), call),
            (("day", "<=", "2026-11-21"), call | late), (("day", ">=", "2026-11-20"), call | late),
            (("day", "!=", "2026-11-20"), late), (("day", "=", False), call.browse()),
        ):  # fmt: skip
            self.assertEqual(calls.search([*ours, condition]).call_id, found.sudo(), condition)
        self.assertEqual(
            calls.search([*ours, "!", ("day", "=", "2026-11-20")]).call_id, late.sudo()
        )
        query = calls._search([("day", ">=", "2026-11-20"), ("day", "<=", "2026-11-20")])
        self.assertIn('"started_at" >=', query.select().code)

    def test_uninstalled_leaves_nothing(self):
        uninstall_hook(self.env)
        self.env.cr.execute(
            "SELECT count(*) FROM pg_proc WHERE proname LIKE 'hotline_report_note%'"
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)
        self.case.sudo().team_id = self.roads
        self.env.flush_all()
