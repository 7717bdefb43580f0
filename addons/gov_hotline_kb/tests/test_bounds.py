from unittest.mock import patch

from odoo import Command
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

    def test_names_of_what_stands_beside(self):
        """Life situations, an owner's part, questions and their options: told in words."""
        officer, boss = self.officer, self.administrator
        situation = self.env["hotline.kb.situation"].with_user(boss).create({"name": "Переезд"})
        owner = (
            self.env["hotline.kb.owner"]
            .with_user(officer)
            .create({"page_id": self.draft.id, "agency_id": self.agency.id})
        )
        question = (
            self.env["hotline.kb.question"]
            .with_user(officer)
            .create(
                {"name": "Кто вы", "kind": "choice", "option_ids": [Command.create({"name": "Я"})]}
            )
        )
        for record, name, most in (
            (situation, "name", 100), (owner, "part", 200), (question, "name", 300),
            (question, "unit", 30), (question, "hint", 500), (question.option_ids, "name", 200),
        ):  # fmt: skip
            told = record.with_context(lang="ru_RU")
            for text in (HUGE, "щ" * (most + 1)):
                with (
                    self.subTest(record=record, name=name),
                    self.assertRaisesRegex(ValidationError, f"не больше {most}"),
                ):
                    told.write({name: text})
            told.write({name: "щ" * most})
        with self.assertRaises(ValidationError):
            situation.create({"name": HUGE})
        with self.assertRaises(ValidationError):
            question.write({"option_ids": [Command.create({"name": HUGE})]})

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
