from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import HotlineCommon

ODOO = ("rights to access", "Please contact", "top-secret", "сверхсекретн", "Ой-ой", "печень")


@tagged("post_install", "-at_install")
class TestRefusals(HotlineCommon):
    """What Odoo refuses by itself reaches a Russian user in plain Russian that says what to do."""

    def _words(self, kind, act):
        with self.assertRaises(kind) as refused:
            act()
        words = str(refused.exception)
        for odoo in ODOO:
            self.assertNotIn(odoo, words)
        return words

    def _as(self, record, user):
        return record.with_user(user).with_context(lang="ru_RU")

    def test_a_field(self):
        """B4: by its name on the screen, and by which button it is shown."""
        seen = self._as(self._registered(applicant_phone="+79135550101"), self.auditor)
        words = self._words(AccessError, lambda: seen.read(["applicant_phone"]))
        self.assertIn("«Телефон»", words)
        self.assertIn("«Показать целиком»", words)
        self.assertNotIn("applicant_phone", words)
        words = self._words(AccessError, lambda: self._as(self.citizen, self.auditor).read(["zip"]))
        self.assertIn("закрыто", words)

    def test_the_export(self):
        """B4: what to do instead."""
        seen = self._as(self._registered(), self.operator)
        words = self._words(UserError, lambda: seen.export_data(["number"]))
        self.assertIn("Выгружать", words)

    def test_a_record(self):
        """B4: no jokes in an authority."""
        seen = self._as(self._registered(), self.press)
        words = self._words(AccessError, lambda: seen.read(["number"]))
        self.assertIn("открыть", words)
        self.assertNotIn("helpdesk.ticket", words)

    def test_a_kind_of_records(self):
        """B4: which records, in Russian; neither the code of the model nor lists of groups."""
        acts = {
            "открыть": lambda env: env["hotline.journal"].search([]),
            "создать": lambda env: env["hotline.topic"].create({"name": "x"}),
            "удалить": lambda env: env["hotline.topic"].search([], limit=1).unlink(),
        }
        env = self.env(user=self.operator, context={"lang": "ru_RU"})
        for word, act in acts.items():
            words = self._words(AccessError, lambda a=act: a(env))
            self.assertIn(word, words)
            self.assertIn("администратор", words)
            self.assertNotRegex(words, "hotline\\.|[A-Za-z]{4,}", word)

    def test_a_message(self):
        """B4: messages and activities have refusals of their own in Odoo."""
        case = self._registered()
        message = case.sudo().message_post(body="Примечание")
        words = self._words(AccessError, lambda: self._as(message, self.press).read(["body"]))
        self.assertIn("открыть", words)
        self.assertNotRegex(words, "mail\\.message|\\[\\d")


@tagged("post_install", "-at_install")
class TestLockedWords(HotlineCommon, HttpCase):
    def test_a_locked_session(self):
        """B4: a call of a locked session is refused in words."""
        self.operator.password = self.operator.login
        self.authenticate(self.operator.login, self.operator.login)
        url = "/web/dataset/call_kw/helpdesk.ticket/search_count"
        self.make_jsonrpc_request("/hotline/session/lock", {})
        call = {"model": "helpdesk.ticket", "method": "search_count", "args": [[]], "kwargs": {}}
        body = {"jsonrpc": "2.0", "method": "call", "params": call}
        error = self.url_open(url, json=body).json()["error"]["data"]
        self.assertIn("Сеанс заблокирован", error["message"])
