from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestHelp(KnowledgeCommon, HttpCase):
    """C6: the public side: search, life situations, the article, «did it help», ways to appeal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.situation = cls.env["hotline.kb.situation"].create({"name": "Холод в доме"})
        cls.public = cls._article(
            "Нет отопления: что делать",
            "<p>Позвоните диспетчеру, он обязан принять заявку.</p>",
            audience="both",
            situation_ids=cls.situation.ids,
            short_form="Звоните диспетчеру.",
        )
        cls.heating.situation_ids = cls.situation

    def _get(self, path, status=200):
        page = self.url_open(path)
        self.assertEqual(page.status_code, status, path)
        return page.text

    def test_a_stranger_finds_and_reads(self):
        """C6: by words and by life situation, without signing in; it ends with ways to appeal."""
        self.env.company.phone = "8 800 100-00-00"
        for path in ("?q=отопления", f"?situation={self.situation.id}", "?q=jnjgktybt"):
            text = self._get(f"/hotline/help{path}")
            with self.subTest(path=path):
                self.assertIn("Нет отопления: что делать", text)
                self.assertNotIn("Холодные батареи", text)
        text = self._get(f"/hotline/help/{self.public.id}")
        for words in ("обязан принять заявку", "Звоните диспетчеру.", "59-", "8 800 100-00-00"):
            self.assertIn(words, text)

    def test_internal_articles_are_as_good_as_absent(self):
        """Bad input: a stranger asks for an internal article by id, search, file, mark: refused."""
        hidden = self.heating | self.draft
        late = self._article("Прошлое", "<p>Было.</p>", audience="both", valid_to="2020-01-01")
        gone = self._article("Снятое", "<p>Снято.</p>", audience="both")
        gone.action_withdraw()
        shelved = self._article("Архивное", "<p>Архив.</p>", audience="both")
        shelved.active = False
        alien = self._article("Чужое", "<p>Чужое.</p>", audience="both")
        alien.company_id = self.env["res.company"].create({"name": "Другой орган"})
        for page in hidden | late | gone | shelved | alien:
            with self.subTest(page=page.name):
                self._get(f"/hotline/help/{page.id}", 404)
                marked = self.url_open(f"/hotline/help/{page.id}/mark", data={"helped": "yes"})
                self.assertEqual(marked.status_code, 404)
        for query in ("батареи", "прошлое", "снятое", "архивное", "чужое"):
            text = self._get(f"/hotline/help?q={query}")
            for page in hidden | late | gone | shelved | alien:
                self.assertNotIn(f"/hotline/help/{page.id}", text)
        file = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"secret", "res_model": "document.page",
             "res_id": self.heating.id}
        )  # fmt: skip
        with mute_logger("odoo.http"):  # refusals are logged
            page = self.url_open(f"/web/content/{file.id}", allow_redirects=False)
        self.assertNotIn("secret", page.text)
        self.assertNotEqual(page.status_code, 200)

    def test_a_draft_of_a_public_article_is_not_shown(self):
        self.public.content = "<p>Ещё не утверждено.</p>"
        self.assertNotIn("не утверждено", self._get(f"/hotline/help/{self.public.id}"))

    def test_bad_questions(self):
        for path in (
            "?q=" + "я" * 5000, "?q=%00", "?q=%25%27--", "?situation=x", "?situation=-1",
            "?situation=99999999999999999999", "?q=<script>x()</script>",
        ):  # fmt: skip
            with self.subTest(path=path[:40]):
                self.assertNotIn("<script>x()", self._get(f"/hotline/help{path}"))
        self._get("/hotline/help/999999999", 404)

    def test_a_citizen_says_whether_it_helped(self):
        """A2: marks of citizens: once a day of an address, corrected, no more than twenty."""
        mark = f"/hotline/help/{self.public.id}/mark"
        self.assertIn("учтена" if self._is_russian() else "Thank you",
                      self.url_open(mark, data={"helped": "yes"}).text)  # fmt: skip
        self.url_open(mark, data={"helped": "no"})
        self.assertRecordValues(self.public, [{"helped_count": 0, "not_helped_count": 1}])
        self.assertEqual(self.url_open(mark, data={"helped": "x"}).status_code, 404)
        said = self.env["hotline.kb.mark"].search([("page_id", "=", self.public.id)])
        self.assertEqual((len(said), said.user_id.id), (1, False))
        self.assertNotIn("127.0.0.1", said.sudo().visitor)

    def _is_russian(self):
        return "Ответы на вопросы" in self._get("/hotline/help")

    def test_marks_of_one_address_are_limited(self):
        Mark = self.env["hotline.kb.mark"]
        pages = self.env["document.page"].create([{"name": f"П{n}"} for n in range(21)])
        counted = [Mark._of_visitor(page, True, "10.1.1.1") for page in pages]
        self.assertEqual(counted, [True] * 20 + [False])
        self.assertTrue(Mark._of_visitor(pages[0], False, "10.1.1.1"))
        self.assertTrue(Mark._of_visitor(pages[20], True, "10.1.1.2"))
        today = fields.Date.today()
        self.assertNotEqual(
            Mark._visitor_key("10.1.1.1", today),
            Mark._visitor_key("10.1.1.1", fields.Date.add(today, days=1)),
        )
