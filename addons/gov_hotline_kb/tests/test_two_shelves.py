from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestTwoShelves(KnowledgeCommon):
    """Bad input: two editors at once, beside the text: different things are kept, the same told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env, login="kb_colleague", groups="gov_hotline.group_officer", lang="ru_RU"
        )
        cls.agencies = cls.env["res.partner"].create(
            [{"name": f"Ведомство {n}", "hotline_kind": "agency"} for n in (1, 2)]
        )
        cls.place = cls.env["hotline.territory"].create({"name": "Дальний район"})
        cls.situation = cls.env["hotline.kb.situation"].create({"name": "Холод в доме"})
        cls.seen = cls.draft.draft_revision

    def _of(self, user):
        return self.draft.with_user(user)

    def _changes(self):
        """Return {name: (what the first writes, what the second writes)}."""
        first, second = self.agencies
        return {
            "audience": ("both", "public"),
            "topic_ids": ([Command.link(self.topic.id)], [Command.link(self.housing.id)]),
            "situation_ids": ([Command.link(self.situation.id)], [Command.clear()]),
            "territory_ids": ([Command.link(self.place.id)], [Command.clear()]),
            "valid_from": ("2026-01-01", "2026-02-01"),
            "valid_to": ("2027-01-01", "2027-02-01"),
            "review_on": ("2026-12-01", "2026-12-31"),
            "owner_ids": (
                [Command.create({"agency_id": first.id})],
                [Command.create({"agency_id": second.id})],
            ),
        }

    def test_the_same_thing_is_told(self):
        """The second hears who was there before; with a base, and over RPC without one."""
        for name, (first, second) in self._changes().items():
            self._of(self.officer).write({name: first, "draft_base": self.draft.draft_revision})
            kept = self.draft[name]
            label = self.draft._fields[name]._description_string(
                self.env(user=self.colleague.id)
            )  # fmt: skip
            for base in ({"draft_base": self.seen}, {}, {"draft_base": None}, {"draft_base": -1}):
                with self.subTest(name=name, base=base):
                    with self.assertRaisesRegex(UserError, self.officer.name) as told:
                        self._of(self.colleague).write({name: second, **base})
                    self.assertIn(label or name, str(told.exception))
                    self.assertEqual(self.draft[name], kept)

    def test_different_things_are_both_kept(self):
        """Whatever one changes, another who opened the article before it changes the rest."""
        users = [self.officer, self.colleague]
        changes = self._changes()
        for n, (name, (first, _second)) in enumerate(changes.items()):
            self._of(users[n % 2]).write({name: first, "draft_base": self.seen})
        self._of(self.colleague).write({"part_how": "Текст.", "draft_base": self.seen})
        self.assertEqual(self.draft.audience, "both")
        self.assertEqual(self.draft.topic_ids, self.topic)
        self.assertEqual(self.draft.owner_ids.agency_id, self.agencies[0])
        self.assertEqual(str(self.draft.valid_to), "2027-01-01")
        self.assertEqual(self.draft.part_how, "Текст.")

    def test_a_text_does_not_stop_what_stands_beside_it(self):
        self._of(self.officer).write({"part_how": "Первый.", "draft_base": self.seen})
        self._of(self.colleague).write({"audience": "both", "draft_base": self.seen})
        with self.assertRaises(UserError):
            self._of(self.colleague).write({"part_how": "Второй.", "draft_base": self.seen})

    def test_a_text_of_before_is_not_taken_for_new(self):
        """Articles written before this was noted: what stands beside changes, the text does not."""
        self._of(self.officer).write({"part_how": "Прежний.", "draft_base": self.seen})
        self.draft.sudo().write({"draft_marks": False})
        seen = self.draft.draft_revision
        self._of(self.officer).write({"audience": "both", "draft_base": seen})
        self._of(self.colleague).write({"part_how": "Новый.", "draft_base": seen})
        self.assertEqual(self.draft.part_how, "Новый.")

    def test_whoever_has_seen_it_changes_it(self):
        for name, (first, second) in self._changes().items():
            self._of(self.officer).write({name: first, "draft_base": self.draft.draft_revision})
            page = self._of(self.colleague)
            page.write({name: second, "draft_base": page.draft_revision})
        self.assertEqual(self.draft.audience, "public")
        self.assertEqual(self.draft.owner_ids.agency_id, self.agencies)

    def test_one_and_the_same_is_no_quarrel(self):
        """Both say the same, or nothing: nobody is told."""
        self._of(self.officer).write({"audience": "both", "valid_from": "2026-01-01"})
        self._of(self.colleague).write(
            {"audience": "both", "valid_from": "2026-01-01", "topic_ids": []}
        )
        revision = self.draft.draft_revision
        self._of(self.colleague).write({"audience": "both", "draft_base": self.seen})
        self.assertEqual(self.draft.draft_revision, revision)

    def test_ones_own_is_changed_without_a_word(self):
        self._of(self.officer).write({"audience": "both"})
        self._of(self.officer).write({"audience": "public"})
        self.assertEqual(self.draft.audience, "public")

    def test_owner_agencies_row_by_row(self):
        """Over RPC: a colleague's rows are changed by the article, which says what was seen."""
        Owner = self.env["hotline.kb.owner"]
        vals = {"page_id": self.draft.id, "agency_id": self.agencies[0].id}
        own = Owner.with_user(self.officer).create(vals)
        own.part = "Выплаты"
        for act in (
            lambda: own.with_user(self.colleague).write({"part": "Мимо"}),
            own.with_user(self.colleague).unlink,
            lambda: Owner.with_user(self.colleague).create(
                {**vals, "agency_id": self.agencies[1].id}
            ),
            lambda: Owner.with_user(self.colleague).with_context(hotline_kb_shelf=True).create(
                {**vals, "agency_id": self.agencies[1].id}
            ),
        ):  # fmt: skip
            with self.assertRaises(UserError):
                act()
        page = self._of(self.colleague)
        with self.assertRaises(UserError):
            page.write({"owner_ids": [Command.delete(own.id)], "draft_base": self.seen})
        page.write({"owner_ids": [Command.delete(own.id)], "draft_base": page.draft_revision})
        self.assertFalse(self.draft.owner_ids)
        with self.assertRaises(UserError):
            Owner.with_user(self.officer).create(vals)

    def test_the_text_of_a_refused_form_is_kept(self):
        """The text was nobody else's, but it was not saved: it stays with the article."""
        self._of(self.officer).write({"audience": "both", "draft_base": self.seen})
        vals = {"audience": "public", "part_how": "Мой текст.", "draft_base": self.seen}
        page = self._of(self.colleague)
        with self.assertRaises(UserError):
            page.write(vals)
        self.assertFalse(self.draft.part_how)
        self.assertTrue(page.keep_unsaved(vals))
        self.assertIn("Мой текст.", page.draft_ids.html)
        leaving = page.with_context(hotline_leaving=True)
        leaving.web_save({**vals, "part_how": "Ещё текст."}, {})
        self.assertEqual(len(page.draft_ids), 2)

    def test_marks_are_nobodys_to_write(self):
        with self.assertRaises(AccessError):
            self._of(self.officer).write({"draft_marks": {}})
        with self.assertRaises(AccessError):
            self._of(self.officer).read(["draft_marks"])
        made = self._of(self.officer).create({"name": "Новая", "draft_marks": {"text": [9, 1]}})
        self.assertFalse(made.sudo().draft_marks)

    def test_a_published_article_tells_the_right_first(self):
        self.draft.with_user(self.administrator).action_publish()
        self._of(self.administrator).write({"audience": "both"})
        with self.assertRaises(AccessError):
            self._of(self.colleague).write({"audience": "public", "draft_base": self.seen})
