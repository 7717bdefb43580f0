import io

from openpyxl import load_workbook

from odoo import SUPERUSER_ID
from odoo.tests import HttpCase, tagged

from .register_common import RegisterCommon


@tagged("post_install", "-at_install")
class TestRegisterTour(RegisterCommon, HttpCase):
    def test_load(self):
        """D2: file → what was guessed → check without loading → load → rows to mend, in a browser;
        the table of bad rows is downloaded with its reasons.
        """
        self.supervisor.lang = "ru_RU"
        # the jobs are done at once: here is no runner of the queue
        self.patch(
            type(self.env["hotline.register.run"]),
            "_call_part",
            lambda run: run.with_user(SUPERUSER_ID)._run_part(),
        )
        login = self.supervisor.login
        self.start_tour(
            "/odoo/register-loads/new", "hotline_register_load", login=login, timeout=300
        )
        run = self.source.run_ids
        self.assertRecordValues(run, [{"state": "done", "created_count": 2, "bad_count": 2}])
        self.assertEqual(self._accounts().mapped("number"), ["7710-0001", "7710-0002"])
        self.authenticate(login, login)
        answer = self.url_open(f"/hotline/register/{run.id}.xlsx")
        table = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertEqual([row[0] for row in table[1:]], [4, 5])
        self.assertIn("Нет номера дома", table[1][1])
