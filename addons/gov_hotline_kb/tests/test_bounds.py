from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..domain import questions
from ..models import search_sql
from .common import KnowledgeCommon

HUGE = "щ" * 5_000_000  # ten megabytes


@tagged("post_install", "-at_install")
class TestBounds(KnowledgeCommon):
    """Bad input: what is too long is refused in words; a search reads so much and no more."""

    def test_an_article(self):
        page = self.draft.with_user(self.officer)
        for name in ("name", "search_hints", "draft_summary", "short_form", "part_how", "content"):
            for text in (HUGE, "слово " * 800_000):
                with self.subTest(name=name), self.assertRaises(ValidationError):
                    page.write({name: text})
            with self.subTest(name=name), self.assertRaises(ValidationError):
                page.create({"name": "Новая", name: HUGE})
        with self.assertRaises(ValidationError):
            page.keep_unsaved({"name": HUGE, "draft_base": -1})
        page.write({"name": "я" * 300, "search_hints": "я " * 1000})

    def test_synonyms(self):
        group = self.env["hotline.kb.synonym"].with_user(self.officer)
        for words in (f"дом, {'щ' * 20_000}", f"дом, {'щ' * 101}", "дом, " + "кров, " * 400):
            with self.subTest(words=words[:20]), self.assertRaises(ValidationError):
                group.create({"words": words})
        self.assertTrue(group.create({"words": f"дом, {'щ' * 100}"}))

    def test_a_search_reads_so_much(self):
        """What reaches the database of ten megabytes is a few short words."""
        told, asked = search_sql.told, []
        with patch.object(
            search_sql, "told", lambda env, words: asked.append(words) or told(env, words)
        ):
            for query in (HUGE, "батареи " + "щука рак " * 1_000_000, " " * 5_000_000 + "щ"):
                for way in (
                    lambda pages, query=query: pages.search_text(query),
                    lambda pages, query=query: pages.suggest(self.topic.id, query),
                    lambda pages, query=query: pages.search([("search_words", "ilike", query)]),
                ):
                    way(self._pages())
        self.assertTrue(asked)
        most = 2 * questions.MOST_WORDS * questions.LONGEST_WORD
        self.assertLessEqual(max(sum(map(len, words)) for words in asked), most)

    def test_a_note_of_a_question(self):
        gap = self.env["hotline.kb.gap"].with_user(self.operator)
        gap.note(HUGE)
        known = gap.sudo().search([])
        self.assertLessEqual(len(known.name), questions.QUERY_AT_MOST)
        self.assertLessEqual(len(known.sudo().key), questions.READ_AT_MOST)
