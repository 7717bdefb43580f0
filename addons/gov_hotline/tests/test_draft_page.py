import json
import re

from lxml import html

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestDraftPage(HotlineCommon, HttpCase):
    """A4: the citizen opens the draft with number and code, corrects it and sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = new_test_user(
            cls.env, login="test_citizen", groups="base.group_portal", name="Мария", lang="ru_RU"
        )
        cls.draft = cls._draft(kind="message", origin="phone", applicant_phone="8 913 555-01-01")
        cls.told = cls.draft.action_issue_draft_code()

    def setUp(self):
        super().setUp()
        self.authenticate("test_citizen", "test_citizen")

    def _post(self, path, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data)

    def _open(self, number=None, code=None):
        answer = self._post(
            "/hotline/draft", number=number or self.told["number"], code=code or self.told["code"]
        )
        return html.fromstring(answer.text)

    def _message(self, page):
        return " ".join(page.xpath("string(//*[@id='hotline_draft_message'])").split())

    def test_for_signed_in_only(self):
        self.authenticate(None, None)
        answer = self.url_open("/hotline/draft")
        self.assertIn("/web/login", answer.url)

    def test_open_correct_send(self):
        """A4: an ordinary login: it becomes a message; the page says how to make it an appeal."""
        page = self._open()
        self.assertEqual(page.xpath("string(//textarea)").strip(), self.draft.appeal_text)
        self.assertTrue(page.xpath("//*[@id='hotline_not_identified']"))
        answer = self._post("/hotline/draft/send", text="Прошу дать тепло в дом 15.")
        self.assertTrue(answer.url.endswith("/hotline/draft/sent"))
        self.draft.invalidate_recordset()
        self.assertRecordValues(
            self.draft,
            [
                {
                    "kind": "message",
                    "state": "in_work",
                    "appeal_text": "Прошу дать тепло в дом 15.",
                    "partner_id": self.portal_user.partner_id.id,
                }
            ],
        )
        page = html.fromstring(answer.text)
        self.assertIn(self.draft.number, page.text_content())
        self.assertIn(self.draft.access_code, page.text_content())
        self.assertTrue(page.xpath("//*[@id='hotline_message_note']"))
        again = self._post("/hotline/draft/send", text="Ещё раз")
        self.assertTrue(again.url.endswith("/hotline/draft"), "sent once")
        self.assertIn("подтвержд", self._open().text_content(), "the code says it was sent")

    def test_another_person_is_warned(self):
        """A4: the page names both, and tells number and code to whoever sent it."""
        self.portal_user.partner_id.write({"surname": "Полякова", "given_name": "София"})
        page = self._open()
        warning = page.xpath("string(//*[@id='hotline_other_person'])")
        self.assertIn("Иванова Мария Петровна", warning)
        self.assertIn("Полякова София", warning)
        answer = self._post("/hotline/draft/send", text="Прошу дать тепло в дом 15.")
        self.assertTrue(answer.url.endswith("/hotline/draft/sent"))
        self.draft.invalidate_recordset()
        self.assertEqual(self.draft.partner_id, self.citizen)
        self.assertIn(self.draft.number, html.fromstring(answer.text).text_content())

    def test_wrong_code_and_absent_number_are_alike(self):
        """A4: the same words, the same answer, and nothing is opened."""
        wrong = "000000" if self.told["code"] != "000000" else "000001"
        known = self._message(self._open(code=wrong))
        absent = self._message(self._open(number="Ч-999999", code=wrong))
        self.assertTrue(known)
        self.assertEqual(known, absent)
        answer = self._post("/hotline/draft/send", text="Чужое")
        self.assertTrue(answer.url.endswith("/hotline/draft"))
        self.assertEqual(self.draft.state, "draft")

    def test_guesses_are_limited(self):
        """A4: as for statuses: after three failures one waits, also with the right code."""
        wrong = "000000" if self.told["code"] != "000000" else "000001"
        for _try in range(3):
            self._open(code=wrong)
        answer = self._post("/hotline/draft", number=self.told["number"], code=self.told["code"])
        self.assertEqual(answer.status_code, 429)
        self.assertTrue(answer.headers["Retry-After"])

    def test_new_code_closes_what_was_opened(self):
        self._open()
        self.draft.action_issue_draft_code()
        answer = self._post("/hotline/draft/send", text="Прошу дать тепло")
        self.assertTrue(answer.url.endswith("/hotline/draft"))
        self.assertEqual(self.draft.state, "draft")

    def test_bad_texts(self):
        """Bad input: empty, too long; scripts are shown as text."""
        self._open()
        for text in ("  ", "а" * 100_001):
            page = html.fromstring(self._post("/hotline/draft/send", text=text).text)
            self.assertTrue(page.xpath("//*[@role='alert'][contains(@class, 'danger')]"))
            self.assertEqual(self.draft.state, "draft")
        script = "<script>alert(1)</script></textarea><b>жирно</b>"
        self.draft.appeal_text = script
        answer = self.url_open("/hotline/draft")
        self.assertNotIn("<script>alert(1)", answer.text)
        self.assertEqual(html.fromstring(answer.text).xpath("string(//textarea)").strip(), script)

    def test_mark_cannot_be_sent(self):
        """A4: what a client sends is no identification."""
        self._open()
        forged = json.dumps({"uid": self.portal_user.id, "provider": 1})
        self._post(
            "/hotline/draft/send",
            text="Прошу дать тепло",
            hotline_identified=forged,
            identification=forged,
        )
        self.draft.invalidate_recordset()
        self.assertRecordValues(self.draft, [{"kind": "message", "identified_by": False}])

    @mute_logger("odoo.http")
    def test_nothing_of_it_by_rpc(self):
        """A4: neither code nor mark is reached by RPC: the acts behind the page are private."""
        for model, method in (
            ("helpdesk.ticket", "_confirm_on_site"),
            ("helpdesk.ticket", "_draft_by_code"),
            ("res.users", "_hotline_identification"),
            ("res.users", "_hotline_mark_session"),
        ):
            answer = self._called(model, method)
            self.assertRegex(answer, "private|AccessError", method)

    def _called(self, model, method):
        data = {"params": {"model": model, "method": method, "args": [], "kwargs": {}}}
        answer = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(data),
            headers={"Content-Type": "application/json"},
        )
        return re.sub(r"\s+", " ", answer.text)
