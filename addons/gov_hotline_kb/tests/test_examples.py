import importlib.util
import re
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon

from ..domain import articles

MIGRATIONS = Path(__file__).parents[1] / "migrations"


class ExamplesCommon(HotlineCommon):
    """What ships, and the scripts that update it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Page = cls.env["document.page"]
        cls.data = cls.env["ir.model.data"].search(
            [("module", "=", "gov_hotline_kb"), ("model", "=", "document.page")]
        )
        cls.parts = [f"part_{name}" for name in articles.PARTS]

    def _migrate(self, script="19.0.1.1.0/post-migration.py"):
        spec = importlib.util.spec_from_file_location("kb_migration", MIGRATIONS / script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestExamples(ExamplesCommon):
    def test_sixty_articles_ship_with_sources_unchecked(self):
        """A2: a state hotline and a utility start with something to answer from."""
        self.data.unlink()
        pages = self.Page._load_examples()
        self.assertGreaterEqual(len(pages), 60)
        for page in pages:
            with self.subTest(article=page.name):
                self.assertTrue(page.is_example and page.state == "published")
                self.assertTrue(page.topic_ids and page.situation_ids)
                self.assertTrue(page.sources and page.review_on and not page.checked_on)
                self.assertIn("По источнику не проверено", page.published_text)
                self.assertNotIn("Сведения на", page.published_text)
                self.assertIn("Основание", page.published_text)
                self.assertTrue(20 < len(page.published_short) < 400)
                self.assertFalse(re.search(r"\d{5,}", page.published_short))
        self.assertFalse(self.Page._load_examples())

    def test_what_a_body_changed_or_threw_away_stays_so(self):
        """Loading again brings nothing back and writes over nothing."""
        page = self.Page.browse(self.data[:1].res_id)
        page.name = "Название органа"
        self.assertFalse(self.Page._load_examples())
        self.assertEqual(page.name, "Название органа")

    def _as_before(self, page):
        """Bring a published article to what the first version of the add-on had of it."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("UPDATE document_page SET audience = 'public', version_id = NULL,"
                   " is_example = NULL WHERE id = %s", [page.id])  # fmt: skip
        cr.execute("DELETE FROM hotline_kb_version WHERE page_id = %s", [page.id])
        cr.execute("DELETE FROM hotline_kb_word WHERE page_id = %s", [page.id])
        self.env.invalidate_all()

    def test_update_from_the_first_version(self):
        """What was published stays word for word, is found, and may be shown to citizens."""
        page = self.Page.create(
            {"name": "Старая запись", "content": "<p>Прежний текст.</p>", "short_form": "Коротко."}
        )
        page.action_publish()
        html = page.published_html
        self._as_before(page)
        self._migrate()
        self.assertEqual(page.audience, "both")
        self.assertEqual((page.version_id.number, page.version_id.state), (1, "published"))
        self.assertEqual((page.published_html, page.version_id.html), (html, html))
        self.assertFalse(page.has_changes)
        self.assertFalse(page.is_example)
        found = self.Page.with_user(self.operator).search_text("прежний текст")
        self.assertIn(page.id, [one["id"] for one in found])

    def test_update_marks_what_shipped(self):
        shipped = self.Page.browse(self.data[:1].res_id)
        self._as_before(shipped)
        self._migrate()
        self.assertTrue(shipped.is_example)
        self.assertTrue(shipped.version_id)

    def test_update_keeps_an_unpublished_change(self):
        page = self.Page.create({"name": "Правка", "content": "<p>Показано.</p>"})
        page.action_publish()
        page.content = "<p>Ещё не показано.</p>"
        self._as_before(page)
        self._migrate()
        self.assertTrue(page.has_changes)
        self.assertIn("Показано", page.version_id.text)
