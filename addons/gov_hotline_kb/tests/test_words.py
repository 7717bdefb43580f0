from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestWords(KnowledgeCommon):
    """A2: callers' words are not those of the article."""

    def _group(self, words, user=None):
        Synonym = self.env["hotline.kb.synonym"].with_user(user or self.officer)
        return Synonym.create({"words": words})

    def test_synonyms_both_ways_and_at_once(self):
        """A2: an officer adds a word that callers use, and it finds from the next search on."""
        self.assertEqual(self._titles("удостоверение"), [])
        group = self._group("паспорт, удостоверение, документ личности")
        self.assertEqual(self._titles("удостоверения"), ["Замена паспорта"])
        self.assertEqual(self._titles("документ личности"), ["Замена паспорта"])
        group.words = "паспорт, корочка"
        self.assertEqual(self._titles("удостоверения"), [])
        group.with_user(self.officer).unlink()
        self.assertEqual(self._titles("корочка"), [])

    def test_a_phrase_means_nothing_by_one_of_its_words(self):
        self._group("паспорт, главный документ")
        self.assertEqual(self._titles("главный"), [])
        self.assertEqual(self._titles("главные документы"), ["Замена паспорта"])

    def test_circles_are_refused_and_told(self):
        """Bad input: a word in two groups would join them without anybody having said so."""
        self._group("паспорт, удостоверение")
        with self.assertRaisesRegex(ValidationError, "удостоверение"):
            self._group("удостоверение, пропуск")
        for words in ("паспорт", "", " , ;", "корка, корка"):
            with self.subTest(words=words), self.assertRaises(ValidationError):
                self._group(words)

    def test_who_keeps_synonyms(self):
        for role in ("operator", "supervisor", "executor", "auditor", "press", "approver"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._group("раз, два", getattr(self, role))

    def test_other_layout_of_the_keyboard(self):
        """A2: the layout was not switched."""
        self.assertEqual(self._titles("gfcgjhn"), ["Замена паспорта"])
        self.assertEqual(self._titles(",fnfhtb")[:1], ["Холодные батареи"])

    def test_slips_in_the_text_too(self):
        if not self.env.registry.has_trigram:
            self.skipTest("pg_trgm is not installed")
        self.assertEqual(self._titles("тимпературы"), ["Холодные батареи"])
        self.assertEqual(self._titles("пириросчет"), [])

    def test_topic_of_the_case_comes_first(self):
        """A2: of two that fit equally, the one of the case's topic."""
        for name, topic in (("Оплата первая", self.housing), ("Оплата вторая", self.topic)):
            self._article(name, "<p>Оплата.</p>", topic_ids=topic.ids)
        found = self._pages().search_text("оплата", topic_id=self.topic.id)
        self.assertEqual(found[0]["title"], "Оплата вторая")

    def test_place_of_the_case(self):
        """A2: what holds in another district sinks; what holds here or everywhere rises."""
        Territory = self.env["hotline.territory"]
        region = Territory.create({"name": "Край", "kind": "region"})
        here, there = Territory.create(
            [{"name": name, "parent_id": region.id} for name in ("Северный", "Южный")]
        )
        kind = self.env.ref("gov_hotline.object_kind_house")
        house = self.env["hotline.object"].create(
            {"name": "15", "kind_id": kind.id, "territory_id": here.id}
        )
        for name, place in (("Проезд на юге", there), ("Проезд на севере", here)):
            self._article(name, "<p>Проезд.</p>", territory_ids=place.ids, topic_ids=self.topic.ids)
        found = self._pages().search_text("проезд", object_id=house.id)
        self.assertEqual(found[0]["title"], "Проезд на севере")
        titles = [one["title"] for one in self._pages().suggest(self.topic.id, object_id=house.id)]
        self.assertIn("Проезд на севере", titles)
        self.assertNotIn("Проезд на юге", titles)

    def test_what_helped_comes_first(self):
        for name in ("Газ первый", "Газ второй"):
            self._article(name, "<p>Газ.</p>")
        self.assertEqual(self._titles("газ"), ["Газ первый", "Газ второй"])
        helped = self.env["document.page"].search([("name", "=", "Газ второй")])
        self._pages().mark_helped(helped.id, True)
        self.assertEqual(self._titles("газ"), ["Газ второй", "Газ первый"])

    def test_one_word_a_day_of_each(self):
        """A2: who may read says whether it helped, once a day; a change of mind corrects it."""
        for role, helped in (("operator", True), ("operator", False), ("officer", True)):
            self._pages(getattr(self, role)).mark_helped(self.heating.id, helped)
        self.assertEqual((self.heating.helped_count, self.heating.not_helped_count), (1, 1))
        with self.assertRaises(AccessError):
            self._pages().mark_helped(self.draft.id, True)
        with self.assertRaises(AccessError):
            self.heating.with_user(self.administrator).helped_count = 99
        Mark = self.env["hotline.kb.mark"]
        for role in ("operator", "officer", "administrator"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                Mark.with_user(getattr(self, role)).create(
                    {"page_id": self.heating.id, "user_id": self.env.uid, "day": "2026-01-01"}
                )

    def test_the_form_of_an_article_asks_too(self):
        """A2: whoever reads the article says so on its own form, and sees what was said."""
        page = self._pages().browse(self.heating.id)
        self.assertFalse(page.own_mark)
        page.action_mark_helped()
        self.assertEqual((page.own_mark, page.helped_count), ("yes", 1))
        page.action_mark_not_helped()
        self.assertEqual((page.own_mark, page.helped_count, page.not_helped_count), ("no", 0, 1))
        self.assertFalse(page.with_user(self.supervisor).own_mark)
        for act in ("action_mark_helped", "action_mark_not_helped"):
            for role in ("operator", "press"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(self.draft.with_user(getattr(self, role)), act)()
        arch = self._pages().get_view(view_type="form")["arch"]
        self.assertIn("action_mark_not_helped", arch)

    def test_only_what_is_in_force_is_found(self):
        """C5: an article has dates; out of them it is not read out to anybody."""
        self.pass_office.valid_to = "2020-01-01"
        self.assertEqual(self._titles("паспорт"), [])
        self.heating.valid_from = "2100-01-01"
        self.assertNotIn("Холодные батареи", self._titles("батареи"))
        suggested = self._pages().suggest(self.topic.id)
        self.assertNotIn("Холодные батареи", [one["title"] for one in suggested])

    def test_for_citizens_only_is_not_suggested_to_operators(self):
        self.pass_office.audience = "public"
        self.assertEqual(self._titles("паспорт"), [])
        self.assertIn(self.pass_office, self._pages().search([]).with_env(self.env))

    def test_a_new_title_and_a_withdrawal_reach_the_index(self):
        self.pass_office.with_user(self.administrator).name = "Обмен документа"
        self.assertEqual(self._titles("обмен"), ["Обмен документа"])
        self.pass_office.with_user(self.administrator).action_withdraw()
        self.assertEqual(self._titles("обмен"), [])
