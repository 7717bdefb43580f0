from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestTwoEditors(KnowledgeCommon):
    """Bad input: two editors at once; nobody writes over what he has not seen, nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env, login="kb_colleague", groups="gov_hotline.group_officer", lang="ru_RU"
        )
        cls.seen = cls.draft.draft_revision
        cls._of(cls.officer).write({"part_how": "Первый.", "draft_base": cls.seen})

    @classmethod
    def _of(cls, user):
        return cls.draft.with_user(user)

    def test_the_second_is_told(self):
        with self.assertRaisesRegex(UserError, self.officer.name):
            self._of(self.colleague).write({"part_how": "Второй.", "draft_base": self.seen})
        self.assertEqual(self.draft.part_how, "Первый.")

    def test_who_says_nothing_has_not_seen_a_colleagues_text(self):
        """Over RPC too: without saying what was read, a colleague's draft stays."""
        for vals in (
            {"part_how": "Мимо"}, {"content": "<p>Мимо</p>"}, {"sources": "Мимо"},
            {"name": "Мимо"}, {"search_hints": "Мимо"}, {"checked_on": "2026-01-01"},
        ):  # fmt: skip
            for base in ({}, {"draft_base": None}, {"draft_base": False}):
                with self.subTest(vals=vals, base=base), self.assertRaises(UserError):
                    self._of(self.colleague).write({**vals, **base})
        self._of(self.officer).part_how = "Своё правят и так."
        self.assertFalse(self.draft.draft_ids)

    def test_the_history_is_no_way_round(self):
        self._of(self.officer).content = "<p>Первый.</p>"
        head = self.draft.history_head.with_user(self.colleague)
        with self.assertRaises(AccessError):
            head.content = "<p>Мимо</p>"
        with self.assertRaises(AccessError):
            head.create({"page_id": self.draft.id, "content": "<p>Мимо</p>"})

    def test_a_colleagues_draft_is_kept_when_it_is_replaced(self):
        """Whoever has seen it may replace it; the words stay in the history, as its author's."""
        page = self._of(self.colleague)
        page.write({"part_how": "Второй.", "draft_base": page.draft_revision})
        kept = page.draft_ids
        self.assertRecordValues(kept, [{"kind": "replaced", "author_id": self.officer.id}])
        self.assertIn("Первый.", kept.html)
        page.write({"part_how": "Третий.", "draft_base": page.draft_revision})
        self.assertEqual(page.draft_ids, kept)

    def test_a_version_is_not_kept_twice(self):
        self.draft.with_user(self.administrator).action_publish()
        page = self._of(self.colleague)
        page.write({"part_how": "Второй.", "draft_base": page.draft_revision})
        self.assertFalse(page.draft_ids)

    def test_what_was_refused_is_kept_for_its_writer(self):
        vals = {"part_how": "Мой <b>", "content": "<p>Ещё<script>x()</script></p>"}
        vals |= {"short_form": "Коротко", "draft_base": self.seen}
        page = self._of(self.colleague)
        self.assertTrue(page.keep_unsaved(vals))
        self.assertTrue(page.keep_unsaved(vals))
        self.assertRecordValues(page.draft_ids, [{
            "kind": "unsaved", "author_id": self.colleague.id, "short_form": "Коротко",
            "page_id": page.id,
        }])  # fmt: skip
        self.assertIn("Мой &lt;b&gt;", page.draft_ids.html)
        self.assertIn("Ещё", page.draft_ids.html)
        self.assertNotIn("script", page.draft_ids.html)
        self.assertEqual(self.draft.part_how, "Первый.")

    def test_nothing_is_kept_where_it_can_be_saved(self):
        page = self._of(self.colleague)
        self.assertFalse(page.keep_unsaved({"part_how": "Да", "draft_base": page.draft_revision}))
        self.assertFalse(page.keep_unsaved({"audience": "both", "draft_base": self.seen}))
        self.assertFalse(page.draft_ids)

    def test_a_page_that_is_closed(self):
        """The browser's last save tells its draft; what cannot be written is kept, not lost."""
        page = self._of(self.colleague).with_context(hotline_leaving=True)
        page.web_save({"part_how": "Второй.", "draft_base": self.seen}, {})
        self.assertEqual(self.draft.part_how, "Первый.")
        self.assertIn("Второй.", page.draft_ids.html)
        page.web_save({"part_how": "Дополнено.", "draft_base": page.draft_revision}, {})
        self.assertEqual(self.draft.part_how, "Дополнено.")

    def test_a_page_that_is_closed_with_what_may_not_be_written(self):
        """Refused for another reason, the text is kept as well."""
        self.draft.with_user(self.administrator).action_publish()
        page = self._of(self.colleague).with_context(hotline_leaving=True)
        vals = {"name": "Иначе", "part_how": "Текст.", "draft_base": page.draft_revision}
        page.web_save(vals, {})
        self.assertEqual(self.draft.name, "Черновик про батареи")
        self.assertIn("Текст.", page.draft_ids.html)

    def test_who_may_not(self):
        self.draft.with_user(self.administrator).action_publish()
        for role in ("operator", "approver", "supervisor", "auditor", "press"):
            page = self._of(getattr(self, role))
            with self.subTest(role=role):
                for act in (page.write, page.keep_unsaved):
                    with self.assertRaises(AccessError):
                        act({"part_how": "Мимо", "draft_base": self.seen})
                with self.assertRaises(AccessError):
                    page.with_context(hotline_leaving=True).web_save({"part_how": "Мимо"}, {})
        with self.assertRaises(AccessError):
            self.env["hotline.kb.draft"].with_user(self.operator).search([])

    def test_kept_texts_are_nobodys_to_change(self):
        page = self._of(self.colleague)
        page.keep_unsaved({"part_how": "Мой", "draft_base": self.seen})
        kept = page.draft_ids
        self.assertEqual(kept.with_user(self.officer).kind, "unsaved")
        for act in (kept.unlink, lambda: kept.write({"name": "Иначе"}), kept.copy):
            with self.assertRaises(AccessError):
                act()
