import json
from urllib.parse import urljoin

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .report_common import ReportCommon


@tagged("post_install", "-at_install")
class TestReportDownload(ReportCommon, HttpCase):
    """Point 8: whoever carries a table of a pivot off is noted, over HTTP."""

    def _download(self, user, **more):
        cell = {"value": 3, "is_bold": False}
        table = {
            "model": "hotline.report.case", "title": "Обращения", "measure_count": 1,
            "col_group_headers": [[]], "measure_headers": [], "measures": ["received", "in_term"],
            "rows": [{"title": "Всего", "indent": 0, "values": [cell]}],
            "domain": [
                "&", ["received_on", ">=", "2026-11-01"], ["agency_id", "ilike", "Петрова"],
            ],
            **more,
        }  # fmt: skip
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        url = urljoin(self.base_url(), "/web/pivot/export_xlsx")
        data = {"csrf_token": http.Request.csrf_token(self)}
        return self.opener.post(url, data=data, files={"data": json.dumps(table)})

    def _lines(self):
        return self.env["hotline.journal"].search([("event", "=", "pivot_taken")])

    def test_a_download_is_noted(self):
        self.auditor.group_ids += self.env.ref("base.group_allow_export")
        before = self._lines()
        answer = self._download(self.auditor)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content[:2], b"PK")
        line = self._lines() - before
        self.assertEqual((len(line), line.user_ref), (1, self.auditor.id))
        payload = json.loads(line.payload)
        self.assertEqual(payload["analysis"], "hotline.report.case")
        self.assertEqual(payload["measures"], ["received", "in_term"])
        self.assertIn(["received_on", ">=", "2026-11-01"], payload["conditions"])
        self.assertNotIn("Петрова", line.payload)  # what was typed may be anybody's name
        words = line.with_context(lang="ru_RU").payload_text
        self.assertIn("Дата поступления", words)
        self.assertNotRegex(words, "[a-z]")

    @mute_logger("odoo.http")
    def test_without_the_right_it_is_refused(self):
        """Neither without the right to export, nor of what one may not read."""
        before = self._lines()
        self.assertNotEqual(self._download(self.auditor).status_code, 200)
        self.press.group_ids += self.env.ref("base.group_allow_export")
        self.assertNotEqual(self._download(self.press).status_code, 200)
        self.assertNotEqual(self._download(self.press, model="none").status_code, 200)
        self.assertEqual(self._lines(), before)
