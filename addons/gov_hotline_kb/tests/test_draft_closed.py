from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KnowledgeCommon

READERS = ("operator", "approver", "supervisor", "executor", "auditor", "press")
SECRET = "тайнотекст"


@tagged("post_install", "-at_install")
class TestDraftClosed(KnowledgeCommon):
    """A2: what an officer has not sent is read by no one but officers, whatever way is tried."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = cls.env.ref("base.group_allow_export")
        for role in READERS:
            getattr(cls, role).group_ids |= export
        for page in (cls.draft, cls.heating):
            page.with_user(cls.officer).write({"content": f"<p>{SECRET}</p>", "part_how": SECRET})
            cls.env["hotline.kb.draft"]._keep(
                {"page_id": page.id, "kind": "unsaved", "name": SECRET, "html": SECRET}
            )

    def _ways(self, model, name):
        return {
            "read": lambda: model.search([]).read([name]),
            "search_read": lambda: model.search_read([], [name]),
            "web": lambda: model.web_search_read([], {name: {}}),
            "search": lambda: model.search([(name, "ilike", SECRET)]),
            "count": lambda: model.search_count([(name, "ilike", SECRET)]),
            "group": lambda: model.formatted_read_group([(name, "ilike", SECRET)], ["page_id"]),
            "export": lambda: model.search([]).export_data([name])["datas"],
            "names": lambda: model.name_search(SECRET),
        }

    def test_rows_that_hold_a_draft(self):
        for role in READERS:
            for name, column in (
                ("document.page.history", "content"),
                ("hotline.kb.draft", "html"),
            ):
                model = self.env[name].with_user(getattr(self, role))
                for way, ask in self._ways(model, column).items():
                    told = self.subTest(role=role, model=name, way=way)
                    with told, self.assertRaises(AccessError):
                        ask()

    def test_columns_of_a_published_article(self):
        for role in READERS:
            page = self.heating.with_user(getattr(self, role))
            for name in ("content", "part_how", "history_ids", "draft_ids"):
                with self.subTest(role=role, name=name):
                    with self.assertRaises(AccessError):
                        page.read([name])
                    with self.assertRaises(AccessError):
                        page.export_data([f"{name}/id" if name.endswith("ids") else name])
                    with self.assertRaises(AccessError):
                        page.search([(name, "ilike", SECRET)])

    def test_all_that_a_reader_may_read_at_all(self):
        """Nothing of the draft is in the columns, messages and files that are open."""
        for role in READERS:
            env = self.env(user=getattr(self, role).id)
            pages = env["document.page"].search([])
            self.assertNotIn(self.draft.id, pages.ids)
            told = repr(pages.browse(self.heating.id).read(list(pages.fields_get())))
            for model, column in (("mail.message", "res_id"), ("ir.attachment", "res_id")):
                domain = [("model" if model == "mail.message" else "res_model", "=", pages._name)]
                rows = env[model].search([*domain, (column, "in", (self.draft + self.heating).ids)])
                told += repr(rows.read())
            if role in ("approver", "auditor"):
                told += repr(env["hotline.kb.version"].search_read([]))
            with self.subTest(role=role):
                self.assertNotIn(SECRET, told)

    def test_the_approver_compares_what_was_sent(self):
        """The approver reads what was sent and what changed, without the draft's rows."""
        self.env["tier.definition"].create(
            {
                "name": "Руководитель", "review_type": "individual", "hotline_kb": True,
                "model_id": self.env["ir.model"]._get_id("hotline.kb.version"),
                "reviewer_id": self.approver.id,
            }
        )  # fmt: skip
        page = self.heating.with_user(self.officer)
        page.action_send_for_approval()
        version = page.awaiting_version_id.with_user(self.approver)
        self.env.invalidate_all()
        self.assertIn(SECRET, version.difference)
        self.assertIn("<del>", version.difference)
        version.action_approve()
        self.assertIn(SECRET, self.heating.with_user(self.approver).published_text)
