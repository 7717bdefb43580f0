import json

from odoo import http
from odoo.tests import HttpCase, tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestUploadWords(HotlineCommon, HttpCase):
    def _upload(self, name, content):
        self.authenticate(self.officer.login, self.officer.login)
        response = self.url_open(
            "/web/binary/upload_attachment",
            data={
                "model": "hotline.answer",
                "id": "0",
                "csrf_token": http.Request.csrf_token(self),
            },
            files=[("ufile", (name, content, "application/pdf"))],
        )
        return json.loads(response.text)

    def test_a_refused_file_is_named_with_the_reason(self):
        """X1: an empty file and a programme are refused in words, nothing is kept of them."""
        for name, content in (("пусто.pdf", b""), ("virus.pdf", b"MZ\x90 programme")):
            with self.subTest(name):
                [told] = self._upload(name, content)
                self.assertIn(name, told["error"])
                self.assertFalse(self.env["ir.attachment"].search([("name", "=", name)]))

    def test_a_lawful_file_is_taken(self):
        [taken] = self._upload("акт.pdf", b"%PDF-1.4 one")
        self.assertTrue(self.env["ir.attachment"].browse(taken["id"]).exists())
