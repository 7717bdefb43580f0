from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
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
        for words in ("обязан принять заявку", "Звоните диспетчеру.", "59-", "8 (800) 100-00-00"):
            self.assertIn(words, text)
        self.assertIn('href="tel:+78001000000"', text)

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

    def test_thanks_come_after_a_mark_alone(self):
        """A2: neither an address nor a second look thanks; what did not count is told."""
        page = f"/hotline/help/{self.public.id}"
        thanks = "учтена" if self._is_russian() else "Thank you"
        self.assertNotIn(thanks, self._get(f"{page}?said=yes"))
        self.assertIn(thanks, self.url_open(f"{page}/mark", data={"helped": "yes"}).text)
        self.assertNotIn(thanks, self._get(page))
        with patch.object(type(self.env["hotline.kb.mark"]), "_of_visitor", return_value=False):
            refused = self.url_open(f"{page}/mark", data={"helped": "yes"}).text
        self.assertNotIn(thanks, refused)
        self.assertIn("не засчитана" if self._is_russian() else "not counted", refused)

    def test_pages_of_a_citizen_lead_to_the_answers(self):
        """C6: from the sign-in, the status, the own appeals and the draft."""
        user = new_test_user(self.env, "citizen-help", groups="base.group_portal")
        for path in ("/web/login", "/hotline/status"):
            self.assertIn('href="/hotline/help"', self._get(path), path)
        self.authenticate(user.login, user.login)
        for path in ("/my", "/my/tickets", "/hotline/draft"):
            self.assertIn('"/hotline/help"', self._get(path), path)
        self.assertIn('"/hotline/help"', self._get("/new/ticket", 404))

    def test_what_citizens_search_in_vain_is_counted(self):
        """A2: one row a question, without the person; once a day of a visitor."""
        Gap = self.env["hotline.kb.gap"]
        for query in ("где ловить рыбу", "Рыбу ловить ГДЕ", "где+ловить+рыбу+8+913+555-01-01"):
            self._get(f"/hotline/help?q={query}")
        self.assertRecordValues(
            Gap.search([]), [{"name": "где ловить рыбу", "asked_count": 1, "site_count": 1}]
        )
        for query in ("", "8 913 555-01-01", "!!!", "отопления", "1234"):
            self._get(f"/hotline/help?q={query}")
        for query in ("zzzz", "ааа", "я", "йцукен", "а б в", "подскажите пожалуйста"):
            self._get(f"/hotline/help?q={query}")
        self.assertEqual(Gap.search_count([]), 1)
        Gap._of_visitor("где ловить рыбу", "10.1.1.1")
        self.assertEqual(Gap.search([]).site_count, 2)
        self.assertNotIn("127.0.0.1", self.env["hotline.kb.visit"].search([]).mapped("visitor"))

    def test_rubbish_that_was_counted_is_folded_away(self):
        """A2: the migration; what an operator noted or a caller asked stays in the list."""
        Gap = self.env["hotline.kb.gap"]
        of_site = {"asked_count": 2, "site_count": 2}
        rows = Gap.create(
            [
                {"key": str(n), "company_id": self.env.company.id, **vals}
                for n, vals in enumerate(
                    (
                        {"name": "zzzz", **of_site},
                        {"name": "ЖКХ", **of_site},
                        {"name": "ааа", **of_site, "asked_count": 3},
                        {"name": "ыыы", **of_site, "call_count": 1},
                    )
                )
            ]
        )
        Gap._dismiss_chance()
        self.assertEqual(rows.mapped("state"), ["dismissed", "new", "new", "new"])

    def test_a_script_does_not_fill_the_list(self):
        """Bad input: no more than twenty questions of an address, two hundred new ones a day."""
        Gap = self.env["hotline.kb.gap"].with_user(self.env.ref("base.public_user"))
        for number in range(25):
            Gap._of_visitor(f"рыбалка {'щ' * number}", "10.1.1.1")
        self.assertEqual(Gap.sudo().search_count([]), 20)
        with patch("odoo.addons.gov_hotline_kb.models.hotline_kb_visit.NEW_A_DAY", 21):
            Gap._of_visitor("первый вопрос другого", "10.1.1.2")
            Gap._of_visitor("второй вопрос третьего", "10.1.1.3")
        self.assertEqual(Gap.sudo().search_count([]), 21)
        Gap._of_visitor("я" * 5000, "10.1.1.4")
        self.assertLessEqual(max(map(len, Gap.sudo().search([]).mapped("name"))), 200)

    def test_opened_on_the_site_is_used(self):
        """A2: once a day of a visitor; what visitors did is forgotten the day after."""
        for _twice in range(2):
            self._get(f"/hotline/help/{self.public.id}")
        self.assertEqual(self.public.used_count, 1)
        self.public._opened_on_site("10.1.1.1")
        self.assertEqual(self.public.used_count, 2)
        Visit = self.env["hotline.kb.visit"]
        Visit.search([]).day = fields.Date.subtract(fields.Date.today(), days=2)
        Visit._gc_visits()
        self.assertFalse(Visit.search([]))

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
