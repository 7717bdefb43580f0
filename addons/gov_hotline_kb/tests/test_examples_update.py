from odoo import Command
from odoo.tests import tagged

from .test_examples import ExamplesCommon

SHOWN = ("published_html", "published_text", "published_short", "published_note", "name")


@tagged("post_install", "-at_install")
class TestExamplesUpdate(ExamplesCommon):
    """Examples that nobody edited become those that ship now (A2)."""

    def _update(self):
        self._migrate("19.0.1.3.0/post-examples.py")

    def _of_first_version(self, key, title=None):
        """Return a shipped article as the first version of the add-on left it after an update."""
        page = self.Page.browse(self.env.ref(f"gov_hotline_kb.page_{key}").id)
        page.write(
            {
                **dict.fromkeys(self.parts, False), "sources": False, "checked_on": False,
                "staff_note": False, "search_hints": False, "review_on": False,
                "content": "<p>Скажите заявителю номер.</p>", "short_form": "Я скажу номер.",
                "situation_ids": [Command.clear()], "name": title or page.name,
                "draft_base": page.draft_revision,
            }
        )  # fmt: skip
        page._new_version("published")._publish()
        page.is_example = True
        return page

    def test_installed_and_updated_end_alike(self):
        page = self.Page.browse(self.env.ref("gov_hotline_kb.page_terms").id)
        article = next(one for one in self.Page._shipped() if one["id"] == "terms")
        page._refresh_example(article, ())
        shown = {name: page[name] for name in SHOWN}
        digest, situations = page._draft_digest(), page.situation_ids
        self._of_first_version("terms", "Когда ждать ответа")
        self._update()
        self.assertEqual({name: page[name] for name in SHOWN}, shown)
        self.assertEqual((page._draft_digest(), page.situation_ids), (digest, situations))
        self.assertTrue(situations and page.review_on and page.search_hints and page.is_example)
        self.assertFalse(page.has_changes)
        self.assertNotIn("Скажите заявителю", page.published_text)

    def test_topics_of_the_first_version_become_those_that_ship(self):
        page = self._of_first_version("emergency")
        page.topic_ids = self.Page._topics(["0005.0005.0056"])
        self._update()
        self.assertEqual(page.topic_ids, self.Page._topics(["0004.0016.0162", "0005.0005.0056"]))
        page.topic_ids = chosen = self.Page._topics(["0001.0002.0027"])
        self._update()
        self.assertEqual(page.topic_ids, chosen)

    def test_what_somebody_touched_stays(self):
        """Written, renamed, withdrawn, published by a person, archived, set for staff only."""
        touch = {
            "status": lambda page: page.write({"short_form": "Наше."}),
            "forwarded": lambda page: page.write({"name": "Наше название"}),
            "no_answer": lambda page: page.with_user(self.administrator).action_withdraw(),
            "reception": lambda page: page.write({"active": False}),
        }
        for key, act in touch.items():
            page = self._of_first_version(key)
            act(page)
            before = page.short_form, page.content, page.name, page.state
            self._update()
            with self.subTest(article=key):
                self.assertEqual((page.short_form, page.content, page.name, page.state), before)
                self.assertFalse(page.situation_ids)
        page = self._of_first_version("heating")
        page.version_id._write_by_act({"author_id": self.administrator.id})
        self._update()
        self.assertEqual(page.short_form, "Я скажу номер.")
        page = self._of_first_version("subsidy")
        page.audience = "internal"
        self._update()
        self.assertEqual(page.audience, "internal")

    def _edited(self, key, checked, **vals):
        """Return a shipped article that a person edited and published before, with that date."""
        page = self._of_first_version(key)
        page.write({"sources": "Закон", "checked_on": checked, **vals})
        version = page._new_version("published")
        version._write_by_act({"author_id": self.administrator.id})
        version._publish()
        page.is_example = False
        return page

    def test_a_date_that_nobody_stated_goes(self):
        """A2: an edited example says again that it is one; a date of a person's stays."""
        page, own = self._edited("terms", "2026-11-21"), self._edited("status", "2026-11-20")
        right = self._edited("forwarded", "2026-11-21", review_on="2027-06-01")
        page.review_on = "2027-05-21"
        own.review_on = "2027-05-21"
        changed = self._edited("no_answer", "2026-11-21", review_on="2027-05-21")
        changed.short_form = "Ещё не показано."
        self._update()
        self.assertFalse((page | right | changed).filtered("checked_on"))
        self.assertEqual(
            [one.is_example for one in (page, own, right, changed)], [True, False, False, True]
        )
        for one in (page, right, changed):
            for text in (one.published_html, one.published_text, one.version_id.text):
                self.assertIn("По источнику не проверено.", text)
                self.assertNotIn("Сведения на", text)
        self.assertIn("Сведения на 20.11.2026", own.published_text)
        self.assertEqual([page.has_changes, own.has_changes, changed.has_changes], [0, 0, 1])

    def test_again_nothing_changes(self):
        page = self._of_first_version("terms")
        self._update()
        number = page.version_id.number
        self._update()
        self.assertEqual(page.version_id.number, number)

    def test_plain_texts_keep_numbers(self):
        """What was shown before is told anew: numbers of lists, no asterisks."""
        page = self.Page.create({"name": "Своя", "part_how": "1. Раз\n2. Два"})
        page.action_publish()
        page.version_id._write_by_act({"text": "*Как получить* Раз"})
        page.published_text = "*Как получить* Раз"
        self._update()
        self.assertEqual(page.published_text, "Как получить:\n1. Раз\n2. Два")
        self.assertEqual(page.version_id.text, page.published_text)

    def test_words_of_for_whom(self):
        """Their Russian follows the new meaning; a word of the body's own stays."""
        choices = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "document.page"), ("field_id.name", "=", "audience")]
        )
        told = {one.value: one.with_context(lang="ru_RU") for one in choices}
        told["public"].name, told["internal"].name = "Для всех", "Наши"
        self._update()
        self.assertEqual(
            {value: one.name for value, one in told.items() if value != "both"},
            {"public": "Только граждане", "internal": "Наши"},
        )
