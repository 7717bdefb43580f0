from odoo.tests import HttpCase, tagged

from .test_files import FilesCommon

FOREIGN = (
    '<p>Схема: <img src="http://other.example/a.png" alt="план этажа"></p>'
    '<p style="background: url(//other.example/b.png)">Вход со двора</p>'
)


@tagged("post_install", "-at_install")
class TestForeignPictures(FilesCommon, HttpCase):
    """A2, C6: whoever reads an article calls no other site (closed perimeter)."""

    def _shown(self, page):
        return self.url_open(f"/hotline/help/{page.id}").text

    def _assert_clean(self, page):
        shown = page.with_user(self.operator).published_html
        for text in (shown, self._shown(page)):
            self.assertNotIn("other.example", text)
            self.assertIn("план этажа", text)
            self.assertIn("Вход со двора", text)

    def test_published_and_approved_texts(self):
        """Bad input: pasted from the web; neither the readers nor the approver call that site."""
        self._assert_clean(self._article("Проезд", FOREIGN, audience="both"))
        self._step()
        page = self._article("Проход", FOREIGN, publish=False, audience="both")
        page.with_user(self.officer).action_send_for_approval()
        version = page.awaiting_version_id.with_user(self.approver)
        self.assertNotIn("other.example", version.html)
        version.action_approve()
        self._assert_clean(page)

    def test_the_author_is_told_before(self):
        page = self.draft.with_user(self.officer)
        self.assertFalse(page.has_foreign_pictures)
        page.content = FOREIGN
        self.assertTrue(page.has_foreign_pictures)

    def test_a_file_that_sends_to_another_site(self):
        """Bad input: an own address behind which lies another site's."""
        away = self.env["ir.attachment"].create(
            {"name": "a.png", "type": "url", "url": "http://other.example/a.png"}
        )
        page = self._article(
            "Проезд", f'<p><img src="/web/image/{away.id}-redirect/a.png" alt="план"></p>'
        )
        self.assertNotIn("/web/image", page.published_html)
        self.assertIn("план", page.published_html)

    def test_texts_of_before(self):
        """A2: the migration; a text without foreign pictures stays letter for letter."""
        page = self._article("Проезд", "<p>Пусто.</p>", audience="both")
        other = self._article("Иное", "<p>Слова&nbsp;и<br/>знаки</p>")
        told = other.published_html
        page.version_id._write_by_act({"html": FOREIGN})
        page.sudo().published_html = FOREIGN
        self.assertIn("other.example", self._shown(page))
        self.env["hotline.kb.version"]._drop_foreign_pictures()
        self.assertNotIn("other.example", page.version_id.html)
        self._assert_clean(page)
        self.assertEqual(other.published_html, told)
