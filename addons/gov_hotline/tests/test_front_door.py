from odoo.tests import HttpCase, new_test_user, tagged

from .common import HotlineCommon
from .test_portal_words import latin


@tagged("post_install", "-at_install")
class TestFrontDoor(HotlineCommon, HttpCase):
    """A3: what a citizen types by hand, `/hotline`, leads on; no account, no script."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"name": "Правительство края", "phone": "8 843 555-01-01"})
        cls.lines = cls.env["hotline.line"].search([])
        cls.lines.phone = False

    def _page(self, path="/hotline"):
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        return page

    def test_a_stranger_has_the_doors_in_russian(self):
        for path in ("/hotline", "/hotline/", "/hotline?q=1"):
            with self.subTest(path=path):
                page = self._page(path)
                self.assertFalse(latin(page.content))
                for door in ("/hotline/status", "/hotline/draft", "/my"):
                    self.assertIn(f'href="{door}"', page.text)

    def test_every_door_opens(self):
        """None of them ends in «not found», also for whoever has not signed in."""
        links = ("/hotline/status", "/hotline/draft", "/my")
        for link in links:
            with self.subTest(link=link):
                self.assertEqual(self.url_open(link).status_code, 200)

    def test_what_is_not_there_leads_on(self):
        """A page that is not there says so in Russian, with doors that open."""
        for path in ("/hotline/zzz", "/zzz", "/hotline/статья"):
            with self.subTest(path=path):
                page = self.url_open(path)
                self.assertEqual(page.status_code, 404)
                self.assertFalse(latin(page.content))
                self.assertIn("<title>", page.text)
                title = page.text.partition("<title>")[2].partition("</title>")[0]
                self.assertIn("Страница не найдена", title)
                self.assertNotIn("/contactus", page.text)
                for door in ("/hotline", "/hotline/status", "/my"):
                    self.assertIn(f'href="{door}"', page.text)

    def test_the_lines_of_this_body_are_told(self):
        """Lines with a number, else the body's own; never another body's or an archived one."""
        self.assertIn('href="tel:+78435550101"', self._page().text)
        other = self.env["res.company"].create({"name": "Другой орган"})
        Line = self.env["hotline.line"]
        Line.create({"name": "Чужая", "phone": "8 800 200-00-01", "company_id": other.id})
        Line.create({"name": "Старая", "phone": "8 800 200-00-02", "active": False})
        Line.create({"name": "Горячая", "phone": "8 800 200-00-03", "round_the_clock": True})
        text = self._page().text
        self.assertIn("8 (800) 200-00-03", text)
        self.assertIn("Горячая", text)
        self.assertIn("Круглосуточно", text)
        for hidden in ("Чужая", "Старая", "555-01-01"):
            self.assertNotIn(hidden, text)

    def test_what_was_typed_is_no_code(self):
        self.lines[0].write({"name": "<script>x()</script>", "phone": '8"><b>'})
        text = self._page().text
        self.assertNotIn("<script>x()", text)
        self.assertNotIn('8"><b>', text)

    def test_whoever_signed_in_has_it_too(self):
        new_test_user(
            self.env, login="житель", name="Житель", groups="base.group_portal", lang="ru_RU"
        )
        self.authenticate("житель", "житель")
        self.assertFalse(latin(self._page().content))
