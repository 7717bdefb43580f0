import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import HotlineCommon

REFUSAL = "Ваша роль этого не позволяет"


@tagged("post_install", "-at_install")
class TestLanguage(HotlineCommon, HttpCase):
    """A refusal comes in the user's language, whatever the caller says of it."""

    @mute_logger("odoo.http")
    def _open(self, url, **kwargs):
        return self.url_open(url, **kwargs)

    def _over_the_session(self, context):
        self.press.password = self.press.login
        self.authenticate(self.press.login, self.press.login)
        params = {"model": "hotline.workplace", "method": "get_state", "args": [], "kwargs": {}}
        if context is not None:
            params["kwargs"] = {"context": context}
        url = "/web/dataset/call_kw/hotline.workplace/get_state"
        answer = self._open(url, json={"params": params})
        return answer.json()["error"]["data"]["message"]

    def test_session_without_a_language(self):
        for context in (None, {}, {"tz": "Europe/Moscow"}):
            with self.subTest(context):
                self.assertIn(REFUSAL, self._over_the_session(context))

    def test_the_callers_language_wins(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.assertIn("Your role", self._over_the_session({"lang": "en_US"}))

    def test_json2_without_a_language(self):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.press)
            .sudo()
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        answer = self._open(
            "/json/2/hotline.workplace/get_state",
            data=json.dumps({}),
            headers={"Authorization": f"bearer {key}", "Content-Type": "application/json"},
        )
        self.assertIn(REFUSAL, answer.json()["message"])
