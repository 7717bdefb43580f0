import importlib.util
from pathlib import Path

from odoo.tests import tagged

from ..domain import transitions
from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestStatesMigration(HotlineCommon):
    """An update to 19.0.1.2.0: names, stages, index and triggers of the new states."""

    def _migrate(self):
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.2.0" / "post-migration.py"
        spec = importlib.util.spec_from_file_location("post_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_the_old_name_goes_the_bodys_own_stays(self):
        stage = self.env.ref("gov_hotline.stage_closed").with_context(lang="ru_RU")
        for before, after in (("Закрыто", "Завершено"), ("Сдано в архив", "Сдано в архив")):
            stage.name = before
            self.env.flush_all()
            self._migrate()
            self.assertEqual(stage.name, after)

    def test_index_and_trigger_know_every_end(self):
        """B4: the list of ends is one: that of the table of transitions."""
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'helpdesk_ticket_open_due_idx'"
        )
        index = self.env.cr.fetchone()[0]
        self.env.cr.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'hotline_lock_update'"
            " AND tgrelid = 'helpdesk_ticket'::regclass"
        )
        trigger = self.env.cr.fetchone()[0]
        for end in transitions.FINAL_STATES:
            self.assertIn(f"'{end}'", index)
            self.assertIn(f"'{end}'", trigger)

    def test_each_state_has_its_stage(self):
        stages = self.env["helpdesk.ticket.stage"]._by_state()
        self.assertEqual(set(stages), set(transitions.STATES))
        ends = [stages[end] for end in transitions.FINAL_STATES]
        self.assertTrue(all(stage.closed and stage.fold for stage in ends))
