from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import KnowledgeCommon

READERS = ("operator", "approver", "supervisor", "executor", "auditor", "press")


@tagged("post_install", "-at_install")
class TestArticle(KnowledgeCommon):
    def test_officer_writes_administrator_publishes(self):
        """A2: the base grows from drafts of officers; readers get what the administrator shows."""
        page = self._pages(self.officer).create(
            {"name": "Вывоз снега", "content": "<p>Звоните в управляющую организацию.</p>"}
        )
        self.assertEqual(page.state, "draft")
        self.assertEqual(self._titles("вывоз снега"), [])
        with self.assertRaises(AccessError):
            page.action_publish()
        page.with_user(self.administrator).action_publish()
        self.assertEqual(self._titles("вывоз снега"), ["Вывоз снега"])
        self.assertEqual(page.published_by_id, self.administrator)

    def test_the_form_of_the_officer_and_of_the_operator(self):
        """The officer writes on the form; the operator's has no draft."""
        view = "gov_hotline_kb.document_page_view_form"
        with Form(self._pages(self.officer), view=view) as form:
            form.name = "Ремонт двора"
            form.content = "<p>Кто решает и когда.</p>"
            form.short_form = "Решает собрание собственников."
        page = form.record
        self.assertRecordValues(page, [{"state": "draft", "type": "content"}])
        self.assertIn("Кто решает", page.history_head.content)
        shown = Form(self.heating.with_user(self.operator), view=view)
        self.assertEqual(shown.published_short, "Позвоните в аварийную службу.")
        self.assertNotIn("content", shown._view["fields"])

    def test_a_new_draft_is_not_shown_before_publishing(self):
        page = self.heating.with_user(self.officer)
        page.write({"content": "<p>Совсем новый текст.</p>", "short_form": "Новое."})
        self.assertTrue(page.has_changes)
        shown = self.heating.with_user(self.operator)
        self.assertIn("замер температуры", shown.published_text)
        self.assertEqual(shown.published_short, "Позвоните в аварийную службу.")
        self.heating.with_user(self.administrator).action_publish()
        self.assertIn("Совсем новый текст", shown.published_text)
        self.assertFalse(page.has_changes)

    def test_readers_read_what_is_published_and_nothing_else(self):
        for role in READERS:
            with self.subTest(role=role):
                user = getattr(self, role)
                self.assertEqual(
                    self._pages(user).search([]), self.heating | self.payment | self.pass_office
                )
                with self.assertRaises(AccessError):
                    self.draft.with_user(user).read(["name"])
                with self.assertRaises(AccessError):
                    self.heating.with_user(user).write({"name": "Другое"})
                with self.assertRaises(AccessError):
                    self.heating.with_user(user).action_publish()

    def test_operator_cannot_read_the_draft_of_a_published_article(self):
        self.heating.with_user(self.officer).content = "<p>Ещё не решено.</p>"
        with self.assertRaises(AccessError):
            self.heating.with_user(self.operator).read(["content"])
        with self.assertRaises(AccessError):
            self.env["document.page.history"].with_user(self.operator).search([])

    def test_portal_and_strangers_read_nothing(self):
        portal = new_test_user(self.env, login="kb_portal", groups="base.group_portal")
        clerk = new_test_user(self.env, login="kb_clerk", groups="base.group_user")
        for user in (portal, clerk, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._pages(user).search_text("батареи")

    def test_portal_asks_for_an_internal_article_by_every_way(self):
        """Bad input: by id, by search, by its words, its versions, its files: refused."""
        portal = new_test_user(self.env, login="kb_citizen", groups="base.group_portal")
        file = self.env["ir.attachment"].create(
            {
                "name": "internal.txt", "raw": b"secret", "res_model": "document.page",
                "res_id": self.heating.id,
            }
        )  # fmt: skip
        asked = {
            "id": lambda env: env["document.page"].browse(self.heating.id).read(["name"]),
            "search": lambda env: env["document.page"].search([("name", "ilike", "батареи")]),
            "words": lambda env: env["document.page"].suggest(self.topic.id),
            "index": lambda env: env["hotline.kb.word"].search([]),
            "version": lambda env: env["hotline.kb.version"].search([]),
            "file": lambda env: env["ir.attachment"].browse(file.id).read(["raw"]),
            "picture": lambda env: env["ir.binary"]._find_record(
                res_model="document.page", res_id=self.heating.id
            ),
        }
        for who in (portal, self.env.ref("base.public_user")):
            for way, ask in asked.items():
                with self.subTest(who=who.login, way=way), self.assertRaises(AccessError):
                    ask(self.env(user=who.id))

    def test_operators_do_not_read_the_parts_of_a_draft(self):
        """The draft is closed column by column, by reading, by grouping and by searching."""
        page = self.heating.with_user(self.operator)
        for name in ("content", "part_how", "short_form", "sources", "version_ids", "history_ids"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                page.read([name])
        with self.assertRaises(AccessError):
            self._pages().search([("part_how", "ilike", "акт")])
        with self.assertRaises(AccessError):
            self.env["hotline.kb.word"].with_user(self.operator).search([])

    def test_published_columns_are_not_written_by_hand(self):
        for name in ("published_text", "published_html", "state"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.draft.with_user(self.administrator).write({name: "published"})
        page = self._pages(self.officer).create(
            {"name": "Мимо", "state": "published", "published_text": "мимо утверждения"}
        )
        self.assertRecordValues(page, [{"state": "draft", "published_text": False}])
        by_context = {"default_state": "published", "default_published_text": "мимо утверждения"}
        page = self._pages(self.officer).with_context(**by_context).create({"name": "Мимо"})
        self.assertRecordValues(page, [{"state": "draft", "published_text": False}])

    def test_officer_does_not_change_what_readers_see_at_once(self):
        page = self.heating.with_user(self.officer)
        for vals in ({"name": "Иначе"}, {"audience": "public"}, {"active": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                page.write(vals)
        self.draft.with_user(self.officer).name = "Черновик можно"

    def test_withdrawn_is_gone_for_readers(self):
        self.heating.with_user(self.administrator).action_withdraw()
        self.assertNotIn("Холодные батареи", self._titles("батареи"))

    def test_scripts_do_not_survive(self):
        """Neither in the draft the administrator opens nor in the article operators read."""
        page = self._pages(self.officer).create(
            {"name": "Со скриптом", "content": "<p onclick='x()'>Текст<script>x()</script></p>"}
        )
        page.with_user(self.administrator).action_publish()
        for html in (page.content, page.history_head.content, page.published_html):
            self.assertNotIn("script", html)
            self.assertNotIn("onclick", html)
        self.assertEqual(page.published_text.strip(), "Текст")

    def test_empty_is_not_published(self):
        page = self._pages(self.administrator).create({"name": "Пусто", "content": "<p><br></p>"})
        with self.assertRaises(UserError):
            page.action_publish()

    def test_articles_of_another_body_stay_there(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        self.heating.company_id = other
        self.assertNotIn("Холодные батареи", self._titles("холодные батареи"))
        stranger = self._new_role_user("operator", "press")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertEqual(self._titles("холодные батареи", stranger), ["Холодные батареи"])

    def test_what_ships_is_published_and_can_be_read_out(self):
        """A2: a base to begin with; every article has a short form to read out."""
        shipped = self.env["ir.model.data"].search(
            [("module", "=", "gov_hotline_kb"), ("model", "=", "document.page")]
        )
        pages = self.env["document.page"].browse(shipped.mapped("res_id"))
        self.assertGreaterEqual(len(pages), 12)
        self.assertEqual(set(pages.mapped("state")), {"published"})
        self.assertTrue(all(pages.mapped("published_short")))
        self.assertTrue(all(page.topic_ids for page in pages))

    def test_menu_opens_the_list(self):
        action = self.env.ref("gov_hotline_kb.document_page_action")
        self.assertEqual([mode for _view, mode in action.views], ["list", "form"])

    def test_wiki_menu_is_hidden(self):
        root = self.env.ref("document_knowledge.menu_document_root")
        self.assertNotIn(
            root.id, self.env["ir.ui.menu"].with_user(self.officer)._visible_menu_ids()
        )
