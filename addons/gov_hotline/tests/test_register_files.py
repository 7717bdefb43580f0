from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .register_common import ROWS, RegisterCommon


@tagged("post_install", "-at_install")
class TestRegisterTable(RegisterCommon, HttpCase):
    """The table of rows to mend, over HTTP."""

    def test_who_gets_it(self):
        """D2: whoever loads, and that is noted; an operator and an auditor get nothing of it."""
        run = self._load([*ROWS, ";x;Ленина;1;1;"])
        self._user("auditor")
        for role, code in (("supervisor", 200), ("operator", 403), ("auditor", 403)):
            self.authenticate(f"register_{role}", f"register_{role}")
            with mute_logger("odoo.http"):
                answer = self.url_open(f"/hotline/register/{run.id}.xlsx")
            self.assertEqual(answer.status_code, code)
            self.assertEqual(self._looks(run, role), [("downloaded",)] if code == 200 else [])

    def test_who_gets_the_file(self):
        """B4: the file as it came, by its field or its own address: for whoever loads, noted."""
        run = self._run()
        self._user("auditor")
        file = self.env["ir.attachment"].search(
            [("res_model", "=", run._name), ("res_id", "=", run.id), ("res_field", "=", "file")]
        )
        roads = (
            f"/web/content?model={run._name}&id={run.id}&field=file",
            f"/web/content/{file.id}",
        )
        for role, code in (("administrator", 200), ("supervisor", 200), ("auditor", 404)):
            self.authenticate(f"register_{role}", f"register_{role}")
            for road in roads:
                with mute_logger("odoo.http"):
                    self.assertEqual(self.url_open(road).status_code, code, (role, road))
            self.assertEqual(self._looks(run, role), [("downloaded",)] if code == 200 else [])

    def test_by_rpc(self):
        """B4: the content read by RPC is a download, its size in a form is none."""
        run = self._run()
        run.with_context(bin_size=True).web_read({"file": {}})
        self.assertEqual(self._looks(run, "supervisor"), [])
        run.web_read({"file": {}})
        self.assertEqual(self._looks(run, "supervisor"), [("downloaded",)])
        look = self.env["hotline.sight"].search([("model", "=", run._name)], limit=1)
        self.assertEqual((look.subject, look.record_name), (run._name, run.display_name))

    def _looks(self, run, role):
        user = self.env["res.users"].search([("login", "=", f"register_{role}")])
        self.env.cr.execute(
            "SELECT kind FROM hotline_sight WHERE model = %s AND res_ref = %s AND user_ref = %s",
            [run._name, run.id, user.id],
        )
        return self.env.cr.fetchall()
